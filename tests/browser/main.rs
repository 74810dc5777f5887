//! The settings console in a real browser, served by the real program.
//!
//! Each case is a program of `cases/`, run by Node.js, that drives Debian's Chromium and fails with a
//! list of all that it found wrong. Nothing is asked of any host but this one.

#[expect(dead_code, reason = "tests/api asks more of it")]
#[path = "../api/client.rs"]
mod client;
#[path = "../api/command.rs"]
mod command;
mod installed;
mod running;
#[expect(dead_code, reason = "tests/api asks more of it")]
#[path = "../api/server.rs"]
mod server;
mod stage;

use running::Case;
use stage::Stage;

/// Nothing below could be trusted if what looks for flaws did not find them.
#[test]
fn the_harness_finds_what_is_wrong() {
    Case::of("harness").on(&Stage::dev());
}
