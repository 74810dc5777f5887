//! What an entry of the trail is about.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::id::{Id, Kind, NotAnId, read_id, write_id};

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

impl FromStr for Subject {
    type Err = NotAnId;

    /// An id of any kind, also of one that this version does not know.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (kind, id) = read_id(text)?;
        Ok(Self {
            kind: kind.to_owned(),
            id,
        })
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
        let subject = Subject::from(id);
        assert_eq!(subject.to_string(), id.to_string());
        assert_eq!(id.to_string().parse(), Ok(subject));
        for text in ["", "con", "con_", "con_é", "con_zzzzzzzzzzzzzzzzzzzzzzzzzz"] {
            assert_eq!(text.parse::<Subject>(), Err(NotAnId), "{text}");
        }
    }
}
