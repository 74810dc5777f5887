//! Bookings of resources. The database decides whether a slot is free, whoever asks at the same time.

mod conflicts;
mod insert;
mod next_free;
mod port;
mod row;
#[cfg(test)]
mod tests;

pub(crate) use insert::IfFree;
pub(crate) use port::resource;
pub(crate) use row::NewBooking;
