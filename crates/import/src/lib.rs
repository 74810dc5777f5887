//! Readers that turn NDJSON and public archives into rows the domain can import.
