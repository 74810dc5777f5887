//! The store on PostgreSQL: one program, because linking takes longer than running.

mod catalog;
mod choices;
mod constraints;
mod domain_contract;
mod events;
mod keys;
mod lists;
mod migrations;
mod news;
mod replica;
mod resilience;
mod schema_rs;
mod support;
mod users;
mod webhooks;
mod writes;
