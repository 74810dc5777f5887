//! Something between two programs that hands on what they say, and can cut them off in the middle of it.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::thread;

/// Of a connection that is cut, at most so many bytes of the answers come through.
const AT_MOST: u64 = 3000;

/// How connections are dealt with, and how many were cut.
#[derive(Default)]
pub(super) struct Cuts {
    cutting: AtomicBool,
    made: AtomicU32,
    seed: AtomicU64,
}

impl Cuts {
    /// Cuts every connection, also those that are there, until so many were cut.
    pub(super) fn make(&self, number: u32) {
        let wanted = self.made.load(Ordering::Relaxed) + number;
        self.cutting.store(true, Ordering::Relaxed);
        let deadline = std::time::Instant::now() + crate::server::PATIENCE;
        while self.made.load(Ordering::Relaxed) < wanted {
            assert!(std::time::Instant::now() < deadline, "nothing to cut");
            thread::yield_now();
        }
        self.cutting.store(false, Ordering::Relaxed);
    }

    /// After how many further bytes of answers a connection is cut: another number each time.
    fn after(&self) -> u64 {
        let next = self
            .seed
            .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        (next ^ (next >> 29)) % AT_MOST
    }
}

/// A connection of either kind.
pub(super) trait Wire: Read + Write + Send + Sized + 'static {
    fn twin(&self) -> io::Result<Self>;
    fn close(&self);
}

impl Wire for TcpStream {
    fn twin(&self) -> io::Result<Self> {
        self.try_clone()
    }

    fn close(&self) {
        // The other side may have closed it.
        let _ = self.shutdown(Shutdown::Both);
    }
}

impl Wire for UnixStream {
    fn twin(&self) -> io::Result<Self> {
        self.try_clone()
    }

    fn close(&self) {
        // The other side may have closed it.
        let _ = self.shutdown(Shutdown::Both);
    }
}

/// Listens on a port of its own, and hands on to `address`; answers where it listens. It ends with the
/// test's process.
pub(super) fn over_tcp(address: &str, cuts: &Arc<Cuts>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let here = listener.local_addr().expect("an address").to_string();
    let (address, cuts) = (address.to_owned(), Arc::clone(cuts));
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            if let Ok(server) = TcpStream::connect(&address) {
                hand_on(client, server, &cuts);
            }
        }
    });
    here
}

/// The same with sockets of files: `here` is made, and leads to `there`.
pub(super) fn over_files(here: &Path, there: PathBuf, cuts: &Arc<Cuts>) {
    let listener = UnixListener::bind(here).expect("a socket");
    let cuts = Arc::clone(cuts);
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            if let Ok(server) = UnixStream::connect(&there) {
                hand_on(client, server, &cuts);
            }
        }
    });
}

fn hand_on<W: Wire>(client: W, server: W, cuts: &Arc<Cuts>) {
    let (Ok(asking), Ok(asked)) = (client.twin(), server.twin()) else {
        return;
    };
    thread::spawn(move || {
        let (mut asking, mut asked) = (asking, asked);
        // However it ends, it is over for both.
        let _ = io::copy(&mut asking, &mut asked);
        asking.close();
        asked.close();
    });
    let cuts = Arc::clone(cuts);
    thread::spawn(move || answer(client, server, &cuts));
}

/// Hands answers on, to their end or to where they are cut.
fn answer<W: Wire>(mut client: W, mut server: W, cuts: &Cuts) {
    let mut left = None;
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = server.read(&mut buffer) {
        if cuts.cutting.load(Ordering::Relaxed) {
            left.get_or_insert_with(|| cuts.after());
        } else {
            left = None;
        }
        let through = left.map_or(read, |left| read.min(usize::try_from(left).unwrap_or(read)));
        let is_cut = through < read;
        left = left.map(|left| left - through as u64);
        if client.write_all(&buffer[..through]).is_err() {
            break;
        }
        if is_cut {
            cuts.made.fetch_add(1, Ordering::Relaxed);
            break;
        }
    }
    client.close();
    server.close();
}
