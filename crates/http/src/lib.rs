//! The REST API: routes, envelope, error codes, OpenAPI.
