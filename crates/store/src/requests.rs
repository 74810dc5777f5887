//! Requests of members.

mod row;
