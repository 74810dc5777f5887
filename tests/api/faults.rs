//! Faults of what a server stands on: its database is stopped, is full, has no connection left, loses its
//! connections; the clock steps; the network cuts answers off in the middle. (That the server, or
//! PostgreSQL, is killed is [`crate::kills`].)
//!
//! Clients write and read all the while. Each fault is held to the same: what is answered is right,
//! nothing that was acknowledged is lost and nothing is done twice, and when the fault is over, the server
//! is well again by itself. `ORG_API_FAULTS` says how many times in a row each fault comes; how long the
//! server took to recover is printed each time.

mod clock;
mod connections;
mod cuts;
mod disk;
pub(crate) mod ground;
mod proxy;
mod readers;
mod stage;
mod stopped;

/// How many times in a row each fault comes.
fn times() -> u32 {
    let wanted = std::env::var("ORG_API_FAULTS");
    wanted.map_or(1, |wanted| wanted.parse().expect("a number of faults"))
}
