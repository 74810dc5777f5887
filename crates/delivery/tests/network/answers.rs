//! What receivers answer, and what is made of it.

use org_delivery::outcome::Answer;
use time::Duration;

use crate::support::receiver::{Receiver, Reply};
use crate::support::{BODY, local, nameless, post, poster, url, words};

/// More than the buffers of two sockets and a client hold, and far less than a gigabyte.
const BUFFERS: usize = 16 << 20;

async fn answer(reply: &[u8]) -> Answer {
    let receiver = Receiver::start(Reply::Bytes(reply.to_vec())).await;
    let answered = post(&poster(local(), nameless()), &url(receiver.address)).await;
    answered.expect("an answer")
}

#[tokio::test]
async fn a_message_is_posted_with_its_headers_and_its_exact_bytes() {
    let receiver = Receiver::answering("200 OK").await;
    let headers = [
        ("webhook-id", "evt_1".to_owned()),
        ("X-Kalinklo-Signature", "sha256=00".to_owned()),
    ];
    let poster = poster(local(), nameless());
    let url = url(receiver.address);
    let outcome = poster.post(&url, &headers, BODY.to_owned()).await;
    outcome.end.expect("an answer");
    let requests = receiver.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").expect("a request");
    assert_eq!(body, BODY);
    let mut lines: Vec<_> = head.lines().collect();
    assert_eq!(lines.remove(0), "POST /hook?a=1 HTTP/1.1");
    lines.sort_unstable();
    let expected = [
        "accept: */*",
        &format!("content-length: {}", BODY.len()),
        "content-type: application/json",
        &format!("host: {}", receiver.address),
        concat!("user-agent: org-api/", env!("CARGO_PKG_VERSION")),
        "webhook-id: evt_1",
        "x-kalinklo-signature: sha256=00",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_not_sent() {
    let receiver = Receiver::answering("200 OK").await;
    let poster = poster(local(), nameless());
    let url = url(receiver.address);
    for (name, value) in [("webhook-id", "a\r\nx: y"), ("a b", "c"), ("", "c")] {
        let headers = [(name, value)];
        let outcome = poster.post(&url, &headers, BODY.to_owned()).await;
        let words = outcome.end.expect_err("a failure").to_string();
        assert_eq!(words, format!("the header {name} cannot be sent"));
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn every_status_is_an_answer() {
    for status in [200, 204, 299, 400, 404, 410, 418, 500, 502, 599, 999] {
        let reply = format!("HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n");
        let told = answer(reply.as_bytes()).await;
        let expected = Answer {
            status,
            body: String::new(),
            retry_after: None,
        };
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn a_receiver_can_ask_for_time() {
    for (value, wait) in [
        ("120", Some(Duration::minutes(2))),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(Duration::ZERO)),
        ("soon", None),
    ] {
        let head = "HTTP/1.1 429 Too Many\r\nContent-Length: 4\r\nRetry-After: ";
        let told = answer(format!("{head}{value}\r\n\r\nwait").as_bytes()).await;
        assert_eq!(
            (told.status, &*told.body, told.retry_after),
            (429, "wait", wait)
        );
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Receiver::answering("200 OK").await;
    for status in [301, 302, 303, 307, 308] {
        let to = url(target.address);
        let reply = format!("HTTP/1.1 {status} Go\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(answer(reply.as_bytes()).await.status, status);
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn a_body_that_is_no_text_is_shown_as_text() {
    let reply = b"HTTP/1.1 500 No\r\nContent-Length: 5\r\n\r\n\xffa\0b\xc3";
    assert_eq!(answer(reply).await.body, "\u{fffd}a\u{fffd}b\u{fffd}");
}

#[tokio::test]
async fn a_compressed_body_is_not_inflated() {
    let reply = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbomb";
    assert_eq!(answer(reply).await.body, "bomb");
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_message() {
    let receiver = Receiver::answering("200 OK").await;
    let poster = poster(local(), nameless());
    for _ in 0..5 {
        let answered = post(&poster, &url(receiver.address)).await;
        assert_eq!(answered.expect("an answer").body, "ok");
    }
    assert_eq!((receiver.connections(), receiver.requests().len()), (1, 5));
}

#[tokio::test]
async fn a_gigabyte_is_read_to_its_fourth_kilobyte() {
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n",
    ] {
        let flood = Reply::Flood(head.into(), vec![b'a'; 1 << 16]);
        let receiver = Receiver::start(flood).await;
        let poster = poster(local(), nameless());
        let answered = post(&poster, &url(receiver.address))
            .await
            .expect("an answer");
        assert_eq!((answered.status, answered.body.len()), (200, 4096));
        receiver.ended(1).await;
        assert!(
            receiver.sent() < BUFFERS,
            "{} bytes were taken",
            receiver.sent()
        );
        // Nothing of it is left for the next message.
        let answered = post(&poster, &url(receiver.address))
            .await
            .expect("an answer");
        assert_eq!((answered.status, receiver.connections()), (200, 2));
    }
}

#[tokio::test]
async fn a_head_without_end_is_given_up() {
    for again in ["x: y\r\n".repeat(512), "a".repeat(1 << 12)] {
        let flood = Reply::Flood(b"HTTP/1.1 200 OK\r\n".to_vec(), again.into_bytes());
        let receiver = Receiver::start(flood).await;
        let words = words(&poster(local(), nameless()), &url(receiver.address)).await;
        assert_eq!(words, "message head is too large");
        receiver.ended(1).await;
        assert!(
            receiver.sent() < BUFFERS,
            "{} bytes were taken",
            receiver.sent()
        );
    }
}
