//! The store on PostgreSQL: one program, because linking takes longer than running.

mod catalog;
mod choices;
mod migrations;
mod schema_rs;
