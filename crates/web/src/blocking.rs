//! The one way from a handler to work that blocks.
//!
//! The domain, and the store beneath it, are synchronous: a thread waits while the database works.
//! Such work runs on threads of its own, and no more of it at a time than there are threads; who finds
//! none free within a while is told that the service is unavailable, and who finds as many waiting as may
//! wait is told so at once. So a slow database makes refusals, and not an ever longer queue of requests
//! whose clients have gone.
//!
//! The threads are shared by all workers of a server, to any one of which all of the work may come: the
//! blocking threads of the runtime are each worker's own. A thread that has done its work goes on with what
//! has waited longest. Under load no thread is put to sleep and none is woken, which costs more than the
//! work itself does.

mod threads;

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot::{self, Sender};
use tokio::time::timeout;
use tracing::Span;

use crate::interrupted::Interrupted;
use crate::rescue::text_of;
use threads::{Threads, Work};

/// Threads for work of one sort; those that have been begun end when this is dropped.
pub struct Blocking {
    threads: Threads,
    patience: Duration,
}

impl Blocking {
    /// So many threads, each begun when it is needed; at most `queue` requests wait for one, each as long
    /// as `patience`.
    pub fn new(threads: usize, queue: usize, patience: Duration) -> Self {
        Self {
            threads: Threads::new(threads, queue),
            patience,
        }
    }

    /// How many requests wait for a thread now.
    pub fn waiting(&self) -> usize {
        self.threads.waiting()
    }

    /// Runs `work` on one of the threads, within the span of the request.
    ///
    /// If the client goes away meanwhile, work that waits for a thread is not done; work that has begun is
    /// finished all the same. Work that panics is a failure of ours.
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
        let waiting = self.threads.enter(work)?;
        let done = match timeout(self.patience, &mut told).await {
            Ok(done) => done,
            Err(_) if waiting.give_up() => return Err(Interrupted::Busy.into()),
            Err(_) => told.await,
        };
        match done.map_err(broken)? {
            Ok(outcome) => Ok(outcome?),
            Err(panic) => Err(broken(format!("the work panicked: {}", text_of(&*panic))).into()),
        }
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        self.threads.end();
    }
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
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, mpsc};

    use super::*;

    fn one_thread() -> Arc<Blocking> {
        Arc::new(Blocking::new(1, 1, Duration::from_millis(20)))
    }

    /// Work that has the thread until it is let go.
    struct Held {
        release: mpsc::Sender<()>,
        work: actix_web::rt::task::JoinHandle<Result<(), Interrupted>>,
    }

    impl Held {
        async fn on_the_thread_of(blocking: &Arc<Blocking>) -> Self {
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
    async fn work_that_panics_is_a_failure_of_ours_and_leaves_the_thread_to_others() {
        let blocking = one_thread();
        let panicked: Result<(), Interrupted> = blocking.run(|| panic!("on purpose")).await;
        let why = Interrupted::Broken("the work panicked: on purpose".to_owned());
        assert_eq!(panicked, Err(why));
        let done: Result<_, Interrupted> = blocking.run(|| Ok::<_, Interrupted>(7)).await;
        assert_eq!(done, Ok(7));
    }

    #[actix_web::test]
    async fn who_finds_no_thread_is_told_to_come_back() {
        let blocking = one_thread();
        let first = Held::on_the_thread_of(&blocking).await;
        let late: Result<(), Interrupted> = blocking.run(|| Ok::<_, Interrupted>(())).await;
        assert_eq!(late, Err(Interrupted::Busy));
        assert_eq!(blocking.waiting(), 0);
        first.ends().await;
    }

    #[actix_web::test]
    async fn who_finds_the_queue_full_is_told_at_once() {
        let blocking = Arc::new(Blocking::new(1, 1, Duration::from_mins(1)));
        let first = Held::on_the_thread_of(&blocking).await;
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

    /// Much work from many sides, which is done by few threads that fall asleep and are woken.
    #[actix_web::test]
    async fn all_work_is_done_and_no_more_at_a_time_than_there_are_threads() {
        static AT_ONCE: AtomicUsize = AtomicUsize::new(0);
        let blocking = Arc::new(Blocking::new(3, 10_000, Duration::from_mins(1)));
        let asking = (0..20).map(|client| {
            let blocking = Arc::clone(&blocking);
            actix_web::rt::spawn(async move {
                for turn in 0..200 {
                    let work = move || {
                        assert!(AT_ONCE.fetch_add(1, Ordering::SeqCst) < 3);
                        AT_ONCE.fetch_sub(1, Ordering::SeqCst);
                        Ok::<_, Interrupted>((client, turn))
                    };
                    let done: Result<_, Interrupted> = blocking.run(work).await;
                    assert_eq!(done, Ok((client, turn)));
                    if turn % 7 == client % 7 {
                        tokio::task::yield_now().await;
                    }
                }
            })
        });
        for client in asking.collect::<Vec<_>>() {
            client.await.expect("no panic");
        }
        assert_eq!(blocking.waiting(), 0);
    }

    #[actix_web::test]
    async fn who_gives_up_waiting_leaves_the_queue() {
        let blocking = Arc::new(Blocking::new(1, 1, Duration::from_mins(1)));
        let first = Held::on_the_thread_of(&blocking).await;
        let waiting = blocking.run::<_, _, Interrupted>(|| Ok::<_, Interrupted>(()));
        assert!(timeout(Duration::from_millis(5), waiting).await.is_err());
        assert_eq!(blocking.waiting(), 0);
        first.ends().await;
    }
}
