//! `org-api serve`: the server, from its sockets to its end.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::{App, HttpServer};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::database::Database;
use crate::failure::Failure;
use crate::master_key::Keyring;
use crate::schema::{Pending, Preparation};
use crate::settings::{Settings, wrong};
use crate::wiring::{Ending, Wiring};

/// How long requests that are being answered may take to end once the server is told to stop.
const DRAIN_SECONDS: u64 = 30;

pub(super) fn run(settings: &Settings, pending: Pending) -> Result<(), Failure> {
    let listener = listen(settings)?;
    let database = Database::open(settings)?;
    serve(settings, &database, pending, listener)
}

/// Takes the address before anything else: if another server has it, nothing has been done yet.
pub(super) fn listen(settings: &Settings) -> Result<TcpListener, Failure> {
    let listen = &settings.listen;
    let addresses = listen.resolve();
    let addresses = addresses.map_err(|error| wrong("listen", format!("{listen}: {error}")))?;
    TcpListener::bind(addresses.as_slice())
        .map_err(|error| Failure::during(format!("cannot listen on {listen}"), &error))
}

/// Serves until the process is told to stop, and then until the last request is answered and what is being
/// sent is recorded.
pub(super) fn serve(
    settings: &Settings,
    database: &Database,
    pending: Pending,
    listener: TcpListener,
) -> Result<(), Failure> {
    let keyring = Keyring::of(settings, database);
    let preparation = Preparation::begin(database, pending, keyring)?;
    let wiring = Wiring::new(settings, database, preparation.master_key())?;
    let (api, console, no_schema) = (wiring.api(), wiring.console(), preparation.failed());
    let ending = wiring.ending();
    let address = listener.local_addr()?;
    // One for each request that may be at the store, and one for the question whether it answers; half
    // as many again, and a few, for the console. A replica has as many of its own, so that it keeps no
    // thread from the primary while it hangs.
    let connections = usize::try_from(settings.pool.connections.get())?;
    let replicas = usize::from(settings.replica.url.is_some());
    let threads = connections * (1 + replicas) + connections / 2 + 6;
    System::new().block_on(async move {
        let stop = StopSignals::listen()?;
        let app = move || {
            App::new()
                .configure(org_console::configure(Arc::clone(&console)))
                .configure(org_http::configure(Arc::clone(&api)))
        };
        let server = HttpServer::new(app)
            .disable_signals()
            .shutdown_timeout(DRAIN_SECONDS)
            .worker_max_blocking_threads(threads)
            .listen(listener)?
            .run();
        let stop = stop.then_stop(server.handle(), ending.clone(), no_schema);
        actix_web::rt::spawn(stop);
        tracing::info!(listening = %address, "serving");
        let end = server.await;
        // Here, where signals are still heard.
        ending.finish();
        ending.ended().await;
        end
    })?;
    tracing::info!("stopped serving");
    preparation.end()
}

/// What tells the process to stop. It listens before the server says that it serves, so that no
/// signal after that is missed.
struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
    /// The terminal is gone.
    hang_up: Signal,
}

impl StopSignals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for a signal, or for `failure`, then lets the server finish what it is answering and what
    /// it is sending, both at once; at the next signal, it does so no longer.
    async fn then_stop(
        mut self,
        server: ServerHandle,
        sending: Ending,
        failure: impl Future<Output = ()>,
    ) {
        tokio::select! {
            () = self.next() => tracing::info!("stopping"),
            () = failure => tracing::error!("stopping"),
        }
        sending.finish();
        let stopping = async {
            server.stop(true).await;
            sending.ended().await;
        };
        tokio::select! {
            () = self.next() => {
                sending.leave();
                server.stop(false).await;
            }
            () = stopping => {}
        }
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }
}
