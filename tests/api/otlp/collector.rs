//! A collector of traces, as far as a test needs one: it takes what is posted, and says that it has it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use crate::server::PATIENCE;

/// What somebody has posted.
pub(crate) struct Posted {
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Collector {
    address: SocketAddr,
    posted: Receiver<Posted>,
}

impl Collector {
    /// Listens on a free port of this machine, for as long as the test runs.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let (sender, posted) = mpsc::channel();
        thread::spawn(move || {
            for connection in listener.incoming() {
                let posted = take(connection.expect("a connection"));
                if sender.send(posted).is_err() {
                    return;
                }
            }
        });
        Self { address, posted }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for what is posted next.
    pub(crate) fn next(&self) -> Posted {
        self.posted.recv_timeout(PATIENCE).expect("spans")
    }
}

/// Reads one request to the end of its body, and closes the connection after the answer.
fn take(connection: TcpStream) -> Posted {
    let mut reader = BufReader::new(connection);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line of the head");
        if line.trim_end().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_ascii_lowercase());
    }
    let length = lines
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "))
        .expect("a length");
    let mut body = vec![0; length.parse().expect("a number")];
    reader.read_exact(&mut body).expect("the body");
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let mut connection = reader.into_inner();
    connection.write_all(answer.as_bytes()).expect("answered");
    let path = lines[0].split(' ').nth(1).expect("a path");
    Posted {
        path: path.to_owned(),
        body,
    }
}
