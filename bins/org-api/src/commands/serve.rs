//! `org-api serve`: the server, from its sockets to its end.

mod further;
mod stopping;

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::rt::System;
use actix_web::web::ServiceConfig;
use org_web::{Sockets, Unheard};

use self::stopping::Stopping;
use crate::background;
use crate::database::{Database, ids};
use crate::failure::Failure;
use crate::master_key::Keyring;
use crate::metrics;
use crate::schema::{Pending, Preparation};
use crate::settings::{Serving, Settings, wrong};
use crate::wiring::Wiring;

/// The addresses of a server, which are its own from now on.
pub(super) struct Listeners {
    pub(super) clients: TcpListener,
    metrics: Option<TcpListener>,
}

pub(super) fn run(settings: &Settings, pending: Pending) -> Result<(), Failure> {
    let listeners = Listeners::take(settings)?;
    let database = Database::open(settings)?;
    serve(settings, database, pending, listeners)
}

impl Listeners {
    /// Takes the addresses before anything else: if somebody else has one, nothing has been done yet.
    pub(super) fn take(settings: &Settings) -> Result<Self, Failure> {
        let listen = &settings.listen;
        let addresses = listen.resolve();
        let addresses = addresses.map_err(|error| wrong("listen", format!("{listen}: {error}")))?;
        let clients = TcpListener::bind(addresses.as_slice())
            .map_err(|error| Failure::during(format!("cannot listen on {listen}"), &error))?;
        let metrics = metrics::listen(settings)?;
        Ok(Self { clients, metrics })
    }
}

/// Serves until the process is told to stop, then ends all that works beside it, and lets go of the database
/// last. What does not end in its time is left, which is a failure that the log has told of.
pub(super) fn serve(
    settings: &Settings,
    database: Database,
    pending: Pending,
    listeners: Listeners,
) -> Result<(), Failure> {
    let served = serve_from(settings, &database, pending, listeners);
    let closed = database.close();
    served.and(closed)
}

/// Serves until the last request is answered, what is being sent is recorded, and what was noted is stored.
fn serve_from(
    settings: &Settings,
    database: &Database,
    pending: Pending,
    listeners: Listeners,
) -> Result<(), Failure> {
    let Listeners { clients, metrics } = listeners;
    let keyring = Keyring::of(settings, database);
    let mut preparation = Preparation::begin(database, pending, keyring)?;
    let wiring = Wiring::new(settings, database, preparation.master_key())?;
    let (api, console, no_schema) = (wiring.api(), wiring.console(), preparation.failed());
    let ending = wiring.ending();
    let address = clients.local_addr()?;
    let (gate, unheard) = (
        wiring.gate(),
        Unheard::new(org_http::unheard, ids(), wiring.observer()),
    );
    let (sockets, figures) = (sockets(settings), wiring.figures());
    let app = move |config: &mut ServiceConfig| {
        org_console::configure(Arc::clone(&console))(config);
        org_http::configure(Arc::clone(&api))(config);
    };
    System::new().block_on(async move {
        let stopping = Stopping::listen(&settings.serving, Arc::clone(&gate), ending)?;
        let server = org_web::serve(clients, &sockets, &gate, &unheard, app)?;
        let scraped = metrics::serve(metrics, figures)?;
        tracing::info!(listening = %address, "serving");
        let end = stopping.run(server, no_schema).await;
        further::end_at_a_further_signal();
        scraped.end().await;
        end
    })?;
    tracing::info!("stopped serving");
    let workers = wiring.into_workers().chain(preparation.take_worker());
    let all_ended = background::end(workers);
    preparation.end()?;
    if all_ended {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

/// How the sockets are bounded.
fn sockets(settings: &Settings) -> Sockets {
    let Serving {
        workers,
        max_connections,
        head_timeout,
        request_timeout,
        keep_alive,
        stop_timeout,
        ..
    } = settings.serving;
    Sockets {
        workers,
        max_connections,
        head_time: head_timeout,
        keep_alive,
        answer_time: request_timeout,
        stop_time: stop_timeout,
    }
}
