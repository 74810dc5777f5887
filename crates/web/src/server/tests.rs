//! Clients that are slow, broken or hostile, over real sockets.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use org_kernel::id_source::SequentialIds;
use socket2::SockRef;

use super::*;

/// How long anything may take that is expected to happen.
const PATIENCE: Duration = Duration::from_secs(30);

/// Long enough for a client that does well, on a machine that does much else.
const SHORT: Duration = Duration::from_millis(500);

fn mount(config: &mut ServiceConfig) {
    let panics = from_fn(|request: actix_web::dev::ServiceRequest, next| panics(request, next));
    config
        .route("/", web::get().to(async || "here"))
        .route("/much", web::get().to(async || "much ".repeat(100_000)))
        .service(
            web::resource("/panic")
                .route(web::get().to(HttpResponse::Ok))
                .wrap(panics),
        );
}

async fn panics(
    request: actix_web::dev::ServiceRequest,
    next: actix_web::middleware::Next<impl actix_web::body::MessageBody>,
) -> Result<actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
    assert_ne!(request.path(), "/panic", "on purpose");
    next.call(request).await
}

fn words(status: StatusCode) -> (StatusCode, String) {
    (status, format!("{{\"words\":{}}}", status.as_u16()))
}

/// A server of one worker, for the time that `talk` takes on a thread of its own.
async fn served<T: Send + 'static>(
    change: impl FnOnce(&mut Sockets),
    talk: impl FnOnce(SocketAddr, Arc<Gate>) -> T + Send + 'static,
) -> T {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let mut sockets = Sockets {
        workers: NonZeroUsize::MIN,
        max_connections: NonZeroUsize::MIN.saturating_add(999),
        head_time: PATIENCE,
        keep_alive: PATIENCE,
        answer_time: PATIENCE,
        stop_time: PATIENCE,
    };
    change(&mut sockets);
    let (gate, ids) = (
        Gate::new(100),
        Arc::new(SequentialIds::at(1_700_000_000_000)),
    );
    let unheard = Unheard::new(words, ids, Arc::new(()));
    let server = serve(listener, &sockets, &gate, &unheard, mount).expect("a server");
    let handle = server.handle();
    let serving = actix_web::rt::spawn(server);
    #[expect(clippy::disallowed_methods, reason = "a client of the test")]
    let talk = actix_web::rt::task::spawn_blocking(move || talk(address, gate));
    let told = talk.await.expect("no panic");
    handle.stop(false).await;
    serving.await.expect("no panic").expect("served");
    told
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

/// Reads the answer to [`GET`].
fn here(stream: &mut TcpStream) {
    let mut answer = Vec::new();
    let mut buffer = [0; 1024];
    while !answer.ends_with(b"here") {
        let read = stream.read(&mut buffer).expect("an answer");
        assert_ne!(read, 0, "the connection ended");
        answer.extend_from_slice(&buffer[..read]);
    }
}

/// What the server sends until it ends the connection.
fn until_the_end(mut stream: &TcpStream) -> String {
    let (mut answer, mut buffer) = (Vec::new(), [0; 1024]);
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error}, having read {answer:?}"),
        }
    }
    String::from_utf8(answer).expect("UTF-8")
}

#[actix_web::test]
async fn a_first_head_that_never_ends_is_ended() {
    let answer = served(
        |sockets| sockets.head_time = SHORT,
        |address, _| {
            let mut stream = connect(address);
            stream.write_all(b"GET / HTTP/1.1\r\nhos").expect("sent");
            until_the_end(&stream)
        },
    );
    let answer = answer.await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.ends_with("{\"words\":408}"), "{answer}");
}

#[actix_web::test]
async fn a_second_head_that_never_ends_is_ended_too_however_it_trickles() {
    let in_time = served(
        |sockets| sockets.head_time = SHORT,
        |address, _| {
            let mut stream = connect(address);
            stream.write_all(GET).expect("sent");
            here(&mut stream);
            stream.write_all(b"GET / HTTP/1.1\r\nx: ").expect("sent");
            let tick = Duration::from_millis(20);
            stream.set_read_timeout(Some(tick)).expect("a timeout");
            let began = Instant::now();
            loop {
                let gone = stream.write_all(b"y").is_err();
                match stream.read(&mut [0; 8]) {
                    Err(error) if error.kind() == ErrorKind::WouldBlock && !gone => {}
                    Ok(1..) => panic!("an answer to half of a request"),
                    _ => break began.elapsed() < PATIENCE,
                }
            }
        },
    );
    assert!(in_time.await);
}

#[actix_web::test]
async fn a_connection_that_asks_nothing_is_ended() {
    let answer = served(
        |sockets| sockets.keep_alive = SHORT,
        |address, _| {
            let mut stream = connect(address);
            stream.write_all(GET).expect("sent");
            here(&mut stream);
            until_the_end(&stream)
        },
    );
    assert_eq!(answer.await, "");
}

#[actix_web::test]
async fn a_client_that_asks_in_time_is_kept() {
    served(
        |sockets| sockets.head_time = SHORT,
        |address, _| {
            let mut stream = connect(address);
            let began = Instant::now();
            while began.elapsed() < SHORT * 3 {
                stream.write_all(GET).expect("sent");
                here(&mut stream);
            }
        },
    )
    .await;
}

/// Each asks for much, again and again, and takes in nothing.
#[actix_web::test]
async fn clients_that_do_not_read_are_ended_and_keep_nobody_from_being_served() {
    let ended = served(
        |sockets| sockets.answer_time = SHORT,
        |address, gate| {
            let mut greedy: Vec<_> = (0..50).map(|_| greedy(address)).collect();
            let began = Instant::now();
            while !greedy.is_empty() && began.elapsed() < PATIENCE {
                greedy.retain_mut(goes_on);
                let mut good = connect(address);
                good.write_all(GET).expect("sent");
                here(&mut good);
            }
            while gate.figures().connections > 0 && began.elapsed() < PATIENCE {
                std::thread::yield_now();
            }
            (greedy.len(), gate.figures().connections)
        },
    );
    assert_eq!(ended.await, (0, 0));
}

fn greedy(address: SocketAddr) -> TcpStream {
    let stream = connect(address);
    let small = SockRef::from(&stream).set_recv_buffer_size(4096);
    small.expect("a small buffer");
    stream.set_nonblocking(true).expect("not blocking");
    stream
}

/// Asks as much as the server takes in; whether it is still there.
fn goes_on(stream: &mut TcpStream) -> bool {
    let asked = "GET /much HTTP/1.1\r\nhost: a\r\n\r\n".repeat(16);
    match stream.write(asked.as_bytes()) {
        Ok(written) => written > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}

#[actix_web::test]
async fn what_is_no_request_is_answered_in_our_words() {
    served(
        |_| {},
        |address, _| {
            let many = format!(
                "GET / HTTP/1.1\r\nhost: a\r\n{}\r\n",
                "x: y\r\n".repeat(200)
            );
            let both = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\
                        transfer-encoding: chunked\r\n\r\nabc";
            let twice = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\
                         content-length: 4\r\n\r\nabc";
            for (sent, status) in [
                ("GET\r\n\r\n", 400),
                ("\u{16}\u{3}\u{1}\r\n\r\n", 400),
                ("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", 400),
                (both, 400),
                (twice, 400),
                (&many, 431),
            ] {
                let mut stream = connect(address);
                stream.write_all(sent.as_bytes()).expect("sent");
                let answer = until_the_end(&stream);
                let begins = format!("HTTP/1.1 {status} ");
                let ends = format!("\r\n\r\n{{\"words\":{status}}}");
                assert!(
                    answer.starts_with(&begins) && answer.ends_with(&ends),
                    "{answer}"
                );
                for field in ["\r\nx-request-id: ", "\r\ncontent-length: 13\r\n"] {
                    assert!(answer.contains(field), "{answer}");
                }
            }
        },
    )
    .await;
}

#[actix_web::test]
async fn a_panic_around_the_handlers_is_answered_and_kills_nothing() {
    served(
        |_| {},
        |address, _| {
            let mut stream = connect(address);
            let asked = b"GET /panic HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
            stream.write_all(asked).expect("sent");
            let answer = until_the_end(&stream);
            assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
            assert!(answer.ends_with("{\"words\":500}"), "{answer}");
            let mut next = connect(address);
            next.write_all(GET).expect("sent");
            here(&mut next);
        },
    )
    .await;
}

#[actix_web::test]
async fn clients_beyond_the_bound_wait_until_others_leave() {
    served(
        |sockets| sockets.max_connections = NonZeroUsize::MIN.saturating_add(1),
        |address, gate| {
            let mut first: Vec<_> = (0..2).map(|_| connect(address)).collect();
            for stream in &mut first {
                stream.write_all(GET).expect("sent");
                here(stream);
            }
            let mut late = connect(address);
            late.write_all(GET).expect("the kernel has taken it");
            assert_eq!(gate.figures().connections, 2);
            first.pop();
            here(&mut late);
        },
    )
    .await;
}

#[actix_web::test]
async fn many_workers_let_no_more_clients_in_than_there_may_be() {
    served(
        |sockets| {
            sockets.workers = NonZeroUsize::MIN.saturating_add(3);
            sockets.max_connections = NonZeroUsize::MIN;
        },
        |address, _| {
            let (mut first, mut late) = (connect(address), connect(address));
            late.write_all(GET).expect("the kernel has taken it");
            // As good as for ever, for a server that could answer both.
            for _ in 0..200 {
                first.write_all(GET).expect("sent");
                here(&mut first);
            }
            late.set_nonblocking(true).expect("it can be asked");
            let nothing = late.peek(&mut [0]).map_err(|error| error.kind());
            assert_eq!(nothing, Err(ErrorKind::WouldBlock));
            late.set_nonblocking(false).expect("it can be waited for");
            drop(first);
            here(&mut late);
        },
    )
    .await;
}
