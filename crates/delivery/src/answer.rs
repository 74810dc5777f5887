//! Reading an answer, as little of it as is kept.
//!
//! An answer counts by its status and headers. Whatever its body does, an answer it stays: a receiver that
//! has said 200 has the message, and one that has said 410 wants no other.

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use crate::failure;

/// The beginning of the body, at most `limit` bytes of it and as far as it came before `until`. The rest
/// is not read: whoever drops the response closes the connection.
pub(crate) async fn beginning(response: &mut Response, limit: usize, until: Instant) -> String {
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    match timeout_at(until, read(response, limit, &mut bytes)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            let error = failure::causes(&error);
            tracing::debug!(status, error, "the body of an answer broke off");
        }
        Err(_) => tracing::debug!(status, "the body of an answer took too long"),
    }
    text_of(&bytes, limit)
}

/// Reads until there are `limit` bytes. What was read is in `bytes` even if this fails or is given up.
async fn read(
    response: &mut Response,
    limit: usize,
    bytes: &mut Vec<u8>,
) -> Result<(), reqwest::Error> {
    while bytes.len() < limit {
        let Some(chunk) = response.chunk().await? else {
            break;
        };
        let room = limit - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(())
}

/// What can be shown and stored: text of at most `limit` bytes. PostgreSQL takes no NUL.
fn text_of(bytes: &[u8], limit: usize) -> String {
    let mut text = String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}");
    // What stands for a bad byte is three bytes long.
    text.truncate(text.floor_char_boundary(limit));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_shown_as_such() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"ok", "ok"),
            (b"a\0b", "a\u{fffd}b"),
            (b"\xff\xfe", "\u{fffd}\u{fffd}"),
            ("gr\u{fc}n".as_bytes(), "gr\u{fc}n"),
        ] {
            assert_eq!(text_of(bytes, 64), text, "{bytes:?}");
        }
    }

    #[test]
    fn the_text_is_no_longer_than_the_limit_and_ends_with_a_whole_character() {
        assert_eq!(text_of(&[0xff; 10], 10), "\u{fffd}".repeat(3));
        assert_eq!(text_of(&[0; 10], 10), "\u{fffd}".repeat(3));
        assert_eq!(text_of("a\u{1f600}".as_bytes(), 4), "a");
        // Half of a character at the end of what was read.
        assert_eq!(text_of(&"aaa\u{fc}".as_bytes()[..4], 4), "aaa");
    }
}
