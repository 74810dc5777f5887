//! What an entry of the trail is about.

use std::fmt;

use uuid::Uuid;

use crate::id::{Id, Kind, write_id};

/// An object of any kind, under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The prefix of the kind's ids.
    pub kind: String,
    /// The id, without its prefix.
    pub id: Uuid,
}

impl<K: Kind> From<Id<K>> for Subject {
    fn from(id: Id<K>) -> Self {
        Self {
            kind: K::PREFIX.to_owned(),
            id: id.uuid(),
        }
    }
}

impl fmt::Display for Subject {
    /// The id with its prefix.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_id(f, &self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ContactId;

    #[test]
    fn a_subject_is_written_like_the_id_that_it_was() {
        let id = ContactId::new(Uuid::from_u128(7));
        assert_eq!(Subject::from(id).to_string(), id.to_string());
    }
}
