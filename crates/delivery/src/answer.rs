//! Reading an answer, as little of it as is kept.

use reqwest::Response;

/// The beginning of the body, at most `limit` bytes of it. The rest is not read: whoever drops the
/// response closes the connection.
pub(crate) async fn beginning(
    response: &mut Response,
    limit: usize,
) -> Result<String, reqwest::Error> {
    let mut bytes = Vec::new();
    while bytes.len() < limit {
        let Some(chunk) = response.chunk().await? else {
            break;
        };
        let room = limit - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(text_of(&bytes, limit))
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
