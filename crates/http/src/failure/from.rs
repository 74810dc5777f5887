//! From the errors of the other crates to failures: one table.

use org_auth::credential::Refusal;
use org_domain::services::ServicesError;
use org_kernel::StoreError;
use org_kernel::field::FieldErrors;

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

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::unavailable(error),
            StoreError::Failed(_) => Self::internal(error),
        }
    }
}

impl From<ServicesError> for Failure {
    fn from(error: ServicesError) -> Self {
        match error {
            ServicesError::WindowInverted => FieldErrors::of("from", INVERTED).into(),
            ServicesError::Store(error) => error.into(),
        }
    }
}
