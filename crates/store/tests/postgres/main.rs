//! The store on PostgreSQL: one program, because linking takes longer than running.

mod catalog;
mod choices;
mod domain_contract;
mod migrations;
mod schema_rs;
