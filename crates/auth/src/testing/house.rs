//! The use cases of users, on stores in memory and a clock that stands still.

use std::sync::Arc;

use org_kernel::audit::{AuditTrail, Entry, EntryQuery, Origin};
use org_kernel::clock::{Clock, FrozenClock};
use org_kernel::field::FromText;
use org_kernel::id::{SessionId, UserId};
use org_kernel::id_source::SequentialIds;
use uuid::Uuid;

use super::{clock, now, org, slug};
use crate::entropy::KnownEntropy;
use crate::passwords::Passwords;
use crate::people::People;
use crate::rate::SignInAttempts;
use crate::refusals::Refusals;
use crate::second_factor::{AppSecret, PlainBox, RecoveryCodes, SecretBox, open};
use crate::second_factors::SecondFactors;
use crate::session::{Agent, Session, Visitor};
use crate::sessions::Sessions;
use crate::sign_in::{Caller, Credentials, SignIn, SignInError, SignedIn};
use crate::user::{Email, NewUser, Role, User, UserName};
use crate::user_store::InMemoryUsers;
use crate::users::{Invitation, IssuedLink, Users};

/// Everybody's password who has joined.
pub(crate) const PASSWORD: &str = "andante con moto, quasi allegretto";

/// Somebody of organization 1, stored nowhere.
pub(crate) fn user(number: u128) -> User {
    let new = NewUser {
        id: UserId::new(Uuid::from_u128(number)),
        org: org(1),
        email: Email::stored(format!("Ada.Violone.{number}@example.org")),
        name: UserName::stored(format!("Ada {number}")),
        role: Role::Owner,
        created_at: now(),
    };
    new.into_stored(slug(1))
}

/// Somebody at one of many addresses, so that limits by the address do not meet.
pub(crate) fn visitor(last: u8) -> Visitor {
    Visitor {
        address: [192, 0, 2, last].into(),
        agent: Agent::of("Mozilla/5.0"),
    }
}

/// Somebody without a cookie, of whose request the trail is not told.
pub(crate) fn caller(visitor: &Visitor) -> Caller<'_> {
    Caller {
        visitor,
        cookie: None,
        request: None,
    }
}

pub(crate) struct House {
    pub(crate) store: Arc<InMemoryUsers>,
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) users: Users,
    pub(crate) sign_in: SignIn,
    pub(crate) sessions: Sessions,
    pub(crate) passwords: Passwords,
    pub(crate) second_factors: SecondFactors,
    pub(crate) refusals: Arc<Refusals>,
}

impl House {
    /// The session in which second factors are switched on, where it does not matter whose it is.
    pub(crate) const SESSION: SessionId = SessionId::new(Uuid::from_u128(7));

    /// Organizations 1 and 2, without anybody, and a key for the secrets of second factors.
    pub(crate) fn new() -> Self {
        Self::with(Some(Arc::new(PlainBox::default())))
    }

    pub(crate) fn with(secret_box: Option<Arc<dyn SecretBox>>) -> Self {
        let orgs = [1, 2].map(|number| (org(number), slug(number)));
        Self::on(Arc::new(InMemoryUsers::of(orgs)), clock(), secret_box)
    }

    /// The same people in another server.
    pub(crate) fn on(
        store: Arc<InMemoryUsers>,
        clock: Arc<FrozenClock>,
        secret_box: Option<Arc<dyn SecretBox>>,
    ) -> Self {
        let people = People::of(&store);
        let ticks = || Arc::clone(&clock) as Arc<dyn Clock>;
        let ids = Arc::new(SequentialIds::at(1));
        let entropy = Arc::new(KnownEntropy::seeded(1));
        let refusals = Arc::<Refusals>::default();
        let attempts = Arc::new(SignInAttempts::new(ticks()));
        let passwords = Passwords::new(
            people.clone(),
            attempts.clone(),
            ticks(),
            ids.clone(),
            entropy.clone(),
        );
        Self {
            users: Users::new(people.clone(), ticks(), ids.clone(), entropy.clone()),
            sessions: Sessions::new(people.clone(), ticks(), ids.clone()),
            second_factors: SecondFactors::new(
                people.clone(),
                passwords.clone(),
                secret_box.clone(),
                ticks(),
                ids.clone(),
                entropy.clone(),
            ),
            sign_in: SignIn::new(
                people,
                secret_box,
                attempts,
                Arc::clone(&refusals),
                ticks(),
                ids,
                entropy,
            ),
            refusals,
            passwords,
            store,
            clock,
        }
    }

    pub(crate) fn invitation(&self, name: &str, role: Role) -> Invitation {
        Invitation {
            id: self.users.fresh_id(),
            org: org(1),
            email: Email::from_text(&format!("{name}@example.org")).expect("an address"),
            name: UserName::from_text(name).expect("a name"),
            role,
        }
    }

    /// Invites somebody to organization 1.
    pub(crate) fn invited(&self, name: &str, role: Role) -> IssuedLink {
        let invited = self
            .users
            .invite(self.invitation(name, role), &Origin::OPERATOR);
        invited.expect("invited")
    }

    /// Somebody who has joined organization 1, with [`PASSWORD`], and their first session.
    pub(crate) fn joined(&self, name: &str, role: Role) -> (User, SignedIn) {
        let link = self.invited(name, role);
        let secret = link.secret.expose();
        let signed_in = self
            .sign_in
            .with_link(secret, Some(PASSWORD), caller(&visitor(1)));
        let signed_in = signed_in.expect("let in");
        // The limits are not what this is about.
        self.clock.advance(time::Duration::MINUTE);
        (self.now(&link.user), signed_in)
    }

    /// A user as they are now.
    pub(crate) fn now(&self, user: &User) -> User {
        let found = self.users.find(user.user_ref()).expect("the store answers");
        found.expect("a user")
    }

    pub(crate) fn with_password(
        &self,
        user: &User,
        password: &str,
        last: u8,
    ) -> Result<SignedIn, SignInError> {
        let credentials = Credentials {
            organization: &user.org_slug,
            email: user.email.as_str(),
            password,
        };
        self.sign_in
            .with_password(credentials, caller(&visitor(last)))
    }

    /// Switches a second factor on, and answers what an app has of it.
    pub(crate) fn second_factor(&self, user: &User) -> (AppSecret, RecoveryCodes) {
        let address = visitor(1).address;
        let began = self
            .second_factors
            .begin(user, Self::SESSION, PASSWORD, "Abonnement", address);
        began.expect("begun");
        let secret = self.app(user);
        let code = secret.code(self.clock.now());
        let factors = &self.second_factors;
        let codes = factors.confirm(user, Self::SESSION, &code, address, &Origin::OPERATOR);
        (secret, codes.expect("confirmed"))
    }

    /// The secret that a user's app has.
    pub(crate) fn app(&self, user: &User) -> AppSecret {
        let found = self.second_factors.find(user.user_ref());
        let sealed = found.expect("the store answers").expect("a factor").sealed;
        open(Some(&PlainBox::default()), user.id, &sealed).expect("the secret")
    }

    /// The session that a cookie of this token is taken for.
    pub(crate) fn session(&self, signed_in: &SignedIn) -> Option<Session> {
        let found = self.sessions.find(signed_in.token.expose());
        found
            .expect("the store answers")
            .map(|(session, _)| session)
    }

    /// What the trail of organization 1 has been told, in order.
    pub(crate) fn actions(&self) -> Vec<String> {
        self.trail().into_iter().map(|entry| entry.action).collect()
    }

    pub(crate) fn trail(&self) -> Vec<Entry> {
        let query = EntryQuery {
            org: Some(org(1)),
            limit: 1000,
            ..EntryQuery::default()
        };
        self.store.entries(&query).expect("the store answers")
    }
}
