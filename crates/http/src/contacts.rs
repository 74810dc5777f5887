//! `POST /contacts` and `PATCH /contacts/{id}`.

mod contact;
mod create;
mod form;
mod replace;

pub(crate) use contact::Contact;
pub(crate) use create::{CREATE, create};
pub(crate) use replace::{REPLACE, replace};
