//! What the trail is told of whoever was not let in.
//!
//! It is noted in memory and stored a moment later, so that the time of an answer tells nobody whether there
//! is such an account; and nothing is noted of what was typed.

use super::{Caller, SignIn};
use crate::rate::{Door, Standing};
use crate::refusals::RefusedRequest;
use crate::user::{User, UserRef};

/// Why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// What they showed is not it.
    Wrong,
    /// They came too often.
    TooMany,
}

impl SignIn {
    /// Notes that a sign-in was refused that was meant for this user, or for nobody who is known.
    pub(super) fn refuse(&self, door: Door, why: Why, user: Option<UserRef>, caller: Caller<'_>) {
        let Some(mut request) = caller.request.cloned() else {
            return;
        };
        request.status = status(door, why);
        let place = (self.ids.uuid(), self.clock.now());
        let told = (door.name(), why.name());
        self.refusals
            .note(RefusedRequest::sign_in(place, user, told, request));
    }

    /// Counts an attempt of a user who is known, and notes the first few that are too many.
    pub(super) fn admit(
        &self,
        door: Door,
        user: &User,
        caller: Caller<'_>,
    ) -> Result<(), Standing> {
        let (slug, email) = (user.org_slug.as_str(), user.email.folded());
        let address = caller.visitor.address;
        let standing = self.attempts.count(door, address, slug, &email);
        if standing.is_admitted() {
            return Ok(());
        }
        let account = Some((slug, email.as_str()));
        if self.attempts.may_be_told(door, address, account) {
            self.refuse(door, Why::TooMany, Some(user.user_ref()), caller);
        }
        Err(standing)
    }
}

impl Why {
    const fn name(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::TooMany => "too many",
        }
    }
}

/// With what the console answers.
const fn status(door: Door, why: Why) -> u16 {
    match (door, why) {
        (_, Why::TooMany) => 429,
        (Door::Link, Why::Wrong) => 404,
        (_, Why::Wrong) => 422,
    }
}
