//! The one way from a handler to work that blocks.
//!
//! The domain, and the store beneath it, are synchronous: a thread waits while the database works.
//! Such work runs on the runtime's blocking threads, and no more of it at a time than there are
//! places; who finds no place within a while is told that the service is unavailable. So a slow
//! database makes refusals, and not an ever longer queue of requests whose clients have gone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use org_kernel::StoreError;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tracing::Span;

use crate::rescue::text_of;

/// Places for work of one sort.
pub struct Blocking {
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Blocking {
    /// So many pieces of work at a time; a request waits for a place as long as `patience`.
    pub fn new(places: usize, patience: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            patience,
        }
    }

    /// Runs `work` on a blocking thread, within the span of the request.
    ///
    /// If the client goes away meanwhile, the work is finished all the same, and keeps its place
    /// until then. Work that panics is a failure of ours.
    pub async fn run<T, E, F>(
        &self,
        work: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, F>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: From<E> + From<StoreError>,
    {
        let place = timeout(self.patience, Arc::clone(&self.places).acquire_owned())
            .await
            .map_err(StoreError::unavailable)?
            .map_err(StoreError::failed)?;
        let span = Span::current();
        #[expect(clippy::disallowed_methods, reason = "this is its one home")]
        let done = web::block(move || {
            let _place = place;
            catch_unwind(AssertUnwindSafe(|| span.in_scope(work)))
        });
        match done.await.map_err(StoreError::failed)? {
            Ok(outcome) => Ok(outcome?),
            Err(panic) => Err(F::from(StoreError::failed(format!(
                "the work panicked: {}",
                text_of(&*panic)
            )))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn one_place() -> Blocking {
        Blocking::new(1, Duration::from_millis(20))
    }

    /// Whether it is for the moment only that the work is not done.
    async fn passes(
        blocking: &Blocking,
        work: impl FnOnce() -> Result<(), StoreError> + Send + 'static,
    ) -> bool {
        let error: StoreError = blocking.run(work).await.expect_err("a failure");
        matches!(error, StoreError::Unavailable(_))
    }

    #[actix_web::test]
    async fn work_that_panics_is_a_failure_of_ours_and_gives_its_place_back() {
        let blocking = one_place();
        assert!(!passes(&blocking, || panic!("on purpose")).await);
        let done: Result<_, StoreError> = blocking.run(|| Ok::<_, StoreError>(7)).await;
        assert_eq!(done.expect("an answer"), 7);
    }

    #[actix_web::test]
    async fn the_stores_failures_stay_what_they_are() {
        let blocking = one_place();
        let unavailable = || Err(StoreError::unavailable("the network"));
        assert!(passes(&blocking, unavailable).await);
        let failed = || Err(StoreError::failed("a bug"));
        assert!(!passes(&blocking, failed).await);
    }

    #[actix_web::test]
    async fn who_finds_no_place_is_told_to_come_back() {
        let blocking = Arc::new(one_place());
        let (release, held) = mpsc::channel::<()>();
        let (started, running) = mpsc::channel::<()>();
        let first = actix_web::rt::spawn({
            let blocking = Arc::clone(&blocking);
            async move {
                let work = move || {
                    started.send(()).expect("the test waits");
                    held.recv().map_err(StoreError::failed)
                };
                blocking.run::<_, _, StoreError>(work).await
            }
        });
        while running.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        assert!(passes(&blocking, || Ok(())).await);
        release.send(()).expect("the first still runs");
        first.await.expect("no panic").expect("done");
    }
}
