//! The launcher with real servers, and with launchers in processes of their own that can be killed.
//!
//! These tests run as root and as an ordinary user; the few that make sense for one only say so when
//! they are skipped. Each has a cluster to itself. A test run that is killed leaves none behind: the
//! processes that hold clusters end with it, and the clusters that it holds itself are watched.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do, by panicking"
)]

mod accounts;
mod crashes;
mod elsewhere;
mod places;
mod rights;
mod sharing;
mod standby;
mod support;
mod throwaway;
