//! Starts, shares and stops a private PostgreSQL cluster.
