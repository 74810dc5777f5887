//! PostgreSQL behind the ports of the domain, auth and webhooks crates.
