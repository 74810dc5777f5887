//! The REST API: routes, envelope, error codes, OpenAPI.
//!
//! An endpoint is one line in [`routes`] and a handler of a few lines, whose types say which scope it
//! needs, what it is asked and what it answers. Everything else about a request is done once, for
//! all of them: the edge around them gives ids, headers and log lines; the call makes the checks in
//! the published order; a failure becomes its code in one place; and what blocks is moved to a
//! blocking thread by one helper. The documents are made from the same table as the router.
//!
//! [`configure`] mounts it all on an actix application, on the ports that it was given; there is no
//! SQL here, and no rule of the domain.

mod answer;
mod api;
mod app;
mod call;
mod discovery;
mod edge;
mod failure;
mod gate;
mod input;
mod reads;
mod replica;
mod route;
pub mod routes;
mod schemas;
mod tags;
mod wire;

mod bookings;
mod contacts;
mod events;
mod instruments;
mod members;
mod organization;
mod performances;
mod productions;
mod reports;
mod requests;
mod resources;
mod services;
mod soloists;
mod tours;
mod works;

pub use api::{Api, Ports, Queued, Readiness, Settings};
pub use app::configure;
pub use discovery::openapi_json;
pub use failure::unheard;
pub use replica::{GOOD_FOR, Replica, ReplicaFigures, ReplicaPorts};
