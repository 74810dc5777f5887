//! Authors of changes: a kind, and the id that keys and users have.

use org_kernel::actor::Actor;
use org_kernel::id::Id;
use uuid::Uuid;

/// The columns of an author.
pub(crate) const fn actor_columns(actor: Actor) -> (&'static str, Option<Uuid>) {
    match actor {
        Actor::Key(id) => ("KEY", Some(id.uuid())),
        Actor::User(id) => ("USER", Some(id.uuid())),
        Actor::Operator => ("OPERATOR", None),
        Actor::Server => ("SERVER", None),
    }
}

/// The author in these columns; `None` for columns that no version has written.
pub(crate) fn actor(kind: &str, id: Option<Uuid>) -> Option<Actor> {
    match (kind, id) {
        ("KEY", Some(id)) => Some(Actor::Key(Id::new(id))),
        ("USER", Some(id)) => Some(Actor::User(Id::new(id))),
        ("OPERATOR", None) => Some(Actor::Operator),
        ("SERVER", None) => Some(Actor::Server),
        _ => None,
    }
}
