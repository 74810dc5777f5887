//! Being asked before ownership is given, or given up: one Save is too little for what only another owner
//! can take back, or give again.

use askama::Template;
use org_auth::user::{Role, User};
use org_auth::users::UserChanges;
use org_kernel::StoreError;

use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Owner, Visit};

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// To make somebody an owner.
    Give,
    /// To be no owner any more oneself.
    GiveUp,
}

/// The same form once more, in fields that are not seen.
#[derive(Template)]
#[template(path = "people/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    person: User,
    question: Question,
    /// What the person is to be.
    role: Role,
    details: Form,
}

/// The page that asks, where there is something to ask that was not answered yet.
///
/// Where the change would be refused anyhow, for being late or of the last owner, nobody is asked.
pub(super) async fn asked(
    visit: &Visit<Owner>,
    person: &User,
    changes: &UserChanges,
    details: &Form,
) -> Result<Option<Answer>, Refusal> {
    let is_current = changes.version == Some(person.updated_at);
    let role = changes.role.filter(|_| is_current);
    let Some((role, question)) = role.and_then(|role| Some((role, question(visit, person, role)?)))
    else {
        return Ok(None);
    };
    let is_answered = details.value("confirmed") == role.as_str();
    if is_answered || question == Question::GiveUp && is_last(visit).await? {
        return Ok(None);
    }
    let title = match question {
        Question::Give => "Make somebody an owner",
        Question::GiveUp => "Give up your ownership",
    };
    Ok(Some(page(&ConfirmPage {
        frame: visit.frame(title, Section::People),
        person: person.clone(),
        question,
        role,
        details: details.clone(),
    })))
}

fn question(visit: &Visit<Owner>, person: &User, role: Role) -> Option<Question> {
    let is_self = person.id == visit.user().id;
    match (person.role, role) {
        (Role::Owner, Role::Owner) => None,
        (_, Role::Owner) => Some(Question::Give),
        (Role::Owner, _) if is_self => Some(Question::GiveUp),
        _ => None,
    }
}

/// Whether no other owner has joined.
async fn is_last(visit: &Visit<Owner>) -> Result<bool, Refusal> {
    let (org, own) = (visit.org(), visit.user().id);
    let people = visit.ask::<_, StoreError, Refusal>(move |console| console.ports.users.list(org));
    let is_another = |person: &User| person.id != own && person.is_joined_owner();
    Ok(!people.await?.iter().any(is_another))
}
