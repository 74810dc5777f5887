//! A server over sockets whose clients may be slow, broken or hostile.
//!
//! It is actix's own server with its sockets wrapped. What actix bounds by itself is set here: how many
//! clients are connected, how long the first head of a connection may take, how long one that asks
//! nothing is kept, and how it is drained. What it does not bound is bounded by the [`Socket`]: a second
//! head that never ends, and a client that does not take its answer. And where it answers by itself, to
//! what is no request, the answer is put into words of ours.

mod answering;
mod connection;
mod socket;
#[cfg(test)]
mod tests;
mod timer;
mod unheard;

use std::io;
use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::HttpService;
use actix_server::{GracefulShutdownSignal, Server, ServerServiceFactory};
use actix_service::{ServiceFactoryExt as _, apply_fn_factory, fn_service, map_config};
use actix_web::App;
use actix_web::dev::AppConfig;
use actix_web::web::ServiceConfig;
use tokio::net::TcpStream;

use crate::gate::Gate;
use answering::answer;
use connection::Connection;
use socket::{Patience, Socket};

pub use unheard::Unheard;

/// How long a connection that is closed may take to be closed by its client, too.
const DISCONNECT: Duration = Duration::from_secs(1);

/// How many seconds later than it should be the server ends by itself.
const GRACE: u64 = 5;

/// What bounds the sockets of a server.
#[derive(Clone, Copy, Debug)]
pub struct Sockets {
    /// Threads that read and write; at most 512, and at most as many as clients may be connected.
    pub workers: NonZeroUsize,
    /// How many clients are connected at a time, in all workers together, at the most. Those beyond wait in the
    /// backlog of the listening socket, and those beyond that are refused by the kernel.
    pub max_connections: NonZeroUsize,
    /// How long a head may take to arrive.
    pub head_time: Duration,
    /// How long a connection is kept that asks nothing; half a second less at times, because it is counted
    /// from a clock that is read twice a second.
    pub keep_alive: Duration,
    /// How long a client may take to take in what it is sent.
    pub answer_time: Duration,
    /// How long requests that are being answered may take to end once the server is told to stop. Whoever
    /// stops it sees to that; the server itself ends some seconds later whatever is being answered.
    pub stop_time: Duration,
}

/// Serves what `configure` mounts, until the server is stopped.
///
/// A worker takes its even share of the connections; what is left over when they do not divide evenly is not
/// taken by any.
pub fn serve(
    listener: TcpListener,
    sockets: &Sockets,
    gate: &Arc<Gate>,
    unheard: &Unheard,
    configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
) -> io::Result<Server> {
    let connections = sockets.max_connections.get();
    let workers = sockets.workers.get().min(512).min(connections);
    let server = Server::build()
        .workers(workers)
        .max_concurrent_connections(connections / workers)
        .shutdown_timeout(sockets.stop_time.as_secs() + GRACE)
        .disable_signals();
    let draining = server.graceful_shutdown_signal();
    let service = service(*sockets, gate, unheard, draining, configure);
    Ok(server.listen("http", listener, service)?.run())
}

/// What each worker makes for itself.
fn service(
    sockets: Sockets,
    gate: &Arc<Gate>,
    unheard: &Unheard,
    draining: GracefulShutdownSignal,
    configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
) -> impl ServerServiceFactory<TcpStream> {
    let (gate, unheard) = (Arc::clone(gate), unheard.clone());
    let patience = Patience {
        head: sockets.head_time,
        idle: sockets.keep_alive + sockets.head_time,
        answer: sockets.answer_time,
    };
    move || {
        let app = App::new().configure(configure.clone());
        let words = unheard.clone();
        let app = apply_fn_factory(app, move |request, app| answer(request, app, &words));
        let draining = draining.clone();
        let http = HttpService::build()
            .keep_alive(sockets.keep_alive)
            .client_request_timeout(sockets.head_time)
            .client_disconnect_timeout(DISCONNECT)
            .graceful_shutdown_signal(move || {
                let draining = draining.clone();
                async move { draining.notified().await }
            })
            .on_connect_ext(|socket: &Socket, data| {
                data.insert::<Rc<Connection>>(socket.connection());
            })
            .finish(map_config(app, |()| AppConfig::default()));
        let (gate, unheard) = (Arc::clone(&gate), unheard.clone());
        fn_service(move |stream: TcpStream| {
            let peer = stream.peer_addr().ok();
            let socket = Socket::new(stream, patience, gate.connect(), unheard.clone());
            async move { Ok((socket, actix_http::Protocol::Http1, peer)) }
        })
        .and_then(http)
    }
}
