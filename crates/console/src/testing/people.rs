//! Everybody in the two orchestras.

use std::net::Ipv4Addr;

use org_auth::entropy::KnownEntropy;
use org_auth::link::{LINK_LASTS, LinkSecret, NewLink};
use org_auth::link_store::LinkStore;
use org_auth::session::{Agent, NewSession, SESSION_LASTS, SessionToken, Visitor};
use org_auth::session_store::{Beginning, SessionStore};
use org_auth::user::{NewUser, Role, UserRef};
use org_auth::user_store::UserStore;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::field::FromText;
use org_kernel::id::{OrgId, SessionId, UserId};
use uuid::Uuid;

use super::{Browser, World};

impl World {
    pub(super) fn invite_all(&self) {
        for org in [self.vienna, self.linz] {
            for role in Role::ALL {
                self.join(org, *role);
            }
        }
    }

    /// The one user of an organization who has this role from the beginning.
    pub(crate) fn user(&self, org: OrgId, role: Role) -> UserRef {
        let place = if org == self.vienna { 0x100 } else { 0x200 };
        let id = UserId::new(Uuid::from_u128(place + role as u128));
        UserRef { org, id }
    }

    /// A browser in which the user of Vienna with this role is signed in.
    pub(crate) fn signed_in(&self, role: Role) -> Browser<'_> {
        self.signed_in_as(self.user(self.vienna, role))
    }

    /// A browser in which this user is signed in.
    pub(crate) fn signed_in_as(&self, user: UserRef) -> Browser<'_> {
        let secret = self.session(user);
        Browser::of(self, Some(secret))
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn stranger(&self) -> Browser<'_> {
        Browser::of(self, None)
    }

    fn join(&self, org: OrgId, role: Role) {
        let now = self.ports.clock.now();
        let user = self.user(org, role);
        let name = format!("{role} Example");
        let new = NewUser {
            id: user.id,
            org,
            email: FromText::from_text(&format!("{role}@example.org").to_lowercase())
                .expect("an address"),
            name: FromText::from_text(&name).expect("a name"),
            role,
            created_at: now,
        };
        let secret = LinkSecret::generate(&KnownEntropy::seeded(user.id.uuid().as_u64_pair().1))
            .expect("a link");
        let link = NewLink {
            hash: secret.hash(),
            created_at: now,
            expires_at: now.saturating_add(LINK_LASTS),
        };
        self.users
            .insert(&new, &link, &entry(user.id, self))
            .expect("invited");
        let mut begin = |_: &_| Ok(Some(self.beginning(user, &self.token())));
        let joined = self.users.redeem(&link.hash, now, &mut begin);
        joined.expect("the store answers").expect("a session");
    }

    fn session(&self, user: UserRef) -> String {
        let token = self.token();
        let mut begin = |_: &_| Ok(Some(self.beginning(user, &token)));
        let session = SessionStore::begin(&*self.users, user, &mut begin);
        session.expect("the store answers").expect("a session");
        token.expose().to_owned()
    }

    fn token(&self) -> SessionToken {
        SessionToken::generate(&*self.ports.entropy).expect("a token")
    }

    fn beginning(&self, user: UserRef, token: &SessionToken) -> Beginning {
        let now = self.ports.clock.now();
        Beginning {
            session: NewSession {
                id: SessionId::new(self.ports.ids.uuid()),
                hash: token.hash(),
                pending: false,
                created_at: now,
                expires_at: now.saturating_add(SESSION_LASTS),
                visitor: Visitor {
                    address: Ipv4Addr::LOCALHOST.into(),
                    agent: Agent::of("a test"),
                },
            },
            password: None,
            replaces: None,
            entries: vec![entry(user.id, self)],
        }
    }
}

fn entry(user: UserId, world: &World) -> Entry {
    let change = Change::new(
        world.ports.ids.uuid(),
        world.ports.clock.now(),
        "user.touched",
        user,
    );
    Entry::of(change, &Origin::OPERATOR)
}
