//! Receivers that answer, but not to the end: their status and headers count all the same, so that what
//! was accepted is not sent again, and who is gone or asks for time is heard.

use std::time::Duration;

use org_delivery::outcome::{Answer, Outcome};

use crate::support::receiver::{Receiver, Reply};
use crate::support::{BODY, IMPATIENT, local, nameless, post, poster, url, with_limits};

/// Heads of answers, with the status and the wait in seconds that each of them tells.
const HEADS: [(&str, u16, Option<i64>); 3] = [
    ("200 OK", 200, None),
    ("410 Gone", 410, None),
    ("429 Too Many\r\nRetry-After: 120", 429, Some(120)),
];

/// The beginning of an answer that is longer than anything that follows in these tests.
fn begun(head: &str) -> Vec<u8> {
    format!("HTTP/1.1 {head}\r\nContent-Length: 4096\r\n\r\nhalf").into_bytes()
}

fn answer(status: u16, body: &str, wait: Option<i64>) -> Answer {
    Answer {
        status,
        body: body.to_owned(),
        retry_after: wait.map(time::Duration::seconds),
    }
}

/// The answer of a receiver whose connection ends by itself.
async fn broken_off(bytes: &[u8]) -> Answer {
    let receiver = Receiver::start(Reply::Close(bytes.to_vec())).await;
    let answered = post(&poster(local(), nameless()), &url(receiver.address)).await;
    answered.expect("an answer")
}

/// What comes of a receiver that has to be given up, which is done in time and closes the connection.
async fn given_up(reply: Reply) -> Answer {
    let receiver = Receiver::start(reply).await;
    let poster = with_limits(local(), nameless(), IMPATIENT);
    let none: [(&str, &str); 0] = [];
    let url = url(receiver.address);
    let Outcome { duration, end } = poster.post(&url, &none, BODY.to_owned()).await;
    assert!(duration >= IMPATIENT.total, "{duration:?}");
    assert!(duration < Duration::from_secs(10), "{duration:?}");
    receiver.ended(1).await;
    end.expect("an answer")
}

#[tokio::test]
async fn an_answer_counts_though_its_body_breaks_off() {
    for (head, status, wait) in HEADS {
        let told = broken_off(&begun(head)).await;
        assert_eq!(told, answer(status, "half", wait));
    }
}

#[tokio::test]
async fn an_answer_counts_though_its_body_never_comes() {
    let told = broken_off(b"HTTP/1.1 202 OK\r\nContent-Length: 4096\r\n\r\n").await;
    assert_eq!(told, answer(202, "", None));
}

#[tokio::test]
async fn an_answer_counts_though_its_chunks_are_none() {
    for (chunks, read) in [
        ("8\r\nhalf", "half"),
        ("4\r\nhalf\r\n", "half"),
        ("4\r\nhalf\r\nno length\r\n", "half"),
        ("no length\r\n", ""),
    ] {
        let head = "HTTP/1.1 410 Gone\r\nTransfer-Encoding: chunked\r\n\r\n";
        let told = broken_off(format!("{head}{chunks}").as_bytes()).await;
        assert_eq!(told, answer(410, read, None), "{chunks:?}");
    }
}

#[tokio::test]
async fn an_answer_counts_though_its_body_hangs() {
    for (head, status, wait) in HEADS {
        let told = given_up(Reply::Hang(begun(head))).await;
        assert_eq!(told, answer(status, "half", wait));
    }
}

#[tokio::test]
async fn an_answer_counts_though_its_body_drips() {
    for (head, status, wait) in HEADS {
        let told = given_up(Reply::Drip(begun(head), b".".to_vec())).await;
        let drops = told.body.strip_prefix("half").expect("what came at once");
        assert!(!drops.is_empty() && drops.chars().all(|drop| drop == '.'));
        assert_eq!(told, answer(status, &told.body, wait));
    }
}

#[tokio::test]
async fn half_a_character_at_the_break_is_shown_as_such() {
    let told = broken_off(b"HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\ngr\xc3").await;
    assert_eq!(told, answer(500, "gr\u{fffd}", None));
}
