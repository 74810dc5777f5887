//! What a panic says goes where everything goes that the process says.
//!
//! By default it is printed to stderr as it is, between lines of JSON that somebody reads by program, and
//! without the request in which it happened. As a line of the log it has the place and the thread, and
//! the span of the request, with its id.

use std::panic;
use std::thread;

/// Has panics logged from now on.
pub(crate) fn log_them() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(
            place = place.as_deref().unwrap_or("unknown"),
            thread = thread::current().name().unwrap_or("unnamed"),
            said = panic.payload_as_str().unwrap_or("(no text)"),
            "panicked",
        );
    }));
}
