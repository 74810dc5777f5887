//! What only a real connection shows: the bytes of requests that no client library sends, and the
//! answer to `HEAD`.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::ServiceConfig;
use org_http::{Api, configure};
use org_kernel::id_source::SystemIds;
use org_web::{Gate, Sockets, Unheard};
use serde_json::{Value, json};

use crate::world::World;

/// Serves one world for the time that `talk` takes, on a thread of its own.
pub(crate) async fn with_server<T: Send + 'static>(
    world: &World,
    talk: impl FnOnce(SocketAddr) -> T + Send + 'static,
) -> T {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let minute = Duration::from_mins(1);
    let sockets = Sockets {
        workers: NonZeroUsize::MIN,
        max_connections: NonZeroUsize::MIN.saturating_add(999),
        head_time: minute,
        keep_alive: minute,
        answer_time: minute,
        stop_time: minute,
    };
    let api: Arc<Api> = world.api.clone();
    let app = move |config: &mut ServiceConfig| configure(api.clone())(config);
    let unheard = Unheard::new(org_http::unheard, Arc::new(SystemIds), Arc::new(()));
    let server = org_web::serve(listener, &sockets, &Gate::new(1000), &unheard, app);
    let server = server.expect("a server");
    let handle = server.handle();
    let serving = actix_web::rt::spawn(server);
    #[expect(clippy::disallowed_methods, reason = "a client of the test")]
    let told = actix_web::rt::task::spawn_blocking(move || talk(address))
        .await
        .expect("no panic");
    handle.stop(false).await;
    serving.await.expect("no panic").expect("served");
    told
}

/// Sends bytes, and reads until the server closes the connection.
pub(crate) fn exchange(address: SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    // The server may close before it has read everything; then what it answered counts.
    let _ = stream.write_all(sent);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).expect("UTF-8")
}

/// Sends two requests at once, and reads until the second is answered or the connection is closed.
fn two_answers(address: SocketAddr, sent: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let timeout = stream.set_read_timeout(Some(Duration::from_secs(20)));
    timeout.expect("a timeout");
    stream.write_all(sent.as_bytes()).expect("sent");
    let (mut answer, mut buffer) = (String::new(), [0; 4096]);
    while answer.matches("HTTP/1.1 ").count() < 2 || !answer.ends_with('}') {
        match stream.read(&mut buffer).expect("an answer") {
            0 => break,
            read => answer.push_str(std::str::from_utf8(&buffer[..read]).expect("UTF-8")),
        }
    }
    answer
}

pub(crate) fn request(method: &str, path: &str, headers: &str) -> Vec<u8> {
    format!("{method} {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n")
        .into_bytes()
}

pub(crate) fn split(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").unwrap_or((answer, ""))
}

#[actix_web::test]
async fn head_is_get_without_the_body() {
    let world = World::new();
    let key = format!(
        "authorization: Bearer {}\r\nx-request-id: same\r\n",
        world.key
    );
    with_server(&world, move |address| {
        for path in [
            "/api/org/v1/vienna",
            "/api/org/v1/vienna/works",
            "/api/org/v1/vienna/works?limit=0",
            "/nothing",
            "/healthz",
            "/docs",
            "/docs/start.js",
        ] {
            let comparable = |head: &str| {
                let changing = |line: &&str| {
                    let changing = [
                        "date:",
                        "traceparent:",
                        "x-ratelimit-remaining:",
                        "ratelimit:",
                    ];
                    !changing.iter().any(|name| line.starts_with(name))
                };
                let mut lines: Vec<_> = head.lines().filter(changing).map(str::to_owned).collect();
                lines.sort();
                lines
            };
            let (get, head) = (
                exchange(address, &request("GET", path, &key)),
                exchange(address, &request("HEAD", path, &key)),
            );
            let ((get_head, get_body), (head_head, head_body)) = (split(&get), split(&head));
            assert_eq!(comparable(head_head), comparable(get_head), "{path}");
            assert!(!get_body.is_empty() && head_body.is_empty(), "{path}");
            assert!(
                get_head.contains(&format!("content-length: {}", get_body.len())),
                "{path}"
            );
        }
    })
    .await;
}

#[actix_web::test]
async fn odd_requests_are_answered_in_the_envelope() {
    let world = World::new();
    let key = format!("authorization: Bearer {}\r\n", world.key);
    with_server(&world, move |address| {
        let both = format!("{key}{key}");
        let length = format!("{key}content-length: 300000\r\n");
        for (method, path, headers, code) in [
            ("GET", "/%", "", "ROUTE_NOT_FOUND"),
            ("GET", "*", "", "ROUTE_NOT_FOUND"),
            ("OPTIONS", "*", "", "ROUTE_NOT_FOUND"),
            ("CONNECT", "a:80", "", "ROUTE_NOT_FOUND"),
            ("GET", "http://evil.example/nothing", "", "ROUTE_NOT_FOUND"),
            ("BREW", "/api/org/v1/vienna", "", "METHOD_NOT_ALLOWED"),
            (
                "GET",
                "/api/org/v1/vienna",
                "authorization: Bearer \u{e9}\r\n",
                "API_KEY_MALFORMED",
            ),
            (
                "GET",
                "/api/org/v1/vienna",
                both.as_str(),
                "API_KEY_MALFORMED",
            ),
            (
                "GET",
                "/api/org/v1/vienna",
                length.as_str(),
                "PAYLOAD_TOO_LARGE",
            ),
            (
                "GET",
                "/api/org/v1/vienna%2fworks",
                key.as_str(),
                "ORG_NOT_FOUND",
            ),
        ] {
            let answer = exchange(address, &request(method, path, headers));
            let (head, body) = split(&answer);
            assert!(
                body.contains(&format!("\"code\":\"{code}\"")),
                "{method} {path}: {answer}"
            );
            for header in [
                "content-type: application/json",
                "cache-control: no-store",
                "x-request-id: ",
            ] {
                assert!(head.contains(header), "{method} {path}: {answer}");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn a_body_that_breaks_off_or_is_chunked_badly_did_not_arrive_whole() {
    let world = World::new();
    let head = format!(
        "authorization: Bearer {}\r\ncontent-type: application/json\r\n",
        world.key
    );
    with_server(&world, move |address| {
        let broken = [
            ("content-length: 9\r\n", "{\"a\""),
            ("transfer-encoding: chunked\r\n", "4\r\n{\"a\"\r\nzz\r\n"),
        ];
        for (framing, body) in broken {
            let mut sent = request("GET", "/api/org/v1/vienna", &format!("{head}{framing}"));
            sent.extend_from_slice(body.as_bytes());
            let answer = exchange(address, &sent);
            let (head, body) = split(&answer);
            assert!(head.starts_with("HTTP/1.1 422 "), "{framing}: {answer}");
            let body: Value = serde_json::from_str(body).expect("one answer, and no more");
            let details = json!({ "body": ["must arrive whole"] });
            assert_eq!(body["error"]["details"], details, "{framing}");
        }
    })
    .await;
}

#[actix_web::test]
async fn what_is_not_http_leaves_the_server_as_it_was() {
    let world = World::new();
    with_server(&world, move |address| {
        let long = format!("x: {}\r\n", "y".repeat(200_000));
        let many = "x: 1\r\n".repeat(200);
        for sent in [
            b"\x16\x03\x01\x02\x00".to_vec(),
            b"GET\r\n\r\n".to_vec(),
            request("GET", "/ /", ""),
            request("GET", "/", &long),
            request("GET", "/", &many),
        ] {
            let answer = exchange(address, &sent);
            assert!(!answer.contains(" 200 "), "{answer}");
        }
        assert!(exchange(address, &request("GET", "/healthz", "")).starts_with("HTTP/1.1 200 "));
    })
    .await;
}

/// The body of a request that is refused goes by, so that the connection stays open, and whoever sends
/// two requests at once gets two answers.
#[actix_web::test]
async fn what_follows_a_refused_write_is_answered() {
    let world = World::new();
    let key = world.key.clone();
    let answers = with_server(&world, move |address| {
        let body = json!({ "name": "Ada", "type": "AGENT" }).to_string();
        let request = |method: &str, path: &str, key: &str, connection: &str| {
            format!(
                "{method} {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {key}\r\n\
                 content-type: application/json\r\nconnection: {connection}\r\n\
                 content-length: {}\r\n\r\n{body}",
                body.len()
            )
        };
        let contacts = "/api/org/v1/vienna/contacts";
        let good = request("POST", contacts, &key, "keep-alive");
        let refused = [
            request("POST", contacts, "nonsense", "keep-alive"),
            request("PUT", contacts, &key, "keep-alive"),
            request("POST", "/nothing", &key, "keep-alive"),
            request("POST", "/api/org/v1/linz/contacts", &key, "keep-alive"),
        ];
        refused.map(|refused| two_answers(address, &(refused + &good)))
    })
    .await;
    for (answer, status) in answers.iter().zip(["401", "405", "404", "404"]) {
        let statuses: Vec<_> = answer
            .split("HTTP/1.1 ")
            .skip(1)
            .map(|one| &one[..3])
            .collect();
        assert_eq!(statuses, [status, "201"], "{answer}");
        let (first, _) = split(answer);
        assert!(!first.contains("connection: close"), "{first}");
    }
}
