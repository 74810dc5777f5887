//! The API over actix's test service: real handlers and use cases, stores in memory, a clock that
//! stands still, and ids that count up.

mod broken;
mod discovery;
mod edge;
mod hostile;
mod log;
mod missing;
mod order;
mod reads;
mod response;
mod rows;
mod sockets;
mod world;
