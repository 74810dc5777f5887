//! What a write answers: the object, in bytes that were fixed inside the transaction.

use std::marker::PhantomData;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, HeaderName, HeaderValue, LOCATION};
use org_kernel::idempotency::Answer as Kept;

use super::{Answer, Item, Reply, Shown, envelope};
use crate::failure::Failure;
use crate::schemas::Schemas;

/// Says that an answer was given before.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// An object that can be told where it is.
pub(crate) trait Located: Item {
    /// Its path below that of its organization.
    fn path(&self) -> String;

    /// One that was just made.
    fn made_example() -> Self {
        Self::example()
    }
}

/// An answer, given for the first time or again.
pub(crate) struct Written {
    answer: Kept,
    again: bool,
}

/// The answer that says that an object was written.
pub(crate) fn answer<T: Item>(
    status: StatusCode,
    location: Option<String>,
    object: &T,
) -> Result<Kept, Failure> {
    Ok(Kept {
        status: status.as_u16(),
        location,
        body: serde_json::to_string(&envelope(object)).map_err(Failure::internal)?,
    })
}

impl Written {
    /// Given for the first time.
    pub(crate) fn first(answer: Kept) -> Self {
        let again = false;
        Self { answer, again }
    }

    /// Given before.
    pub(crate) fn again(answer: Kept) -> Self {
        let again = true;
        Self { answer, again }
    }

    fn into_response(self) -> Result<HttpResponse, Failure> {
        let status = StatusCode::from_u16(self.answer.status).map_err(Failure::internal)?;
        let mut response = HttpResponse::build(status);
        response.insert_header(ContentType::json());
        if let Some(location) = &self.answer.location {
            let location = HeaderValue::from_str(location).map_err(Failure::internal)?;
            response.insert_header((LOCATION, location));
        }
        if self.again {
            response.insert_header((REPLAYED, "true"));
        }
        Ok(response.body(self.answer.body))
    }
}

macro_rules! written {
    ($(#[$meta:meta])* $name:ident, $object:path, $status:expr, $example:ident) => {
        $(#[$meta])*
        pub(crate) struct $name<T>(Written, PhantomData<fn() -> T>);

        impl<T> From<Written> for $name<T> {
            fn from(written: Written) -> Self {
                Self(written, PhantomData)
            }
        }

        impl<T: $object> Reply for $name<T> {
            const STATUS: StatusCode = $status;

            fn into_response(self) -> Result<HttpResponse, Failure> {
                self.0.into_response()
            }

            fn shown(schemas: &mut Schemas) -> Shown {
                Answer::shown_by(T::$example(), schemas)
            }
        }
    };
}

written! {
    /// An object that was made: 201, and where it is.
    Created, Located, StatusCode::CREATED, made_example
}

written! {
    /// An object that was changed: 200.
    Changed, Item, StatusCode::OK, changed_example
}
