//! Who does something: a program with a key, a person signed in, whoever runs the server, or the server
//! by itself.

use std::fmt;
use std::str::FromStr;

use crate::id::{KeyId, NotAnId, UserId};

/// The author of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A program that showed an API key.
    Key(KeyId),
    /// A person signed in to the settings console.
    User(UserId),
    /// Whoever has the command line, and so the machine.
    Operator,
    /// The server, because nobody else would: it gives up on what has failed for too long.
    Server,
}

impl fmt::Display for Actor {
    /// The id of the key or the user, or `operator`, or `server`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(id) => id.fmt(f),
            Self::User(id) => id.fmt(f),
            Self::Operator => f.write_str("operator"),
            Self::Server => f.write_str("server"),
        }
    }
}

impl FromStr for Actor {
    type Err = NotAnId;

    /// Reads what `Display` writes.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text {
            "operator" => Ok(Self::Operator),
            "server" => Ok(Self::Server),
            id => {
                let key = id.parse().map(Self::Key);
                key.or_else(|_| id.parse().map(Self::User))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_reads_as_it_is_written() {
        let (key, user) = (KeyId::nobody(), UserId::nobody());
        for actor in [
            Actor::Key(key),
            Actor::User(user),
            Actor::Operator,
            Actor::Server,
        ] {
            assert_eq!(actor.to_string().parse(), Ok(actor));
        }
        for text in ["", "Operator", "key_", "con_00000000000000000000000000"] {
            assert_eq!(text.parse::<Actor>(), Err(NotAnId), "{text}");
        }
    }
}
