//! How serving ends.
//!
//! First the server says that it is not ready, and goes on as before, so that whoever shares out the
//! requests among several servers has the time to hear it. Then it accepts no more, closes connections
//! that ask nothing, and finishes what it is answering and what it is sending. What is not finished in
//! time is cut off; so is everything at the second signal, of somebody who has seen that the first is not
//! enough. Whoever stops services, and a terminal that goes away, sends two at once, and means one.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::dev::Server;
use org_web::Gate;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::sleep;

use crate::settings::Serving;
use crate::wiring::Ending;

/// How soon after the first signal another one still belongs to it.
pub(super) const ONE_REQUEST: Duration = Duration::from_secs(1);

/// What tells the process to stop. It listens before the server says that it serves, so that no
/// signal after that is missed.
pub(super) struct Stopping {
    terminate: Signal,
    interrupt: Signal,
    /// The terminal is gone. It is nobody's second wish.
    hang_up: Signal,
    gate: Arc<Gate>,
    sending: Ending,
    delay: Duration,
    timeout: Duration,
}

impl Stopping {
    pub(super) fn listen(settings: &Serving, gate: Arc<Gate>, sending: Ending) -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
            gate,
            sending,
            delay: settings.stop_delay,
            timeout: settings.stop_timeout,
        })
    }

    /// Serves until there is a signal, or `failure`, and then to the end.
    pub(super) async fn run(
        mut self,
        mut server: Server,
        failure: impl Future<Output = ()>,
    ) -> io::Result<()> {
        tokio::select! {
            end = &mut server => return end,
            () = self.first() => tracing::info!("stopping"),
            () = failure => tracing::error!("stopping"),
        }
        self.gate.close();
        self.sending.finish();
        if let Some(end) = self.drain(&mut server).await {
            return end;
        }
        let cut = self.gate.figures();
        tracing::warn!(
            requests = cut.in_flight,
            connections = cut.connections,
            "what has not ended is cut off"
        );
        self.sending.leave();
        // Its workers end at once with it.
        drop(server);
        self.sending.ended().await;
        Ok(())
    }

    /// How the server ended; none if it did not in time, or if there was another signal.
    async fn drain(&mut self, server: &mut Server) -> Option<io::Result<()>> {
        let (delay, handle) = (self.delay, server.handle());
        let sending = self.sending.clone();
        let stop = async {
            sleep(delay).await;
            tracing::info!("accepting no more");
            handle.stop(true).await;
        };
        let all = async {
            let (end, (), ()) = tokio::join!(server, stop, sending.ended());
            end
        };
        tokio::select! {
            end = all => Some(end),
            () = sleep(delay + self.timeout) => None,
            () = self.second() => None,
        }
    }

    async fn first(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }

    /// Another signal, which comes a while after this was first asked for it.
    async fn second(&mut self) {
        let first = Instant::now();
        loop {
            tokio::select! {
                _ = self.terminate.recv() => {}
                _ = self.interrupt.recv() => {}
            }
            if first.elapsed() >= ONE_REQUEST {
                return;
            }
            tracing::debug!("a signal that comes with the first one");
        }
    }
}
