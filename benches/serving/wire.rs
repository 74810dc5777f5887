//! Load: clients that ask one thing after the other, each over a connection that it keeps.
//!
//! Client and servers share the machine, so that what a client does is little: the bytes of a request are
//! written as they are, and of an answer its status and its length are read.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::LocalSet;

/// Writes the next request into an empty buffer, and says which statuses are right for it; with `None`,
/// it has no more.
pub(crate) trait Asking {
    fn next(&mut self, request: &mut Vec<u8>) -> Option<&'static [u16]>;
}

/// What came back.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// How long each took, in microseconds.
    pub(crate) took: Vec<u32>,
    /// The bytes of all bodies together.
    pub(crate) bytes: u64,
    /// The first answers that were wrong, or did not come.
    pub(crate) wrong: Vec<String>,
    /// From the first request to the last answer.
    pub(crate) lasted: Duration,
}

/// How many wrong answers are shown.
const SHOWN: usize = 5;

/// Asks over so many connections at once, until there is no more to ask or, in answers of the time, for as
/// long as `time`.
pub(crate) fn ask(
    address: &str,
    connections: usize,
    time: Duration,
    asking: impl Asking + 'static,
) -> Answers {
    let runtime = Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build();
    let runtime = runtime.expect("a runtime");
    let state = Rc::new(RefCell::new((asking, Answers::default())));
    let began = Instant::now();
    let clients = LocalSet::new();
    for _ in 0..connections {
        let (state, address) = (Rc::clone(&state), address.to_owned());
        clients.spawn_local(async move {
            let mut client = Client::default();
            if let Err(why) = client.ask(&address, began + time, &state).await {
                state.borrow_mut().1.wrong.push(why);
            }
        });
    }
    runtime.block_on(clients);
    let state = Rc::into_inner(state).expect("the clients are done");
    let (_, mut answers) = state.into_inner();
    answers.lasted = began.elapsed();
    answers.wrong.truncate(SHOWN);
    answers
}

/// One connection, with its buffers.
#[derive(Default)]
struct Client {
    request: Vec<u8>,
    answer: Vec<u8>,
    /// How much of `answer` was read.
    filled: usize,
}

impl Client {
    async fn ask<A: Asking>(
        &mut self,
        address: &str,
        until: Instant,
        state: &RefCell<(A, Answers)>,
    ) -> Result<(), String> {
        let connect = || async {
            let stream = TcpStream::connect(address)
                .await
                .map_err(|why| why.to_string())?;
            stream.set_nodelay(true).map_err(|why| why.to_string())?;
            Ok::<_, String>(stream)
        };
        let mut stream = connect().await?;
        self.answer.resize(64 * 1024, 0);
        while Instant::now() < until {
            self.request.clear();
            let Some(right) = state.borrow_mut().0.next(&mut self.request) else {
                break;
            };
            let began = Instant::now();
            let head = self
                .answered(&stream)
                .await
                .map_err(|why| format!("{why}, to {}", String::from_utf8_lossy(&self.request)))?;
            let took = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
            self.note(head, took, right, &mut state.borrow_mut().1);
            if head.closes {
                stream = connect().await?;
            }
        }
        Ok(())
    }

    fn note(&self, head: Head, took: u32, right: &[u16], answers: &mut Answers) {
        answers.took.push(took);
        answers.bytes += (self.filled - head.length) as u64;
        if !right.contains(&head.status) && answers.wrong.len() < SHOWN {
            let said = String::from_utf8_lossy(&self.answer[..self.filled]);
            let asked = String::from_utf8_lossy(&self.request);
            answers.wrong.push(format!("{said}\n\nto {asked}"));
        }
    }

    /// Sends the request, and reads its answer whole.
    async fn answered(&mut self, stream: &TcpStream) -> Result<Head, String> {
        let mut sent = 0;
        while sent < self.request.len() {
            match stream.try_write(&self.request[sent..]) {
                Ok(written) => sent += written,
                Err(why) if why.kind() == ErrorKind::WouldBlock => {
                    stream.writable().await.map_err(|why| why.to_string())?;
                }
                Err(why) => return Err(why.to_string()),
            }
        }
        self.filled = 0;
        let mut head = None;
        loop {
            stream.readable().await.map_err(|why| why.to_string())?;
            match stream.try_read(&mut self.answer[self.filled..]) {
                Ok(0) => return Err("the connection was closed".to_owned()),
                Ok(read) => self.filled += read,
                Err(why) if why.kind() == ErrorKind::WouldBlock => continue,
                Err(why) => return Err(why.to_string()),
            }
            if head.is_none() {
                head = Head::read(&self.answer[..self.filled])?;
            }
            let Some(head) = &head else { continue };
            let whole = head.length + head.body;
            if self.filled == whole {
                return Ok(*head);
            }
            if self.answer.len() < whole {
                self.answer.resize(whole, 0);
            }
        }
    }
}

/// What has to be known of an answer's head.
#[derive(Clone, Copy, Debug)]
struct Head {
    status: u16,
    /// With the empty line after it.
    length: usize,
    body: usize,
    closes: bool,
}

impl Head {
    /// `None` before its end has come.
    fn read(answer: &[u8]) -> Result<Option<Self>, String> {
        let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = std::str::from_utf8(&answer[..end]).map_err(|why| why.to_string())?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.get(9..12)?.parse().ok());
        let status = status.ok_or_else(|| format!("no status in {head}"))?;
        let (mut body, mut closes) = (None, false);
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            if name.eq_ignore_ascii_case("content-length") {
                body = value.trim().parse().ok();
            } else if name.eq_ignore_ascii_case("connection") {
                closes = value.trim().eq_ignore_ascii_case("close");
            }
        }
        let body = body.ok_or_else(|| format!("no length in {head}"))?;
        Ok(Some(Self {
            status,
            length: end + 4,
            body,
            closes,
        }))
    }
}
