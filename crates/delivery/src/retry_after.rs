//! The header `Retry-After` (RFC 9110, 10.2.3).

use std::time::SystemTime;

use org_kernel::instant::Instant;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use time::Duration;

/// How long the header asks to wait, from `now` where it names a time; nothing if that is over already.
/// `None` if there is none or it says neither seconds nor a time.
pub(crate) fn read(headers: &HeaderMap, now: Instant) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number has are a long time all the same.
        return Some(Duration::seconds(text.parse().unwrap_or(i64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let wait = until.duration_since(SystemTime::from(now.to_utc()));
    Some(wait.map_or(Duration::ZERO, |wait| {
        Duration::try_from(wait).unwrap_or(Duration::MAX)
    }))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;
    use time::macros::datetime;

    use super::*;

    fn wait(value: &[u8]) -> Option<Duration> {
        let value = HeaderValue::from_bytes(value).expect("a value");
        let headers = HeaderMap::from_iter([(RETRY_AFTER, value)]);
        read(&headers, Instant::from(datetime!(2026-01-31 12:00 UTC)))
    }

    #[test]
    fn seconds_are_read() {
        for (text, seconds) in [
            ("0", 0),
            ("7", 7),
            ("007", 7),
            (" 120 ", 120),
            ("86400", 86400),
        ] {
            assert_eq!(
                wait(text.as_bytes()),
                Some(Duration::seconds(seconds)),
                "{text}"
            );
        }
        let endless = "9".repeat(400);
        assert_eq!(wait(endless.as_bytes()), Some(Duration::seconds(i64::MAX)));
    }

    #[test]
    fn times_are_read_in_each_of_their_three_forms() {
        for (text, seconds) in [
            ("Sat, 31 Jan 2026 12:00:30 GMT", 30),
            ("Saturday, 31-Jan-26 12:01:00 GMT", 60),
            ("Sat Jan 31 13:00:00 2026", 3600),
            ("Sat, 31 Jan 2026 12:00:00 GMT", 0),
            ("Sat, 31 Jan 2026 11:00:00 GMT", 0),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ] {
            assert_eq!(
                wait(text.as_bytes()),
                Some(Duration::seconds(seconds)),
                "{text}"
            );
        }
        let last = wait(b"Fri, 31 Dec 9999 23:59:59 GMT");
        assert!(last > Some(Duration::weeks(52 * 7900)), "{last:?}");
    }

    #[test]
    fn nonsense_is_nothing() {
        for text in [
            "", " ", "-1", "+1", "1.5", "1e3", "soon", "1 s", "0x10", "\u{0661}",
        ] {
            assert_eq!(wait(text.as_bytes()), None, "{text}");
        }
        assert_eq!(wait(b"Sat, 31 Feb 2026 12:00:00 GMT"), None);
        assert_eq!(wait(b"2026-01-31T12:00:30Z"), None);
        assert_eq!(wait(b"\xff"), None);
        assert_eq!(
            read(
                &HeaderMap::new(),
                Instant::from(datetime!(2026-01-31 12:00 UTC))
            ),
            None
        );
    }
}
