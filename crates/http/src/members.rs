//! `GET /members`.

mod member;

use org_auth::scope::ReadPersonnel;
use org_domain::roster::MemberQuery;

pub(crate) use member::Member;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};
use crate::route::About;
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listMembers",
    tag: tags::PERSONNEL,
    summary: "List members",
    description: "The roster, by section in score order, chair, name, then id. Their ids are the \
        `membershipId` of requests.",
};

pub(crate) async fn list(
    call: Call<ReadPersonnel, Listing<MemberQuery>>,
) -> Result<Answer<List<Member>>, Failure> {
    call.list().await
}

const WORDS: &str = "Only members with these words in name, section or instrument.";

impl Filters for MemberQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        Self {
            words: arguments.filter("q", WORDS),
        }
    }
}
