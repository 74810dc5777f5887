//! The API over actix's test service: real handlers and use cases, stores in memory, a clock that
//! stands still, and ids that count up.

mod bodies;
mod broken;
mod discovery;
mod edge;
mod events;
mod keys;
mod limits;
mod log;
mod logging;
mod missing;
mod order;
mod queries;
mod reads;
mod response;
mod rows;
mod sockets;
mod stress;
mod trail;
mod world;
mod writes;
