//! What is left of a request whose handler panicked.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

use crate::interrupted::Interrupted;

/// Runs a handler; one that panics has failed like any other.
///
/// Nothing that the handler held is looked at afterwards, but for the shared state of the process,
/// whose locks know that a holder panicked.
pub async fn rescued<T, E: From<Interrupted>>(
    handler: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let outcome = AssertUnwindSafe(handler).catch_unwind().await;
    outcome.unwrap_or_else(|panic| {
        let text = format!("a handler panicked: {}", text_of(&*panic));
        Err(Interrupted::Broken(text).into())
    })
}

/// What a panic says.
pub(crate) fn text_of(panic: &(dyn Any + Send)) -> &str {
    let literal = panic.downcast_ref::<&str>().copied();
    let formatted = panic.downcast_ref::<String>().map(String::as_str);
    literal.or(formatted).unwrap_or("(no text)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_handler_that_panics_has_failed() {
        let outcome = rescued::<(), Interrupted>(async { panic!("on {}", "purpose") }).await;
        let why = outcome.expect_err("a failure").to_string();
        assert_eq!(why, "a handler panicked: on purpose");
    }

    #[actix_web::test]
    async fn a_handler_that_ends_well_is_left_alone() {
        assert_eq!(
            rescued::<_, Interrupted>(async { Ok(7) })
                .await
                .expect("an answer"),
            7
        );
    }
}
