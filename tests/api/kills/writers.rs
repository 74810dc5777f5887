//! Clients that write, and repeat what was not answered.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Answer, Asked, Client};
use crate::command::text;
use crate::moments::until;
use crate::server::PATIENCE;
use crate::world::Side;

const CLIENTS: u32 = 6;

/// What was answered: the name of each write, and the object.
pub(crate) type Answered = BTreeMap<String, Value>;

/// What all clients share.
pub(crate) struct Writers<'a> {
    side: &'a Side,
    resource: String,
    production: String,
    member: String,
    /// Where the servers are at present; each request goes to the next.
    addresses: Mutex<Vec<String>>,
    requests: AtomicU32,
    answers: AtomicU32,
    refusals: AtomicU32,
    ended: AtomicBool,
    /// The number of each client's first write.
    first: u32,
}

/// Has the clients end, also when a test fails: nobody would wait for them otherwise.
pub(crate) struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Clients at work.
pub(crate) struct Writing<'scope>(Vec<ScopedJoinHandle<'scope, Answered>>);

impl Writing<'_> {
    /// Waits until every write that was begun is answered.
    pub(crate) fn answered(self) -> Answered {
        let clients = self.0.into_iter();
        clients
            .flat_map(|client| client.join().expect("a client that was answered"))
            .collect()
    }
}

impl<'a> Writers<'a> {
    pub(crate) fn of(side: &'a Side, client: &Client) -> Self {
        Self {
            side,
            resource: side.only(client, "/resources"),
            production: side.only(client, "/productions"),
            member: side.only(client, "/members"),
            addresses: Mutex::default(),
            requests: AtomicU32::new(0),
            answers: AtomicU32::new(0),
            refusals: AtomicU32::new(0),
            ended: AtomicBool::new(false),
            first: 0,
        }
    }

    /// The same, with other names for what they write: clients that come after others.
    pub(crate) fn beginning_at(self, first: u32) -> Self {
        Self { first, ..self }
    }

    pub(crate) fn begin<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        address: &str,
    ) -> Writing<'scope> {
        self.go_to(address);
        let clients = (0..CLIENTS).map(|client| scope.spawn(move || self.write(client)));
        Writing(clients.collect())
    }

    pub(crate) fn go_to(&self, address: &str) {
        self.go_to_all(&[address]);
    }

    /// From now on requests go to these servers in turns, and repeats of requests too.
    pub(crate) fn go_to_all(&self, addresses: &[&str]) {
        let addresses = addresses.iter().map(|address| (*address).to_owned());
        *self.addresses.lock().expect("nobody panicked") = addresses.collect();
    }

    /// A client of the server whose turn it is.
    pub(crate) fn client(&self) -> Client {
        let turn = self.requests.fetch_add(1, Ordering::Relaxed) as usize;
        let addresses = self.addresses.lock().expect("nobody panicked");
        Client::of(&addresses[turn % addresses.len()])
    }

    /// Whether nobody is to begin anything more.
    pub(crate) fn have_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    /// What ends the writing when it is dropped.
    pub(crate) fn end(&self) -> End<'_> {
        End(&self.ended)
    }

    /// Waits for a number of answers that is another each time, so that something was done between any
    /// two kills.
    pub(crate) fn let_some_be_answered(&self, time: u32) {
        self.until_answered(1 + time * 7 % 23);
    }

    /// Waits for so many more answers.
    pub(crate) fn until_answered(&self, times: u32) {
        until(&self.answers, times, "nothing is answered any more");
    }

    /// Waits until the service was unavailable for so many more writes.
    pub(crate) fn until_refused(&self, times: u32) {
        until(&self.refusals, times, "no write is refused");
    }

    /// Writes one thing after the other until it is told to end.
    fn write(&self, client: u32) -> Answered {
        let mut answered = Answered::new();
        for number in self.first.. {
            if self.have_ended() {
                break;
            }
            let name = format!("{client}-{number}");
            match number % 4 {
                0 => self.contact(&name, &mut answered),
                1 => self.booking(&name, (client, number), &mut answered),
                2 => self.item(&name, &mut answered),
                _ => self.request(&name, &mut answered),
            }
        }
        answered
    }

    fn contact(&self, name: &str, answered: &mut Answered) {
        let body = json!({ "name": name, "type": "AGENT" });
        answered.extend([self.insist("contact", name, ("POST", "/contacts"), body)]);
    }

    /// Books an hour that nobody else wants, and gives it back.
    fn booking(&self, name: &str, (client, number): (u32, u32), answered: &mut Answered) {
        let (day, hour) = (number / 4 / 8, number / 4 % 8 * 3);
        let (year, month, day) = (day / 336, 1 + day / 28 % 12, 1 + day % 28);
        let year = 2100 + 1000 * client + year;
        let slot = format!("{year}-{month:02}-{day:02}T{hour:02}");
        let body = json!({
            "resourceId": self.resource, "title": name,
            "startAt": format!("{slot}:00:00Z"), "endAt": format!("{slot}:59:00Z"),
        });
        let made = self.insist("booking", name, ("POST", "/resource-bookings"), body);
        let cancel = format!("/resource-bookings/{}/cancel", text(&made.1, "id"));
        let cancelled = self.insist("cancelled", name, ("PATCH", &cancel), json!({}));
        answered.extend([made, cancelled]);
    }

    /// Adds something to do, and does it.
    fn item(&self, name: &str, answered: &mut Answered) {
        let list = format!("/productions/{}/checklist", self.production);
        let made = self.insist("item", name, ("POST", &list), json!({ "label": name }));
        let item = format!("{list}/{}", text(&made.1, "id"));
        let done = self.insist("done", name, ("PATCH", &item), json!({ "done": true }));
        answered.extend([made, done]);
    }

    fn request(&self, name: &str, answered: &mut Answered) {
        let body = json!({ "membershipId": self.member, "type": "LEAVE", "subject": name });
        answered.extend([self.insist("request", name, ("POST", "/member-requests"), body)]);
    }

    /// Sends a write until it is answered; answers its name and its object.
    fn insist(
        &self,
        kind: &str,
        name: &str,
        (method, path): (&str, &str),
        body: Value,
    ) -> (String, Value) {
        let named = format!("{kind} {name}");
        let path = self.side.path(path);
        let asked = Asked {
            named: Some(&named),
            body: Some(body),
            ..Asked::of(method, &path, Some(&self.side.key))
        };
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.client().try_to_send(&asked).ok();
            if let Some(object) = answer.as_ref().and_then(object) {
                self.answers.fetch_add(1, Ordering::Relaxed);
                return (named, object);
            }
            let refused = answer.is_some_and(|answer| answer.status == 503);
            self.refusals
                .fetch_add(u32::from(refused), Ordering::Relaxed);
            assert!(Instant::now() < deadline, "{named} was never answered");
            thread::sleep(Duration::from_millis(2));
        }
    }
}

/// The object, unless the answer is that it should be asked again. There is no other answer.
fn object(answer: &Answer) -> Option<Value> {
    match answer.status {
        200 | 201 => Some(answer.json()["data"].clone()),
        409 => {
            assert_eq!(answer.code(), "IDEMPOTENCY_KEY_IN_USE");
            None
        }
        503 => None,
        status => panic!("{status}: {}", String::from_utf8_lossy(&answer.body)),
    }
}
