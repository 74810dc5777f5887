//! `GET /services`.

mod list;
mod service;

pub(crate) use list::list;
pub(crate) use service::Service;
