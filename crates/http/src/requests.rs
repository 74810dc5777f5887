//! `POST /member-requests`.

mod form;
mod request;
mod submit;

pub(crate) use request::MemberRequest;
pub(crate) use submit::{SUBMIT, submit};
