//! Why a request is not answered as it was meant.

use std::error::Error;

use actix_web::http::StatusCode;
use org_kernel::StoreError;
use org_web::Interrupted;

/// What a failure of ours comes from.
pub(crate) type Cause = Box<dyn Error + Send + Sync>;

/// Why what was posted is no form of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotAForm {
    /// Its type says so, or it broke off.
    OfAnotherKind,
    /// No form of ours holds so much.
    TooLarge,
}

/// A request that is answered with a page that says why not.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Nobody is signed in: the answer leads to where one signs in.
    #[error("nobody is signed in")]
    SignedOut,
    #[error("the form is out of date, or came from another site")]
    StaleForm,
    #[error("the role does not allow it")]
    Forbidden,
    #[error("there is no such page or object")]
    NotFound,
    #[error("this page does not have this method")]
    MethodNotAllowed { allow: String },
    #[error("what was sent is not a form of ours")]
    NotAForm(NotAForm),
    #[error("the head of the request is too large")]
    HeadTooLarge,
    #[error("something went wrong on our side")]
    Internal(#[source] Cause),
    #[error("the service is unavailable for the moment")]
    Unavailable(#[source] Cause),
}

impl Refusal {
    /// A failure of ours that people can do nothing about.
    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::SEE_OTHER,
            Self::StaleForm | Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::HeadTooLarge | Self::NotAForm(NotAForm::TooLarge) => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::NotAForm(NotAForm::OfAnotherKind) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The heading of the page, and what people can do.
    pub(crate) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::SignedOut => ("Signed out", "Sign in to go on."),
            Self::StaleForm => (
                "This form is out of date",
                "Nothing was changed. Go back, load the page again, and send the form once more. If it stays \
                 so, see whether your browser keeps cookies, and whether the address begins with https.",
            ),
            Self::Forbidden => (
                "Your role does not allow this",
                "This request changed nothing. An owner of your organization can give you another role.",
            ),
            Self::NotFound => (
                "There is no such page",
                "It may have been removed, or the address may be mistyped.",
            ),
            Self::MethodNotAllowed { .. } => (
                "This page cannot be asked that",
                "Go back and follow the links and buttons of the pages.",
            ),
            Self::NotAForm(_) => (
                "This is not a form of ours",
                "Nothing was changed. Go back, load the page again, and send the form once more.",
            ),
            Self::HeadTooLarge => (
                "This request is too large",
                "Go back and follow the links and buttons of the pages. If it stays so, remove this site's \
                 cookies from your browser.",
            ),
            Self::Internal(_) => (
                "Something went wrong on our side",
                "Try again. If it stays so, give your operator the number of this request.",
            ),
            Self::Unavailable(_) => (
                "The service is unavailable for the moment",
                "Try again in a minute.",
            ),
        }
    }
}

impl From<Interrupted> for Refusal {
    fn from(why: Interrupted) -> Self {
        match why {
            Interrupted::Busy | Interrupted::Full | Interrupted::Late => {
                Self::Unavailable(why.into())
            }
            Interrupted::Broken(_) => Self::Internal(why.into()),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error.into()),
            StoreError::Failed(_) => Self::Internal(error.into()),
        }
    }
}
