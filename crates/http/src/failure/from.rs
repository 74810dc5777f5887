//! From the errors of the other crates to failures: one table.

use org_auth::credential::Refusal;
use org_domain::bookings::NotBooked;
use org_domain::services::TimetableError;
use org_domain::transaction::NoSuchObject;
use org_kernel::event::FeedError;
use org_kernel::field::FieldErrors;
use org_kernel::{StoreError, WriteError};
use org_web::Interrupted;

use super::{Failure, Problems};
use crate::input::INVERTED;

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldErrors> for Failure {
    fn from(fields: FieldErrors) -> Self {
        Self::Invalid(Problems { body: None, fields })
    }
}

impl From<Interrupted> for Failure {
    fn from(why: Interrupted) -> Self {
        match why {
            Interrupted::Busy | Interrupted::Full | Interrupted::Late => Self::unavailable(why),
            Interrupted::Broken(_) => Self::internal(why),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::unavailable(error),
            StoreError::Failed(_) => Self::internal(error),
        }
    }
}

impl From<FeedError> for Failure {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::NoSuchEvent => Self::NotFound,
            FeedError::Store(error) => error.into(),
        }
    }
}

impl From<TimetableError> for Failure {
    fn from(error: TimetableError) -> Self {
        match error {
            TimetableError::WindowInverted => FieldErrors::of("from", INVERTED).into(),
            TimetableError::Store(error) => error.into(),
        }
    }
}

impl From<WriteError<Self>> for Failure {
    fn from(error: WriteError<Self>) -> Self {
        match error {
            WriteError::Refused(failure) => failure,
            WriteError::Store(error) => error.into(),
        }
    }
}

impl From<NoSuchObject> for Failure {
    fn from(_: NoSuchObject) -> Self {
        Self::NotFound
    }
}

impl From<NotBooked> for Failure {
    fn from(refusal: NotBooked) -> Self {
        match refusal {
            NotBooked::NoSuchResource => Self::NotFound,
            NotBooked::Unavailable(status) => Self::ResourceUnavailable(status),
            NotBooked::Conflict(conflict) => Self::BookingConflict(conflict),
        }
    }
}
