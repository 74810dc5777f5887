//! Counts that several servers share, in Redis or Valkey.
//!
//! [`SharedLimits`] stands behind the port [`SharedCounts`](org_auth::rate::SharedCounts): one request is one
//! Lua script, which looks at a window and counts in one step, by Redis' own clock, so that neither the number
//! of servers nor what their clocks say matters.
//!
//! A request never fails because of Redis. Whoever does not hear from it within a short time is told so, and
//! limits by itself. After an error, or several answers in a row that were late, so does everybody, without
//! asking, until a thread that tries once a second has heard from Redis again.

#![warn(missing_docs)]

mod figures;
mod keeper;
mod limits;
mod link;
mod script;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use figures::Figures;
pub use limits::{NotConnected, SharedLimits, is_url};
