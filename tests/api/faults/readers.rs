//! Clients that read, and know what the answer is.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::Scope;

use crate::client::{Answer, Asked, Client};
use crate::moments::until;
use crate::world::Side;

/// What is asked of the server whose answers nothing that the writers do changes.
const UNCHANGED: [&str; 6] = [
    "/works",
    "/members",
    "/resources",
    "/instruments",
    "/tours",
    "/performance-history?search=dvorak",
];

/// Reads with a good key, with a bad one, and in another organization.
pub(super) struct Readers {
    asked: Vec<Question>,
    /// Whether the network may cut answers off, or connections may not be made.
    cut: bool,
    address: Mutex<String>,
    answered: AtomicU32,
    refused: AtomicU32,
    ended: AtomicBool,
}

/// A request, and the one answer to it that is right.
struct Question {
    path: String,
    key: String,
    right: Answer,
}

/// Has the readers end, also when a test fails: nobody would wait for them otherwise.
pub(super) struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Readers {
    /// Learns the right answers from a server that is well.
    pub(super) fn of(here: &Side, there: &Side, client: &Client, cut: bool) -> Self {
        let unchanged = UNCHANGED.map(|path| (here.path(path), &*here.key, 200));
        let foreign = [(there.path("/works"), &*here.key, 404)];
        let unknown = [(here.path("/works"), "abo_org_none", 401)];
        let asked = unchanged.into_iter().chain(foreign).chain(unknown);
        let asked = asked.map(|(path, key, status)| {
            let right = client.get(&path, Some(key));
            assert_eq!(right.status, status, "{path}");
            let key = key.to_owned();
            Question { path, key, right }
        });
        Self {
            asked: asked.collect(),
            cut,
            address: Mutex::default(),
            answered: AtomicU32::new(0),
            refused: AtomicU32::new(0),
            ended: AtomicBool::new(false),
        }
    }

    /// Two clients, which read until they are told to end.
    pub(super) fn begin<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>, address: &str) {
        address.clone_into(&mut self.address.lock().expect("nobody panicked"));
        for _ in 0..2 {
            scope.spawn(|| self.read());
        }
    }

    pub(super) fn end(&self) -> End<'_> {
        End(&self.ended)
    }

    /// Waits until so many more requests are answered that the service is unavailable.
    pub(super) fn until_refused(&self, times: u32) {
        until(&self.refused, times, "nothing is refused");
    }

    /// Waits until so many more requests are answered as they are to be.
    pub(super) fn until_answered(&self, times: u32) {
        until(&self.answered, times, "nothing is read any more");
    }

    fn read(&self) {
        for number in 0.. {
            if self.ended.load(Ordering::Relaxed) {
                return;
            }
            self.ask(&self.asked[number % self.asked.len()]);
        }
    }

    fn ask(&self, question: &Question) {
        let client = Client::of(&self.address.lock().expect("nobody panicked"));
        let asked = Asked::of("GET", &question.path, Some(&question.key));
        match client.try_to_send(&asked) {
            Ok(answer) => self.judge(question, &answer),
            Err(why) => assert!(self.cut, "{}: {why}", question.path),
        }
    }

    /// There are three: the right one, that the service is unavailable, and that an address has failed
    /// too often.
    fn judge(&self, question: &Question, answer: &Answer) {
        let told = String::from_utf8_lossy(&answer.body);
        match answer.status {
            status if status == question.right.status => {
                let same = status != 200 || answer.body == question.right.body;
                assert!(same, "{}: {told}", question.path);
                self.answered.fetch_add(1, Ordering::Relaxed);
            }
            503 => {
                let wait = answer.header("retry-after").expect("when to come again");
                assert!(wait.parse::<u32>().is_ok_and(|wait| wait >= 1), "{wait}");
                self.refused.fetch_add(1, Ordering::Relaxed);
            }
            429 => assert_eq!(question.right.status, 401, "{told}"),
            status => panic!("{}: {status}: {told}", question.path),
        }
    }
}
