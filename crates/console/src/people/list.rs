//! The list of people.

use askama::Template;
use org_auth::user::User;
use org_kernel::StoreError;
use org_kernel::id::UserId;

use crate::filters;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    frame: Frame,
    people: Vec<User>,
    /// Who is looking.
    own: UserId,
}

pub(crate) async fn list(visit: Visit<Viewer>) -> Answer {
    let org = visit.org();
    let people = visit.ask::<_, StoreError, Refusal>(move |console| console.ports.users.list(org));
    page(&ListPage {
        people: people.await?,
        own: visit.user().id,
        frame: visit.frame("People", Section::People),
    })
}
