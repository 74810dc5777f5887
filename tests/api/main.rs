//! The whole: the real program, a real PostgreSQL, a real client.

mod audit;
mod client;
mod command;
mod coverage;
mod demo;
mod imports;
mod keys;
mod lifecycle;
mod reading;
mod server;
mod world;
