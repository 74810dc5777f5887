//! A receiver of webhooks on a real socket, well-behaved or not, as the path says.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How much `/gigabyte` answers, if it is let.
const GIGABYTE: usize = 1 << 30;

/// A message as it arrived.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    pub(crate) path: String,
    /// By their names in lower case.
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Message {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(&name.to_ascii_lowercase());
        value.unwrap_or_else(|| panic!("no {name} in {:?}", self.headers))
    }
}

/// What was seen at one path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// How often each message came, by its id.
    pub(crate) messages: HashMap<String, u32>,
    /// The last one.
    pub(crate) last: Message,
    /// How many came.
    pub(crate) total: u64,
    /// How many were being answered at one time at the most.
    pub(crate) most_at_once: u32,
    at_once: u32,
    /// The most bytes that were written for one answer.
    pub(crate) most_written: usize,
}

type Paths = Arc<Mutex<HashMap<String, Seen>>>;

/// Listens until the process ends; its threads hold no test back.
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    paths: Paths,
}

impl Receiver {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let paths = Paths::default();
        let seen = Arc::clone(&paths);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let seen = Arc::clone(&seen);
                // Whoever calls may go away at any time.
                thread::spawn(move || drop(answer_all(&stream, &seen)));
            }
        });
        Self { address, paths }
    }

    /// The URL of a path: `/well…` answers 200, `/broken` 500, `/gone` 410, `/busy` 429, `/hang` never,
    /// `/close` closes, `/gigabyte` does not end, `/elsewhere` redirects to `/trap`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was seen at a path.
    pub(crate) fn seen<T>(&self, path: &str, look: impl FnOnce(&Seen) -> T) -> T {
        look(lock(&self.paths).entry(path.to_owned()).or_default())
    }
}

fn lock(paths: &Paths) -> MutexGuard<'_, HashMap<String, Seen>> {
    paths.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer_all(stream: &TcpStream, paths: &Paths) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(message) = read(&mut reader)? {
        let path = message.path.clone();
        arrived(paths, message);
        let written = answer(&path, stream, &mut reader);
        let mut paths = lock(paths);
        let seen = paths.entry(path).or_default();
        seen.at_once -= 1;
        if let Ok(written) = written {
            seen.most_written = seen.most_written.max(written);
        }
        drop(paths);
        written?;
    }
    Ok(())
}

fn arrived(paths: &Paths, message: Message) {
    let mut paths = lock(paths);
    let seen = paths.entry(message.path.clone()).or_default();
    let id = message.headers.get("webhook-id").cloned();
    *seen.messages.entry(id.unwrap_or_default()).or_default() += 1;
    seen.total += 1;
    seen.at_once += 1;
    seen.most_at_once = seen.most_at_once.max(seen.at_once);
    seen.last = message;
}

fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Message>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length");
    let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(Message {
        path,
        headers,
        body,
    }))
}

/// Answers, and says how many bytes it took off the sender's hands.
fn answer(path: &str, mut stream: &TcpStream, reader: &mut impl Read) -> std::io::Result<usize> {
    let status = match path {
        "/hang" => return reader.read(&mut [0]),
        "/close" => return stream.shutdown(Shutdown::Both).map(|()| 0),
        "/gigabyte" => return Ok(gigabyte(stream)),
        "/elsewhere" => "302 Found\r\nLocation: /trap",
        "/broken" => "500 Internal Server Error",
        "/gone" => "410 Gone",
        "/busy" => "429 Too Many Requests\r\nRetry-After: 3",
        _ => "200 OK",
    };
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 6\r\n\r\nheard\n");
    stream.write_all(answer.as_bytes())?;
    Ok(answer.len())
}

/// Writes until nobody takes any more.
fn gigabyte(mut stream: &TcpStream) -> usize {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {GIGABYTE}\r\n\r\n");
    let (mut written, chunk) = (0, vec![b'x'; 1 << 16]);
    if stream.write_all(head.as_bytes()).is_err() {
        return 0;
    }
    while written < GIGABYTE && stream.write_all(&chunk).is_ok() {
        written += chunk.len();
    }
    written
}
