//! The envelope for those whom no handler has heard.

use actix_web::ResponseError;
use actix_web::http::StatusCode;
use org_web::HeadTooLarge;

use super::{Failure, Problems};

/// What is answered instead of an empty answer of the HTTP library, which gives one to what it cannot
/// read; and instead of none, where what is around the handlers has panicked.
///
/// The published codes know requests only. What is no request is not valid, and what is too large to be
/// read is too large.
pub fn unheard(status: StatusCode) -> (StatusCode, String) {
    let (status, failure) = match status {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            let failure = Failure::HeadTooLarge(HeadTooLarge::Whole);
            (failure.status_code(), failure)
        }
        status if status.is_client_error() => (status, Failure::Invalid(Problems::default())),
        status => (
            status,
            Failure::internal("what is around the handlers panicked"),
        ),
    };
    (status, failure.to_json().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_has_heard_is_answered_in_the_envelope() {
        for (given, answered, code) in [
            (400, 400, "VALIDATION_FAILED"),
            (408, 408, "VALIDATION_FAILED"),
            (431, 413, "PAYLOAD_TOO_LARGE"),
            (500, 500, "INTERNAL"),
        ] {
            let (status, body) = unheard(StatusCode::from_u16(given).expect("a status"));
            let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!(status.as_u16(), answered);
            assert_eq!(body["error"]["code"], code, "{given}");
            assert_eq!(body["success"], false);
        }
    }
}
