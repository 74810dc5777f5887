//! Requests as they stand on the wire.

use std::io::Write;

use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

/// A booking of 25 minutes, as it is asked for.
pub(crate) fn booking(resource: &str, start: OffsetDateTime) -> String {
    let text = |moment: OffsetDateTime| moment.format(&Rfc3339).expect("an instant");
    format!(
        r#"{{"resourceId":"{resource}","title":"Rehearsal","startAt":"{}","endAt":"{}"}}"#,
        text(start),
        text(start + Duration::minutes(25)),
    )
}

pub(crate) fn get(request: &mut Vec<u8>, slug: &str, path: &str, key: &str) {
    write!(
        request,
        "GET /api/org/v1/{slug}{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n\r\n"
    )
    .expect("memory takes what is written");
}

pub(crate) fn post(
    request: &mut Vec<u8>,
    slug: &str,
    (path, body): (&str, &str),
    key: &str,
    name: &str,
) {
    write!(
        request,
        "POST /api/org/v1/{slug}{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nIdempotency-Key: {name}\r\n\r\n{body}",
        body.len()
    )
    .expect("memory takes what is written");
}
