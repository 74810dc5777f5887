//! The methods that are told apart. A client may make up any other, of any length.

use actix_web::http::Method;

/// Those that are.
pub const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// What is told of all others.
pub const OTHER: &str = "other";

/// What is told of a method.
pub fn told(method: &Method) -> &'static str {
    let known = METHODS.into_iter().find(|known| *known == method.as_str());
    known.unwrap_or(OTHER)
}
