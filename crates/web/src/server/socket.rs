//! The socket of one client, whose patience with it ends.

use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::connection::Connection;
use super::timer::Timer;
use super::unheard::Unheard;
use crate::gate::Connected;

/// How long a client is waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// From the first bytes of a head until there is a request.
    pub(super) head: Duration,
    /// From one request to the next, whatever arrives between them.
    pub(super) idle: Duration,
    /// Until it has taken in what it was sent.
    pub(super) answer: Duration,
}

/// A stream that ends when its client is too slow.
#[derive(Debug)]
pub(super) struct Socket {
    stream: TcpStream,
    patience: Patience,
    connection: Rc<Connection>,
    /// When the next request has to be there, and how many there were when that was said.
    expected: Option<(Instant, u64)>,
    reading: Timer,
    /// When what is being written has to be taken in.
    to_be_taken: Option<Instant>,
    writing: Timer,
    /// Whether all that was given to be written has been, so that something begins anew.
    written: bool,
    unheard: Unheard,
    instead: Option<Instead>,
    _connected: Connected,
}

/// Bytes that are sent instead of others.
#[derive(Debug)]
struct Instead {
    bytes: Vec<u8>,
    sent: usize,
}

impl Socket {
    pub(super) fn new(
        stream: TcpStream,
        patience: Patience,
        connected: Connected,
        unheard: Unheard,
    ) -> Self {
        Self {
            stream,
            patience,
            connection: Rc::default(),
            expected: None,
            reading: Timer::default(),
            to_be_taken: None,
            writing: Timer::default(),
            written: true,
            unheard,
            instead: None,
            _connected: connected,
        }
    }

    pub(super) fn connection(&self) -> Rc<Connection> {
        Rc::clone(&self.connection)
    }

    /// Something of a head has arrived, or the end of a request is behind us.
    fn expect(&mut self, within: Duration) {
        let until = Instant::now() + within;
        let begun = self.connection.begun();
        self.expected = match self.expected {
            // A head that trickles in has no more time than one that stops.
            Some((earlier, same)) if same == begun => Some((earlier.min(until), begun)),
            _ => Some((until, begun)),
        };
    }

    /// Whether a request that has to be there is not.
    fn waits_too_long(&mut self, context: &mut Context<'_>) -> bool {
        if !self.connection.is_idle() {
            self.expected = None;
            return false;
        }
        let begun = self.connection.begun();
        if self.expected.is_none_or(|(_, then)| then != begun) {
            self.expect(self.patience.idle);
        }
        let deadline = self.expected.map(|(deadline, _)| deadline);
        deadline.is_some_and(|deadline| self.reading.is_over(deadline, context))
    }

    /// Writes to the client, or fails when it takes nothing in for too long.
    fn write(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Ready(written) => {
                if written
                    .as_ref()
                    .is_ok_and(|written| *written == bytes.len())
                {
                    self.to_be_taken = None;
                }
                Poll::Ready(written)
            }
            Poll::Pending => {
                let until = Instant::now() + self.patience.answer;
                let until = *self.to_be_taken.get_or_insert(until);
                if self.writing.is_over(until, context) {
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
                Poll::Pending
            }
        }
    }

    /// Writes what is sent instead, to its end.
    fn write_instead(
        &mut self,
        context: &mut Context<'_>,
        mut instead: Instead,
    ) -> Poll<io::Result<()>> {
        while instead.sent < instead.bytes.len() {
            match self.write(context, &instead.bytes[instead.sent..]) {
                Poll::Ready(Ok(written)) => instead.sent += written,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    self.instead = Some(instead);
                    return Poll::Pending;
                }
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(read) => {
                let arrived = buffer.filled().len() > before;
                if arrived && self.connection.is_idle() {
                    let head = self.patience.head;
                    self.expect(head);
                }
                Poll::Ready(read)
            }
            Poll::Pending if self.waits_too_long(context) => {
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut instead = self.instead.take();
        if instead.is_none() && self.written && self.connection.is_idle() {
            let bytes = self.unheard.instead_of(bytes);
            instead = bytes.map(|bytes| Instead { bytes, sent: 0 });
        }
        if let Some(instead) = instead {
            ready!(self.write_instead(context, instead))?;
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = ready!(self.write(context, bytes))?;
        self.written = written == bytes.len();
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
