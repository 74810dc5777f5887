//! Until when a request is to be answered.
//!
//! The time runs from when the head was read, and holds for the body and for the work together. Work
//! on a blocking thread cannot be called back: it ends when the store ends it, and keeps its thread
//! until then; but its client is told, and its connection is free.

use std::time::Duration;

use actix_web::{HttpMessage, HttpRequest};
use tokio::time::{Instant, timeout_at};

use crate::interrupted::Interrupted;

/// The end of a request's time.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// Begins a request's time, and leaves its end in the request's extensions.
    pub fn begin(request: &HttpRequest, time: Duration) -> Self {
        let deadline = Self(Instant::now() + time);
        request.extensions_mut().insert(deadline);
        deadline
    }

    /// That of a request whose time has begun.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().copied()
    }

    /// What comes of `work`, or nothing when the time is over before it.
    pub async fn within<T>(self, work: impl Future<Output = T>) -> Option<T> {
        timeout_at(self.0, work).await.ok()
    }

    /// The same, for what can fail: when the time is over, it was interrupted. What is inside of it and has
    /// this same deadline is heard first, and says better what took so long.
    pub async fn hold<T, E: From<Interrupted>>(
        self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let done = self.within(work).await;
        done.unwrap_or_else(|| Err(Interrupted::Late.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use actix_web::test::TestRequest;

    use super::*;

    #[actix_web::test]
    async fn work_that_takes_too_long_is_late() {
        let request = TestRequest::default().to_http_request();
        let deadline = Deadline::begin(&request, Duration::from_millis(5));
        let late = deadline.hold::<(), Interrupted>(pending()).await;
        assert_eq!(late, Err(Interrupted::Late));
    }

    #[actix_web::test]
    async fn work_that_is_done_in_time_is_left_alone() {
        let request = TestRequest::default().to_http_request();
        Deadline::begin(&request, Duration::from_mins(1));
        let deadline = Deadline::of(&request).expect("it has begun");
        let done = deadline.hold(async { Ok::<_, Interrupted>(7) }).await;
        assert_eq!(done, Ok(7));
    }

    #[actix_web::test]
    async fn what_is_inside_of_the_same_time_is_heard_first() {
        let request = TestRequest::default().to_http_request();
        let deadline = Deadline::begin(&request, Duration::from_millis(5));
        let inner = async {
            let body = deadline.within(pending::<()>()).await;
            Ok::<_, Interrupted>(body.is_none())
        };
        assert_eq!(deadline.hold(inner).await, Ok(true));
    }
}
