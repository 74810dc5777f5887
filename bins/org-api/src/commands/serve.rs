//! `org-api serve`: the server, from its sockets to its end.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::{App, HttpServer};
use org_kernel::StoreError;
use org_store::migrations;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::background::{Again, Periodic};
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::{Settings, wrong};
use crate::wiring::Wiring;

/// How long requests that are being answered may take to end once the server is told to stop.
const DRAIN_SECONDS: u64 = 30;

/// How often a database that does not answer is tried again before its migrations are applied.
const MIGRATION_IS_TRIED_EVERY: Duration = Duration::from_millis(500);

pub(super) fn run(settings: &Settings, migrate: bool) -> Result<(), Failure> {
    let listener = listen(settings)?;
    let database = Database::open(settings)?;
    let _migrating = if migrate {
        migrate_or_wait(&database)?
    } else {
        None
    };
    serve(settings, &database, listener)
}

/// Takes the address before anything else: if another server has it, nothing has been done yet.
pub(super) fn listen(settings: &Settings) -> Result<TcpListener, Failure> {
    TcpListener::bind(&settings.listen)
        .map_err(|error| wrong("listen", format!("{}: {error}", settings.listen)))
}

/// Applies the migrations now or, when the database does not answer, as soon as it does; until
/// then the store is held, and everything that needs it is answered 503.
fn migrate_or_wait(database: &Database) -> Result<Option<Periodic>, Failure> {
    match migrations::migrate(database.url()) {
        Ok(applied) => {
            tell(&applied);
            return Ok(None);
        }
        Err(StoreError::Unavailable(cause)) => {
            tracing::warn!(cause, "the database does not answer; its migrations wait");
        }
        Err(failed) => return Err(Failure::during("the migrations were not applied", &failed)),
    }
    let (store, url) = (database.store(), database.url().clone());
    store.hold();
    let waiting =
        Periodic::start(
            "migrations",
            MIGRATION_IS_TRIED_EVERY,
            move || match migrations::migrate(&url) {
                Ok(applied) => {
                    tell(&applied);
                    store.release();
                    Again::No
                }
                Err(_) => Again::Yes,
            },
        );
    Ok(Some(waiting?))
}

fn tell(applied: &[String]) {
    if !applied.is_empty() {
        tracing::info!(applied = applied.join(", "), "migrated the database");
    }
}

/// Serves until the process is told to stop, and then until the last request is answered.
pub(super) fn serve(
    settings: &Settings,
    database: &Database,
    listener: TcpListener,
) -> Result<(), Failure> {
    let wiring = Wiring::new(settings, database)?;
    let api = wiring.api();
    let address = listener.local_addr()?;
    let connections = usize::try_from(settings.database_connections.get())?;
    System::new().block_on(async move {
        let stop = StopSignals::listen()?;
        let app = move || App::new().configure(org_http::configure(Arc::clone(&api)));
        let server = HttpServer::new(app)
            .disable_signals()
            .shutdown_timeout(DRAIN_SECONDS)
            .worker_max_blocking_threads(connections)
            .listen(listener)?
            .run();
        actix_web::rt::spawn(stop.then_stop(server.handle()));
        tracing::info!(listening = %address, "serving");
        server.await
    })?;
    tracing::info!("stopped serving");
    Ok(())
}

/// What tells the process to stop. It listens before the server says that it serves, so that no
/// signal after that is missed.
struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for a signal, then lets the server finish what it is answering.
    async fn then_stop(mut self, server: ServerHandle) {
        let name = tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        };
        tracing::info!(signal = name, "stopping");
        server.stop(true).await;
    }
}
