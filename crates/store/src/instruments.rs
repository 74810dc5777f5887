//! Instruments, and who has them.

mod list;
mod row;
mod upsert;
