//! The address book.

mod contact;
mod country;
mod email;
mod tag;

pub use contact::{Contact, ContactType};
pub use country::Country;
pub use email::Email;
pub use tag::Tag;
