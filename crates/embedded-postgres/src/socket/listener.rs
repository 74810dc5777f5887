//! Who is at the other end of a socket. Nobody waits here for longer than they said they would.

use std::{
    io::{self, ErrorKind, Read, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    path::Path,
    time::Duration,
};

use socket2::{Domain, SockAddr, Socket, Type};

/// Asks whether the server speaks TLS, as the first thing that a client may say: the length of the message,
/// and the number of the request. Source: PostgreSQL's documentation, "Message Formats", `SSLRequest`.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f];

/// Whether somebody listens: a server, also one that stands still; or, for a moment after it was killed, a
/// child that it had just forked, and that has not closed the socket yet.
pub(super) fn accepts(socket: &Path) -> bool {
    match connect(socket) {
        Ok(_) => true,
        // No more than wait already may wait to be let in.
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}

/// Whether a server answers, if only to refuse: one that is full, recovers from the crash of a child, or
/// cannot fork does so too. A server that answers after `patience` logs that nobody was there any more.
pub(super) fn answers(socket: &Path, patience: Duration) -> bool {
    let ask = || -> io::Result<()> {
        let mut server = connect(socket)?;
        server.set_read_timeout(Some(patience))?;
        server.write_all(&SSL_REQUEST)?;
        server.read_exact(&mut [0])
    };
    ask().is_ok()
}

/// At once or not at all.
fn connect(path: &Path) -> io::Result<UnixStream> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    socket.connect(&SockAddr::unix(path)?)?;
    socket.set_nonblocking(false)?;
    Ok(OwnedFd::from(socket).into())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::net::UnixListener, path::PathBuf, thread};

    use tempfile::TempDir;

    use super::*;

    const MOMENT: Duration = Duration::from_millis(20);
    const AGE: Duration = Duration::from_secs(30);

    fn listen(dir: &TempDir) -> (PathBuf, UnixListener) {
        let path = dir.path().join("socket");
        let listener = UnixListener::bind(&path).unwrap();
        (path, listener)
    }

    /// Lets one in, hears the request, and says `answer`.
    fn serve(answer: &'static [u8]) -> bool {
        let dir = TempDir::new().unwrap();
        let (path, listener) = listen(&dir);
        thread::scope(|scope| {
            let asking = scope.spawn(move || answers(&path, AGE));
            let (mut server, _) = listener.accept().unwrap();
            let mut request = [0; 8];
            server.read_exact(&mut request).unwrap();
            assert_eq!(request, SSL_REQUEST);
            server.write_all(answer).unwrap();
            drop(server);
            asking.join().unwrap()
        })
    }

    #[test]
    fn who_says_something_answers() {
        assert!(serve(b"N"));
    }

    #[test]
    fn who_hangs_up_does_not_answer() {
        assert!(!serve(b""));
    }

    #[test]
    fn who_listens_and_says_nothing_does_not_answer() {
        let dir = TempDir::new().unwrap();
        let (path, _listener) = listen(&dir);
        assert!(accepts(&path));
        assert!(!answers(&path, MOMENT));
    }

    #[test]
    fn nobody_listens_at_a_socket_that_was_left() {
        let dir = TempDir::new().unwrap();
        let (path, listener) = listen(&dir);
        drop(listener);
        assert!(!accepts(&path));
        assert!(!answers(&path, AGE));
        fs::remove_file(&path).unwrap();
        assert!(!accepts(&path));
        assert!(!answers(&path, AGE));
    }

    /// A server that stands still lets nobody in, and those who would wait for it do not wait for ever.
    /// Elsewhere they are turned away.
    #[test]
    #[cfg(target_os = "linux")]
    fn who_lets_nobody_in_any_more_still_listens() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("socket");
        let listener = Socket::new(Domain::UNIX, Type::STREAM, None).unwrap();
        listener.bind(&SockAddr::unix(&path).unwrap()).unwrap();
        listener.listen(1).unwrap();
        let waiting: Vec<_> = (0..8).map_while(|_| connect(&path).ok()).collect();
        assert!(waiting.len() < 8, "a queue of one took them all");
        assert!(accepts(&path));
        assert!(!answers(&path, MOMENT));
    }
}
