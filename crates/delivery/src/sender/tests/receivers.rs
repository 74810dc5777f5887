//! Receivers that answer as they are told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use org_webhooks::delivery::Headers;
use tokio::time;

use crate::outcome::{self, Failure, Outcome};
use crate::sender::Post;

/// What a receiver does.
pub(super) enum Answer {
    /// It answers at once.
    Status(u16),
    /// It answers, and asks to be left alone.
    Busy(Duration),
    /// It answers in the end.
    Slow(Duration),
    /// It never answers.
    Hang,
    /// There is no answer.
    Closed,
    /// Something panics on the way.
    Panic,
}

/// What was posted.
pub(super) struct Posted {
    pub(super) path: String,
    pub(super) headers: Headers,
    pub(super) body: String,
    pub(super) at: time::Instant,
}

type Script = dyn Fn(&str, usize) -> Answer + Send + Sync;

pub(super) struct Receivers {
    script: Box<Script>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    posted: Vec<Posted>,
    /// By path, how many are being posted and how many were at the most.
    at_once: BTreeMap<String, (usize, usize)>,
}

/// Counts a call for as long as it lasts, however it ends.
struct Call<'a>(&'a Receivers, String);

impl Drop for Call<'_> {
    fn drop(&mut self) {
        let mut seen = self.0.seen();
        let (now, _) = seen.at_once.entry(self.1.clone()).or_default();
        *now -= 1;
    }
}

impl Receivers {
    pub(super) fn answering(
        script: impl Fn(&str, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self {
            script: Box::new(script),
            seen: Mutex::default(),
        }
    }

    /// How often a path was called.
    pub(super) fn calls(&self, path: &str) -> usize {
        let seen = self.seen();
        seen.posted
            .iter()
            .filter(|posted| posted.path == path)
            .count()
    }

    /// When a path was called.
    pub(super) fn times(&self, path: &str) -> Vec<time::Instant> {
        let seen = self.seen();
        let calls = seen.posted.iter().filter(|posted| posted.path == path);
        calls.map(|posted| posted.at).collect()
    }

    pub(super) fn last(&self) -> Posted {
        self.seen().posted.pop().expect("something was posted")
    }

    /// How many calls of a path there were at once at the most.
    pub(super) fn most_at_once(&self, path: &str) -> usize {
        self.seen().at_once.get(path).map_or(0, |(_, most)| *most)
    }

    /// How many calls there are now.
    pub(super) fn now(&self) -> usize {
        self.seen().at_once.values().map(|(now, _)| now).sum()
    }

    fn begin(&self, path: &str, headers: &Headers, body: String) -> (Answer, Call<'_>) {
        let mut seen = self.seen();
        let number = seen
            .posted
            .iter()
            .filter(|posted| posted.path == path)
            .count();
        seen.posted.push(Posted {
            path: path.to_owned(),
            headers: headers.clone(),
            body,
            at: time::Instant::now(),
        });
        let (now, most) = seen.at_once.entry(path.to_owned()).or_default();
        *now += 1;
        *most = (*most).max(*now);
        ((self.script)(path, number), Call(self, path.to_owned()))
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("no panic while it is locked")
    }
}

impl Post for Arc<Receivers> {
    async fn post(&self, url: &str, headers: &Headers, body: String) -> Outcome {
        let path = url
            .strip_prefix("https://hooks.example")
            .expect("one of ours");
        let (answer, _call) = self.begin(path, headers, body);
        let started = time::Instant::now();
        let end = match answer {
            Answer::Status(status) => Ok(answered(status, None)),
            Answer::Busy(wait) => Ok(answered(503, Some(wait))),
            Answer::Slow(wait) => {
                time::sleep(wait).await;
                Ok(answered(200, None))
            }
            Answer::Hang => std::future::pending().await,
            Answer::Closed => Err(Failure::Unanswered("connection closed".to_owned())),
            Answer::Panic => panic!("a panic on purpose"),
        };
        Outcome {
            duration: started.elapsed(),
            end,
        }
    }
}

fn answered(status: u16, wait: Option<Duration>) -> outcome::Answer {
    outcome::Answer {
        status,
        body: format!("this is {status}"),
        retry_after: wait.map(|wait| wait.try_into().expect("not long")),
    }
}
