//! Signing in and out.
//!
//! What is asked for is decided by `org_auth::sign_in`; here are its forms. Whoever is refused is told
//! the same whatever was wrong.

mod at_the_door;
mod by_code;
mod by_link;
mod by_password;
mod entered;
mod out;

pub(crate) use by_code::{ask_code, send_code};
pub(crate) use by_link::{look_at_link, use_link};
pub(crate) use by_password::{ask_password, send_password};
pub(crate) use out::sign_out;
