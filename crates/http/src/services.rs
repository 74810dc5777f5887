//! `GET /services`.

mod list;
mod service;

pub(crate) use list::{LIST, list};
pub(crate) use service::Service;
