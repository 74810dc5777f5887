//! How large the head of a request may be.
//!
//! The HTTP library takes heads of up to 128 KiB, which is far more than any client of ours has reason
//! to send, and refuses more than 96 fields by itself. These bounds are below its own, so that whoever
//! passes them is answered like everybody else.

use actix_web::dev::RequestHead;

/// The longest path and query together, in bytes.
pub const LONGEST_URL: usize = 8 * 1024;

/// The most fields of a head.
pub const MOST_FIELDS: usize = 64;

/// The most bytes of all names and values of the fields together.
pub const LARGEST_HEAD: usize = 16 * 1024;

/// What is too much about a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadTooLarge {
    /// The path with the query.
    #[error("the URL is longer than 8 KiB")]
    Url,
    /// The number of the fields.
    #[error("there are more than 64 header fields")]
    Fields,
    /// Their size.
    #[error("the header fields are larger than 16 KiB")]
    Size,
    /// All of it, so much that it was not read.
    #[error("the head of the request is too large")]
    Whole,
}

/// Holds a head to the bounds.
pub fn hold_head(head: &RequestHead) -> Result<(), HeadTooLarge> {
    let url = head.uri.path_and_query().map_or("", |url| url.as_str());
    if url.len() > LONGEST_URL {
        return Err(HeadTooLarge::Url);
    }
    let (mut fields, mut size) = (0, 0);
    for (name, value) in head.headers() {
        fields += 1;
        size += name.as_str().len() + value.len();
    }
    if fields > MOST_FIELDS {
        return Err(HeadTooLarge::Fields);
    }
    if size > LARGEST_HEAD {
        return Err(HeadTooLarge::Size);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn held(request: TestRequest) -> Result<(), HeadTooLarge> {
        hold_head(request.to_http_request().head())
    }

    fn with_fields(count: usize) -> TestRequest {
        let append = |request: TestRequest, field| request.append_header(("x", format!("{field}")));
        (0..count).fold(TestRequest::default(), append)
    }

    #[test]
    fn a_url_may_be_as_long_as_its_bound() {
        let of = |length: usize| TestRequest::with_uri(&format!("/{}", "a".repeat(length - 1)));
        assert_eq!(held(of(LONGEST_URL)), Ok(()));
        assert_eq!(held(of(LONGEST_URL + 1)), Err(HeadTooLarge::Url));
        let query = format!("/?{}", "a".repeat(LONGEST_URL));
        assert_eq!(held(TestRequest::with_uri(&query)), Err(HeadTooLarge::Url));
    }

    #[test]
    fn there_may_be_as_many_fields_as_their_bound() {
        assert_eq!(held(with_fields(MOST_FIELDS)), Ok(()));
        assert_eq!(
            held(with_fields(MOST_FIELDS + 1)),
            Err(HeadTooLarge::Fields)
        );
    }

    #[test]
    fn names_and_values_may_be_as_large_as_their_bound() {
        let of = |size: usize| TestRequest::default().insert_header(("x", "y".repeat(size - 1)));
        assert_eq!(held(of(LARGEST_HEAD)), Ok(()));
        assert_eq!(held(of(LARGEST_HEAD + 1)), Err(HeadTooLarge::Size));
    }
}
