//! Webhooks: the promises of their ports on PostgreSQL.

mod endpoints;
