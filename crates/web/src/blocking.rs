//! The one way from a handler to work that blocks.
//!
//! The domain, and the store beneath it, are synchronous: a thread waits while the database works.
//! Such work runs on the runtime's blocking threads, and no more of it at a time than there are
//! places; who finds no place within a while is told that the service is unavailable. So a slow
//! database makes refusals, and not an ever longer queue of requests whose clients have gone.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tracing::Span;

use crate::interrupted::Interrupted;
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
        F: From<E> + From<Interrupted>,
    {
        let place = timeout(self.patience, Arc::clone(&self.places).acquire_owned())
            .await
            .map_err(|_| Interrupted::Busy)?
            .map_err(broken)?;
        let span = Span::current();
        #[expect(clippy::disallowed_methods, reason = "this is its one home")]
        let done = web::block(move || {
            let _place = place;
            catch_unwind(AssertUnwindSafe(|| span.in_scope(work)))
        });
        match done.await.map_err(broken)? {
            Ok(outcome) => Ok(outcome?),
            Err(panic) => Err(broken(format!("the work panicked: {}", text_of(&*panic))).into()),
        }
    }
}

fn broken(why: impl Display) -> Interrupted {
    Interrupted::Broken(format!("{why}"))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn one_place() -> Blocking {
        Blocking::new(1, Duration::from_millis(20))
    }

    #[actix_web::test]
    async fn work_that_panics_is_a_failure_of_ours_and_gives_its_place_back() {
        let blocking = one_place();
        let panicked: Result<(), Interrupted> = blocking.run(|| panic!("on purpose")).await;
        let why = Interrupted::Broken("the work panicked: on purpose".to_owned());
        assert_eq!(panicked, Err(why));
        let done: Result<_, Interrupted> = blocking.run(|| Ok::<_, Interrupted>(7)).await;
        assert_eq!(done, Ok(7));
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
                    held.recv().map_err(broken)
                };
                blocking.run::<_, _, Interrupted>(work).await
            }
        });
        while running.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        let late: Result<(), Interrupted> = blocking.run(|| Ok::<_, Interrupted>(())).await;
        assert_eq!(late, Err(Interrupted::Busy));
        release.send(()).expect("the first still runs");
        first.await.expect("no panic").expect("done");
    }
}
