//! One person: what is known of them, and for owners the form of their name and role.

use askama::Template;
use org_auth::user::User;
use org_auth::user_store::NotChanged;
use org_auth::users::{ChangeError, UserChanges};
use org_kernel::instant::Instant;

use super::keys::{MadeKey, working};
use super::{LAST_OWNER, ROLES, confirm, path, person};
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, done, outdated, page};
use crate::visit::{Owner, Viewer, Visit};

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    frame: Frame,
    person: User,
    details: Form,
    roles: [(&'static str, &'static str); 3],
    /// Whether whoever looks is this person.
    is_self: bool,
    /// The keys that they made and that work.
    keys: Vec<MadeKey>,
}

impl PersonPage {
    async fn of<R: 'static>(
        visit: &Visit<R>,
        person: User,
        details: Form,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            keys: working(visit, person.id).await?,
            frame: visit.frame(person.name.to_string(), Section::People),
            is_self: visit.user().id == person.id,
            roles: ROLES,
            person,
            details,
        })
    }
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let person = person(&visit).await?;
    let details = Form::filled([
        ("name", person.name.to_string()),
        ("role", person.role.as_str().to_owned()),
    ]);
    page(&PersonPage::of(&visit, person, details).await?)
}

pub(crate) async fn submit(visit: Visit<Owner>) -> Answer {
    let person = person(&visit).await?;
    let mut typed = Form::of(visit.form().clone());
    let seen: Instant = typed
        .value("version")
        .parse()
        .map_err(|_| Refusal::StaleForm)?;
    let (name, role) = (typed.required("name"), typed.required("role"));
    if !typed.is_good() {
        return again(&PersonPage::of(&visit, person, typed).await?);
    }
    let changes = UserChanges {
        version: Some(seen),
        name,
        role,
    };
    if let Some(question) = confirm::asked(&visit, &person, &changes, &typed).await? {
        return question;
    }
    let (user, origin) = (person.user_ref(), visit.origin());
    let answer = visit.attempt(move |console| console.ports.users.change(user, &changes, &origin));
    match answer.await? {
        Ok(person) => done(&path(person.id), "person-changed"),
        Err(ChangeError::Stale(there)) => {
            typed.fail(changed_meanwhile(&there));
            outdated(&PersonPage::of(&visit, *there, typed).await?)
        }
        Err(ChangeError::Refused(NotChanged::LastOwner)) => {
            typed.reject("role", LAST_OWNER);
            again(&PersonPage::of(&visit, person, typed).await?)
        }
        Err(ChangeError::Refused(NotChanged::NoSuchUser)) => Err(Refusal::NotFound),
        Err(ChangeError::Store(failure)) => Err(failure.into()),
    }
}

fn changed_meanwhile(there: &User) -> String {
    format!(
        "Somebody else changed this person since you opened the form: the name is {} and the role {} \
         now. Nothing of yours is saved yet. Save again to put what you typed in its place.",
        there.name,
        there.role.as_str().to_lowercase(),
    )
}
