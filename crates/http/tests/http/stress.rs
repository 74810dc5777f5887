//! What a server answers that has too much to do, or is about to stop, and to requests that are too much.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use actix_web::test::TestRequest;
use org_http::Settings;
use org_web::{Bounds, Gate};
use serde_json::Value;

use crate::broken::Health;
use crate::log;
use crate::response::Response;
use crate::sockets::{exchange, request, split, with_server};
use crate::world::{VIENNA, World};

fn world(bounds: Bounds) -> World {
    World::with(Settings {
        bounds,
        ..Settings::default()
    })
}

/// Refused in the envelope, for now.
fn assert_unavailable(answer: &Response) {
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["error"]["code"], "UNAVAILABLE");
    let seconds = answer.header("retry-after").expect("Retry-After");
    assert!(seconds.parse::<u32>().expect("seconds") >= 1);
}

async fn get(world: &World, path: &str) -> Response {
    world.send(TestRequest::with_uri(path)).await
}

#[actix_web::test]
async fn a_server_that_is_full_says_so_at_once_but_for_how_it_is() {
    let gate = Gate::new(1);
    let world = world(Bounds {
        gate: gate.clone(),
        ..Bounds::default()
    });
    let other = gate.enter().expect("room for one");
    assert_unavailable(&world.get("/works").await);
    assert_unavailable(&get(&world, "/docs").await);
    assert_unavailable(&get(&world, "/nothing").await);
    assert_eq!(get(&world, "/healthz").await.status, 200);
    assert_eq!(get(&world, "/readyz").await.status, 200);
    drop(other);
    assert_eq!(world.get("/works").await.status, 200);
    let figures = gate.figures();
    assert_eq!((figures.in_flight, figures.turned_away), (0, 3));
}

#[actix_web::test]
async fn a_server_that_is_about_to_stop_is_not_ready_and_answers() {
    let bounds = Bounds::default();
    let world = world(bounds.clone());
    bounds.gate.close();
    assert_unavailable(&get(&world, "/readyz").await);
    assert_eq!(get(&world, "/healthz").await.status, 200);
    assert_eq!(world.get("/works").await.status, 200);
    let path = format!("{VIENNA}/works");
    let key = format!("authorization: Bearer {}\r\n", world.key);
    let asked = String::from_utf8(request("GET", &path, &key)).expect("UTF-8");
    let kept = asked.replace("connection: close\r\n", "");
    let answer = with_server(&world, move |address| exchange_whole(address, &kept)).await;
    let (head, _) = split(&answer);
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(head.contains("\r\nconnection: close"), "{head}");
}

/// Sends a request, and reads until the server ends the connection by itself.
fn exchange_whole(address: std::net::SocketAddr, asked: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let timeout = stream.set_read_timeout(Some(Duration::from_secs(20)));
    timeout.expect("a timeout");
    stream.write_all(asked.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the end");
    answer
}

#[actix_web::test]
async fn a_head_that_is_too_large_is_refused_in_the_envelope() {
    let world = World::new();
    let key = format!("authorization: Bearer {}\r\n", world.key);
    with_server(&world, move |address| {
        let works = format!("{VIENNA}/works");
        let long = format!("{works}?q={}", "a".repeat(9000));
        let longest = format!("{works}?q={}", "a".repeat(60 * 1024));
        let fields = format!("{key}{}", "x: y\r\n".repeat(70));
        let too_many = format!("{key}{}", "x: y\r\n".repeat(200));
        let large = format!("{key}x: {}\r\n", "y".repeat(20_000));
        for (path, fields) in [
            (&long, &key),
            (&longest, &key),
            (&works, &fields),
            (&works, &too_many),
            (&works, &large),
        ] {
            let answer = exchange(address, &request("GET", path, fields));
            let (head, body) = split(&answer);
            assert!(head.starts_with("HTTP/1.1 413 "), "{head}");
            assert!(head.contains("\r\nx-request-id: "), "{head}");
            let body: Value = serde_json::from_str(body).expect("the envelope");
            assert_eq!(body["error"]["code"], "PAYLOAD_TOO_LARGE", "{head}");
        }
        let usual = exchange(address, &request("GET", &works, &key));
        assert!(usual.starts_with("HTTP/1.1 200 "), "{usual}");
    })
    .await;
}

#[actix_web::test]
async fn a_body_that_does_not_arrive_in_time_is_not_waited_for() {
    let world = world(Bounds {
        request_time: Duration::from_millis(100),
        ..Bounds::default()
    });
    let key = format!("authorization: Bearer {}\r\n", world.key);
    with_server(&world, move |address| {
        let path = format!("{VIENNA}/contacts");
        let fields = format!("{key}content-type: application/json\r\ncontent-length: 9\r\n");
        let asked = String::from_utf8(request("POST", &path, &fields)).expect("UTF-8");
        let began = Instant::now();
        let answer = exchange_whole(address, &format!("{asked}{{\"a"));
        assert!(began.elapsed() < Duration::from_secs(15));
        let (head, body) = split(&answer);
        assert!(head.starts_with("HTTP/1.1 422 "), "{answer}");
        assert!(body.contains("must arrive in time"), "{answer}");
    })
    .await;
}

/// What panics in a handler's work says so in the log, with its request, and harms no other request.
#[actix_web::test]
async fn a_panic_in_the_work_harms_nobody_else() {
    let world = World::new();
    let key = format!("authorization: Bearer {}\r\n", world.key);
    let library = world.library.clone();
    log::take_lines();
    with_server(&world, move |address| {
        let path = format!("{VIENNA}/works");
        let asked = request("GET", &path, &key);
        for (health, status) in [(Health::Panicking, 500), (Health::Well, 200)] {
            library.falls(health);
            for _ in 0..30 {
                let answer = exchange(address, &asked);
                let begins = format!("HTTP/1.1 {status} ");
                assert!(answer.starts_with(&begins), "{answer}");
            }
        }
    })
    .await;
}
