//! The whole: the real program, a real PostgreSQL, a real client.

mod audit;
mod client;
mod command;
mod console;
mod counting;
mod coverage;
mod deliveries;
mod demo;
mod faults;
mod idempotency;
mod imports;
mod keys;
mod kills;
mod lifecycle;
mod moments;
mod race;
mod reading;
mod server;
mod settings;
mod users;
mod webhooks;
mod world;
