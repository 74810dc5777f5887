//! Receivers that do not answer, and the words for it.

use std::time::Duration;

use tokio::net::TcpListener;

use crate::support::receiver::{Receiver, Reply};
use crate::support::{BODY, IMPATIENT, local, nameless, poster, url, with_limits, words};

async fn words_after(reply: Reply) -> String {
    let receiver = Receiver::start(reply).await;
    let poster = with_limits(local(), nameless(), IMPATIENT);
    words(&poster, &url(receiver.address)).await
}

#[tokio::test]
async fn a_receiver_that_hangs_is_given_up() {
    assert_eq!(
        words_after(Reply::Hang(vec![])).await,
        "no answer within 800ms"
    );
    let half_a_head = Reply::Hang(b"HTTP/1.1 200 OK\r\nX-Half: ".to_vec());
    assert_eq!(words_after(half_a_head).await, "no answer within 800ms");
    let nearly = b"HTTP/1.1 102 Processing\r\n\r\n".repeat(100);
    let words = words_after(Reply::Flood(vec![], nearly)).await;
    assert_eq!(words, "no answer within 800ms");
}

#[tokio::test]
async fn the_time_that_it_took_is_told() {
    let receiver = Receiver::start(Reply::Hang(vec![])).await;
    let poster = with_limits(local(), nameless(), IMPATIENT);
    let none: [(&str, &str); 0] = [];
    let outcome = poster
        .post(&url(receiver.address), &none, BODY.to_owned())
        .await;
    assert!(
        outcome.duration >= IMPATIENT.total,
        "{:?}",
        outcome.duration
    );
    assert!(
        outcome.duration < Duration::from_secs(10),
        "{:?}",
        outcome.duration
    );
    receiver.ended(1).await;
}

#[tokio::test]
async fn a_receiver_that_closes_is_told_so() {
    let words = words_after(Reply::Close(vec![])).await;
    assert_eq!(words, "connection closed before message completed");
}

#[tokio::test]
async fn what_is_no_http_is_told_so() {
    let words = words_after(Reply::Close(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec())).await;
    assert_eq!(words, "invalid HTTP version parsed");
}

#[tokio::test]
async fn nobody_there_is_told_so() {
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("a listener");
    let address = gone.local_addr().expect("its address");
    drop(gone);
    let words = words(&poster(local(), nameless()), &url(address)).await;
    assert_eq!(
        words,
        "tcp connect error: Connection refused (os error 111)"
    );
}
