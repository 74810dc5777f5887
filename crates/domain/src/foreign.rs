//! Ids of other objects in what is asked for.

use org_kernel::field::{FromText, Invalid};
use org_kernel::id::{Id, Kind};

/// An id from outside. What is no id of this kind is an id of nothing, and will not be found; it is
/// no error of form.
pub(crate) struct Foreign<K>(pub(crate) Id<K>);

impl<K: Kind> FromText for Foreign<K> {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        Ok(Self(Id::or_nobody(text)))
    }
}
