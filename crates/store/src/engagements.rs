//! Engagements of guests.

mod row;
