//! The settings console: what an orchestra's administrator needs of the API, as pages.
//!
//! Pages are rendered here, and work without any script; htmx changes in place what is better changed in
//! place. A page is a line in [`routes`] and a handler of a few lines, whose type says which role it
//! needs:
//!
//! ```text
//! pub(crate) async fn list(visit: Visit<Viewer>) -> Answer {
//!     let org = visit.org();
//!     let keys = visit.ask::<_, _, Refusal>(move |console| console.ports.keys.list(org)).await?;
//!     page(&List { frame: visit.frame("API keys", Section::Keys), keys })
//! }
//! ```
//!
//! Everything else is done once, for all of them. `edge` gives ids, headers and log lines; `call` reads
//! what was asked; `visit` finds whose session it is, holds a form to its origin and its token, and the
//! user to their role; a `refusal` becomes its page in one place; `frame` is what is around a page, with
//! times and numbers as the organization writes them. `form` keeps what was typed beside what is wrong
//! with it. Templates are under `templates/`, a folder for each subject; files for browsers under
//! `assets/`.
//!
//! There is no SQL here, and no rule of the domain: the console asks the use cases that embedding
//! programs ask.

mod account;
mod app;
mod assets;
mod authors;
mod call;
mod chart;
mod console;
mod cookies;
mod edge;
mod fields;
#[expect(
    unreachable_pub,
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "what askama's macro makes of a filter"
)]
mod filters;
mod form;
mod frame;
mod gate;
mod guest;
mod local;
mod moments;
mod not_done;
mod notices;
mod operator;
mod refusal;
mod refused;
mod reply;
mod route;
pub mod routes;
mod site;
#[cfg(test)]
mod testing;
mod tokens;
mod visit;

mod audit;
mod deliveries;
mod keys;
mod organization;
mod overview;
mod people;
mod sign_in;
mod webhooks;

pub use app::configure;
pub use console::{Console, Ports, Settings};
pub use routes::{Route, route_table};
