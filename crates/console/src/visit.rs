//! A request of somebody who is signed in: who they are, what they may, and how they are answered.
//!
//! The role that a page needs stands in the type of its handler, `Visit<Admin>`; whoever has less never
//! gets so far. What is checked, and in which order, is in [`Visit::begin`].

mod role;
#[cfg(test)]
mod tests;

use std::marker::PhantomData;
use std::ops::Deref;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, SET_COOKIE};
use org_auth::session::{SESSION_LASTS, Session};
use org_auth::user::User;
use org_domain::Record;
use org_domain::organizations::Organization;
use org_kernel::actor::Actor;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;
use org_web::audited;
use time::Duration;

pub(crate) use role::{Admin, Owner, RequiredRole, Viewer};

use crate::call::Call;
use crate::cookies::Jar;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::tokens::Tokens;

/// Who is signed in.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) user: User,
    pub(crate) session: Session,
    pub(crate) organization: Record<Organization>,
    pub(crate) tokens: Tokens,
}

/// A request of somebody whose role is `R` at the least.
pub(crate) struct Visit<R> {
    call: Call,
    identity: Identity,
    role: PhantomData<fn() -> R>,
}

impl<R> Deref for Visit<R> {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.call
    }
}

impl Identity {
    /// Whose session the browser's cookie names, if it is one, and no longer waits for a second factor.
    pub(crate) async fn of(call: &Call) -> Result<Option<Self>, Refusal> {
        let Some(secret) = Jar::Session.read(&call.request, &call.site) else {
            return Ok(None);
        };
        let cookie = secret.clone();
        let attended = !call.request.headers().contains_key(UNATTENDED);
        let found = call
            .ask::<_, Refusal, Refusal>(move |console| {
                let sessions = &console.ports.sessions;
                let found = if attended {
                    sessions.find(&cookie)
                } else {
                    sessions.look(&cookie)
                };
                let Some((session, user)) = found? else {
                    return Ok(None);
                };
                let organization = console.ports.organizations.get(user.org)?;
                Ok(organization.map(|organization| (session, user, organization)))
            })
            .await?;
        Ok(found.map(|(session, user, organization)| Self {
            user,
            session,
            organization,
            tokens: Tokens::under(&secret),
        }))
    }
}

/// The header of what a page asks by itself, while nobody may be looking.
const UNATTENDED: &str = "x-unattended";

/// How long a browser remembers the organization.
const REMEMBERED: Duration = Duration::days(365);

impl Identity {
    /// Has the browser keep its cookie for as long as the session lasts, whenever that was moved; and the
    /// name of the organization, for the next time.
    pub(crate) fn renew(&self, call: &Call, reply: &mut Reply) {
        let set = |jar: Jar, value: String, lasts: Duration| {
            let cookie = jar.set(&call.site, value, Some(lasts.whole_seconds()));
            HeaderValue::from_str(&cookie.to_string()).ok()
        };
        let just_now = call.now().since(self.session.seen_at) < Duration::SECOND;
        let secret = Jar::Session.read(&call.request, &call.site);
        // An answer that ends the session says so in the same header.
        let renewed = secret.filter(|_| just_now && !reply.headers().contains_key(SET_COOKIE));
        let renewed = renewed.and_then(|secret| set(Jar::Session, secret, SESSION_LASTS));
        let slug = self.organization.facts.slug.as_str();
        let known = Jar::Organization.read(&call.request, &call.site);
        let remembered = (known.as_deref() != Some(slug))
            .then(|| set(Jar::Organization, slug.to_owned(), REMEMBERED));
        for cookie in [renewed, remembered.flatten()].into_iter().flatten() {
            reply.headers_mut().append(SET_COOKIE, cookie);
        }
    }
}

impl<R: RequiredRole> Visit<R> {
    /// Checks what is common to all: that a form came from one of ours, and then the role.
    pub(crate) fn begin(call: Call, identity: Identity) -> Result<Self, Refusal> {
        call.hold(Some(&identity.tokens))?;
        if identity.user.role < R::ROLE {
            return Err(Refusal::Forbidden);
        }
        Ok(Self {
            call,
            identity,
            role: PhantomData,
        })
    }
}

impl<R> Visit<R> {
    /// Who asks.
    pub(crate) fn user(&self) -> &User {
        &self.identity.user
    }

    /// By which session.
    pub(crate) fn session(&self) -> &Session {
        &self.identity.session
    }

    /// Their organization.
    pub(crate) fn organization(&self) -> &Record<Organization> {
        &self.identity.organization
    }

    /// Its id.
    pub(crate) fn org(&self) -> OrgId {
        self.identity.organization.id
    }

    /// Where a write of this request comes from, which is answered with 303 when it went well.
    pub(crate) fn origin(&self) -> Origin {
        self.origin_of(StatusCode::SEE_OTHER)
    }

    /// The same, of a write that is answered with a page: it shows what is shown once.
    pub(crate) fn origin_shown(&self) -> Origin {
        self.origin_of(StatusCode::OK)
    }

    fn origin_of(&self, status: StatusCode) -> Origin {
        Origin {
            actor: Actor::User(self.user().id),
            request: Some(audited(&self.request, status)),
        }
    }

    /// What is around a page.
    pub(crate) fn frame(&self, title: impl Into<String>, section: Section) -> Frame {
        Frame::around(&self.call, &self.identity, title.into(), section)
    }
}
