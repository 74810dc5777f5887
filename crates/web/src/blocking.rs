//! The one way from a handler to work that blocks.
//!
//! The domain, and the store beneath it, are synchronous: a thread waits while the database works.
//! Such work runs on the runtime's blocking threads, and no more of it at a time than there are
//! places; who finds no place within a while is told that the service is unavailable, and who finds as
//! many waiting as may wait is told so at once. So a slow database makes refusals, and not an ever longer
//! queue of requests whose clients have gone.
//!
//! Places are shared by all workers of a server, while each worker has blocking threads of its own. The
//! places are what bounds the work: however many threads there are, no more of them work than there are
//! places, and the others sleep, or have ended.
//!
//! A thread that has done its work goes on with what has waited longest. Under load no thread is put to
//! sleep and none is woken, which costs more than the work itself does.

mod places;

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use actix_web::web;
use tokio::sync::oneshot::{self, Sender};
use tokio::time::timeout;
use tracing::Span;

use crate::interrupted::Interrupted;
use crate::rescue::text_of;
use places::{Entered, Place, Places, Work};

/// Places for work of one sort.
pub struct Blocking {
    places: Arc<Places>,
    patience: Duration,
}

impl Blocking {
    /// So many pieces of work at a time; at most `queue` requests wait for a place, each as long as
    /// `patience`.
    pub fn new(places: usize, queue: usize, patience: Duration) -> Self {
        Self {
            places: Places::new(places, queue),
            patience,
        }
    }

    /// How many requests wait for a place now.
    pub fn waiting(&self) -> usize {
        self.places.waiting()
    }

    /// Runs `work` on a blocking thread, within the span of the request.
    ///
    /// If the client goes away meanwhile, work that waits for a place is not done; work that has begun is
    /// finished all the same, and keeps its place until then. Work that panics is a failure of ours.
    pub async fn run<T, E, F>(
        &self,
        work: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, F>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: From<E> + From<Interrupted>,
    {
        let (teller, mut told) = oneshot::channel();
        let work = Box::new(Asked {
            work: Some(work),
            span: Span::current(),
            outcome: None,
            teller,
        });
        let done = match self.places.enter(work)? {
            Entered::Begins(place, work) => {
                begin(place, work);
                told.await
            }
            Entered::Waits(waiting) => match timeout(self.patience, &mut told).await {
                Ok(done) => done,
                Err(_) if waiting.give_up() => return Err(Interrupted::Busy.into()),
                Err(_) => told.await,
            },
        };
        match done.map_err(broken)? {
            Ok(outcome) => Ok(outcome?),
            Err(panic) => Err(broken(format!("the work panicked: {}", text_of(&*panic))).into()),
        }
    }
}

fn begin(place: Place, work: Box<dyn Work>) {
    #[expect(clippy::disallowed_methods, reason = "this is its one home")]
    let thread = web::block(move || place.work_off(work));
    // What comes of the work is told by the work itself.
    drop(thread);
}

/// What a request asks to be done.
struct Asked<W, R> {
    work: Option<W>,
    span: Span,
    outcome: Option<thread::Result<R>>,
    teller: Sender<thread::Result<R>>,
}

impl<R: Send, W: FnOnce() -> R + Send> Work for Asked<W, R> {
    fn run(&mut self) {
        if let Some(work) = self.work.take() {
            let work = AssertUnwindSafe(|| self.span.in_scope(work));
            self.outcome = Some(catch_unwind(work));
        }
    }

    fn tell(self: Box<Self>) {
        if let Some(outcome) = self.outcome {
            // Whoever asked may have gone.
            let _ = self.teller.send(outcome);
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

    fn one_place() -> Arc<Blocking> {
        Arc::new(Blocking::new(1, 1, Duration::from_millis(20)))
    }

    /// Work that has the place until it is let go.
    struct Held {
        release: mpsc::Sender<()>,
        work: actix_web::rt::task::JoinHandle<Result<(), Interrupted>>,
    }

    impl Held {
        async fn in_the_place_of(blocking: &Arc<Blocking>) -> Self {
            let (release, held) = mpsc::channel::<()>();
            let (started, running) = mpsc::channel::<()>();
            let blocking = Arc::clone(blocking);
            let work = actix_web::rt::spawn(async move {
                let work = move || {
                    started.send(()).expect("the test waits");
                    held.recv().map_err(broken)
                };
                blocking.run::<_, _, Interrupted>(work).await
            });
            while running.try_recv().is_err() {
                tokio::task::yield_now().await;
            }
            Self { release, work }
        }

        async fn ends(self) {
            self.release.send(()).expect("it still runs");
            self.work.await.expect("no panic").expect("done");
        }
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
        let blocking = one_place();
        let first = Held::in_the_place_of(&blocking).await;
        let late: Result<(), Interrupted> = blocking.run(|| Ok::<_, Interrupted>(())).await;
        assert_eq!(late, Err(Interrupted::Busy));
        assert_eq!(blocking.waiting(), 0);
        first.ends().await;
    }

    #[actix_web::test]
    async fn who_finds_the_queue_full_is_told_at_once() {
        let blocking = Arc::new(Blocking::new(1, 1, Duration::from_mins(1)));
        let first = Held::in_the_place_of(&blocking).await;
        let second = actix_web::rt::spawn({
            let blocking = Arc::clone(&blocking);
            async move { blocking.run(|| Ok::<_, Interrupted>(2)).await }
        });
        while blocking.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        let third: Result<(), Interrupted> = blocking.run(|| Ok::<_, Interrupted>(())).await;
        assert_eq!(third, Err(Interrupted::Full));
        first.ends().await;
        let second: Result<_, Interrupted> = second.await.expect("no panic");
        assert_eq!((second, blocking.waiting()), (Ok(2), 0));
    }

    #[actix_web::test]
    async fn who_gives_up_waiting_leaves_the_queue() {
        let blocking = Arc::new(Blocking::new(1, 1, Duration::from_mins(1)));
        let first = Held::in_the_place_of(&blocking).await;
        let waiting = blocking.run::<_, _, Interrupted>(|| Ok::<_, Interrupted>(()));
        assert!(timeout(Duration::from_millis(5), waiting).await.is_err());
        assert_eq!(blocking.waiting(), 0);
        first.ends().await;
    }
}
