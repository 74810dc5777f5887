//! A receiver that does as the test says.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// How long a receiver that drips waits from drop to drop.
const PAUSE: Duration = Duration::from_millis(20);

/// What is done with a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// These bytes, and the next request is waited for.
    Bytes(Vec<u8>),
    /// These bytes, and then nothing for as long as the caller stays.
    Hang(Vec<u8>),
    /// These bytes, and the connection is closed.
    Close(Vec<u8>),
    /// These bytes, and then the others again and again, [`PAUSE`] apart, for as long as the caller stays.
    Drip(Vec<u8>, Vec<u8>),
    /// These bytes, and then the others again and again, a gigabyte of them.
    Flood(Vec<u8>, Vec<u8>),
}

/// Listens until it is dropped.
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    seen: Arc<Seen>,
    task: tokio::task::JoinHandle<()>,
}

/// What came in and went out.
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<String>>,
    sent: AtomicUsize,
    ended: watch::Sender<usize>,
}

impl Receiver {
    /// One that replies to everything in the same way.
    pub(crate) async fn start(reply: Reply) -> Self {
        Self::listen("127.0.0.1:0", reply, None).await
    }

    /// One that answers with this status and nothing else.
    pub(crate) async fn answering(status: &str) -> Self {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nok");
        Self::start(Reply::Bytes(head.into_bytes())).await
    }

    /// One at this address, behind TLS if there is a way to accept it.
    pub(crate) async fn listen(at: &str, reply: Reply, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind(at).await.expect("a listener");
        let address = listener.local_addr().expect("its address");
        let seen = Arc::new(Seen {
            connections: AtomicUsize::new(0),
            requests: Mutex::default(),
            sent: AtomicUsize::new(0),
            ended: watch::Sender::new(0),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&seen), reply, tls));
        Self {
            address,
            seen,
            task,
        }
    }

    /// How many connections were made to it.
    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// The requests, head and body as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().expect("requests").clone()
    }

    /// How many bytes the system took from it.
    pub(crate) fn sent(&self) -> usize {
        self.seen.sent.load(Ordering::SeqCst)
    }

    /// Waits until this many connections are over.
    pub(crate) async fn ended(&self, connections: usize) {
        let mut ended = self.seen.ended.subscribe();
        let waiting = ended.wait_for(|ended| *ended >= connections);
        let waiting = tokio::time::timeout(Duration::from_secs(20), waiting).await;
        waiting.expect("the connections end").expect("it is there");
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, seen: Arc<Seen>, reply: Reply, tls: Option<TlsAcceptor>) {
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        seen.connections.fetch_add(1, Ordering::SeqCst);
        let (seen, reply, tls) = (Arc::clone(&seen), reply.clone(), tls.clone());
        tokio::spawn(async move {
            match tls {
                None => serve(stream, &seen, reply).await,
                // A caller that turns away from the certificate is what some tests are about.
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, &seen, reply).await;
                    }
                }
            }
            seen.ended.send_modify(|ended| *ended += 1);
        });
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, seen: &Seen, reply: Reply) {
    while let Some(request) = read(&mut stream).await {
        seen.requests.lock().expect("requests").push(request);
        match &reply {
            Reply::Bytes(bytes) => {
                if !write(&mut stream, bytes, seen).await {
                    return;
                }
            }
            Reply::Close(bytes) => {
                write(&mut stream, bytes, seen).await;
                return;
            }
            Reply::Hang(bytes) => {
                write(&mut stream, bytes, seen).await;
                while matches!(stream.read(&mut [0; 64]).await, Ok(1..)) {}
                return;
            }
            Reply::Drip(first, again) => {
                let mut open = write(&mut stream, first, seen).await;
                while open {
                    tokio::time::sleep(PAUSE).await;
                    open = write(&mut stream, again, seen).await;
                }
                return;
            }
            Reply::Flood(first, again) => {
                let mut open = write(&mut stream, first, seen).await;
                while open && seen.sent.load(Ordering::SeqCst) < 1 << 30 {
                    open = write(&mut stream, again, seen).await;
                }
                return;
            }
        }
    }
}

/// One request, by its `content-length`; none when the caller has gone.
async fn read<S: AsyncRead + Unpin>(stream: &mut S) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let length = lines.find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().expect("a length")) {
                return Some(text);
            }
        }
        match stream.read_buf(&mut bytes).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return None,
        }
    }
}

/// Whether the caller was there to take it.
async fn write<S: AsyncWrite + Unpin>(stream: &mut S, bytes: &[u8], seen: &Seen) -> bool {
    let mut rest = bytes;
    while !rest.is_empty() {
        match stream.write(rest).await {
            Ok(0) | Err(_) => return false,
            Ok(taken) => {
                seen.sent.fetch_add(taken, Ordering::SeqCst);
                rest = &rest[taken..];
            }
        }
    }
    stream.flush().await.is_ok()
}
