//! A failure as an HTTP response, in the envelope of errors.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ALLOW, ContentType, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use actix_web::{HttpResponse, ResponseError};
use org_auth::scope::Scope;
use org_kernel::idempotency::Answer;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Failure, Problems};
use crate::bookings::Conflict;

/// After how many seconds a client should ask again when the service is unavailable.
const RETRY_UNAVAILABLE: u32 = 5;

/// After how many seconds a client should repeat a request that is still running.
const RETRY_IN_USE: u32 = 1;

/// `{ "success": false, "error": … }`
#[derive(Debug, Serialize)]
struct Envelope {
    success: bool,
    error: Body,
}

#[derive(Debug, Serialize)]
struct Body {
    message: String,
    code: &'static str,
    details: Map<String, Value>,
}

impl Failure {
    /// The response's body as JSON.
    pub(crate) fn to_json(&self) -> Value {
        json!(Envelope {
            success: false,
            error: Body {
                message: self.to_string(),
                code: self.code().as_str(),
                details: self.details(),
            },
        })
    }

    fn details(&self) -> Map<String, Value> {
        let mut details = Map::new();
        match self {
            Self::ScopeMissing { required, granted } => {
                let granted: Vec<_> = granted.iter().map(Scope::as_str).collect();
                details.insert("required".to_owned(), required.as_str().into());
                details.insert("granted".to_owned(), granted.into());
            }
            Self::Invalid(Problems { body, fields }) => {
                if let Some(message) = body {
                    details.insert("body".to_owned(), json!([message]));
                }
                if !fields.is_empty() {
                    details.insert("fields".to_owned(), json!(fields));
                }
            }
            Self::ResourceUnavailable(status) => {
                details.insert("status".to_owned(), status.as_str().into());
            }
            Self::BookingConflict(conflict) => {
                let Conflict {
                    conflicts,
                    next_available,
                } = Conflict::from(&**conflict);
                details.insert("conflicts".to_owned(), json!(conflicts));
                details.insert("nextAvailable".to_owned(), json!(next_available));
            }
            _ => {}
        }
        details
    }

    /// The response, to be given again.
    pub(crate) fn to_answer(&self) -> Answer {
        Answer {
            status: self.status_code().as_u16(),
            location: None,
            body: self.to_json().to_string(),
        }
    }

    /// The header that belongs to the code, if one does.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::MethodNotAllowed { allow } => HeaderValue::from_str(allow)
                .ok()
                .map(|allow| (ALLOW, allow)),
            Self::Refused(_) => Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Self::RateLimited { retry_after } => Some((RETRY_AFTER, (*retry_after).into())),
            Self::IdempotencyKeyInUse => Some((RETRY_AFTER, RETRY_IN_USE.into())),
            Self::Closing | Self::Unavailable(_) => Some((RETRY_AFTER, RETRY_UNAVAILABLE.into())),
            _ => None,
        }
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        self.code().status()
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header(ContentType::json());
        if let Some(header) = self.header() {
            response.insert_header(header);
        }
        response.body(self.to_json().to_string())
    }
}
