//! Answers to those whom no handler has heard: what they sent is no request, or what should have heard
//! them is broken.
//!
//! The HTTP library answers what it cannot read by itself, with a status and no body, before any service
//! is asked. Such an answer is known by being all there is, on a connection where nothing is being
//! answered, and by its lack of a request id, which everything of ours bears.

use std::fmt;
use std::sync::Arc;

use actix_http::Response;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use org_kernel::id_source::IdSource;

use crate::observer::Observer;
use crate::request_id::X_REQUEST_ID;

/// The longest head of an answer that the library gives by itself.
const LONGEST: usize = 256;

/// The words for those answers.
#[derive(Clone)]
pub struct Unheard {
    /// For a status of the library, the status and the JSON that are answered instead.
    words: fn(StatusCode) -> (StatusCode, String),
    ids: Arc<dyn IdSource>,
    observer: Arc<dyn Observer>,
}

impl Unheard {
    /// Answers in these words, under ids of these, and tells the observer.
    pub fn new(
        words: fn(StatusCode) -> (StatusCode, String),
        ids: Arc<dyn IdSource>,
        observer: Arc<dyn Observer>,
    ) -> Self {
        Self {
            words,
            ids,
            observer,
        }
    }

    /// The response for a status.
    pub(super) fn response(&self, status: StatusCode) -> Response<String> {
        let (status, body) = (self.words)(status);
        let mut response = Response::with_body(status, body);
        for (name, value) in fields(&self.id()) {
            // Both are of our own making.
            if let Ok(value) = value.parse() {
                let name = HeaderName::from_static(name);
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    /// What is sent instead of `bytes`, if those are an answer of the library.
    pub(super) fn instead_of(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let head = library_s_own(bytes)?;
        let status = StatusCode::from_bytes(head.get(9..12)?.as_bytes()).ok()?;
        let (status, body) = (self.words)(status);
        let id = self.id();
        tracing::info!(
            request_id = id,
            status = status.as_u16(),
            "refused what is no request"
        );
        self.observer.unheard(status);
        let reason = status.canonical_reason().unwrap_or_default();
        let mut answer = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16());
        let date = head.lines().find(|line| line.starts_with("date: "));
        if let Some(field) = date {
            answer.extend([field, "\r\n"]);
        }
        for (name, value) in fields(&id) {
            answer.extend([name, ": ", value, "\r\n"]);
        }
        let length = body.len();
        let rest = format!("content-length: {length}\r\nconnection: close\r\n\r\n{body}");
        Some((answer + &rest).into_bytes())
    }

    fn id(&self) -> String {
        self.ids.uuid().to_string()
    }
}

fn fields(id: &str) -> [(&'static str, &str); 4] {
    [
        ("content-type", "application/json"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-request-id", id),
    ]
}

impl fmt::Debug for Unheard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unheard")
    }
}

/// The head of an answer of 4xx without a body, if it is one and nothing else, and not of ours.
fn library_s_own(bytes: &[u8]) -> Option<&str> {
    if bytes.len() > LONGEST || !bytes.starts_with(b"HTTP/1.1 4") {
        return None;
    }
    let head = std::str::from_utf8(bytes).ok()?;
    let fields = head.strip_suffix("\r\n\r\n")?;
    let alone = !fields.contains("\r\n\r\n");
    let ours = fields.contains(X_REQUEST_ID.as_str());
    let empty = fields.contains("content-length: 0");
    (alone && empty && !ours).then_some(head)
}
