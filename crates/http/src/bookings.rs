//! `POST /resource-bookings` and `PATCH /resource-bookings/{id}/cancel`.

mod book;
mod booking;
mod cancel;
mod conflict;
mod form;

pub(crate) use book::{BOOK, book};
pub(crate) use booking::Booking;
pub(crate) use cancel::{CANCEL, cancel};
pub(crate) use conflict::Conflict;
