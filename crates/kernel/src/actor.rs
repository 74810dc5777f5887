//! Who does something: a program with a key, a person signed in, whoever runs the server, or the server
//! by itself.

use std::fmt;

use crate::id::{KeyId, UserId};

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
