//! Attempts over real sockets, on loopback alone: receivers and a name server that do as a test says.

mod answers;
mod literals;
mod proxies;
mod resolved;
mod support;
mod tls;
mod unanswered;
mod unfinished;
