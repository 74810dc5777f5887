//! `GET /members`.

mod member;

use org_auth::scope::ReadPersonnel;
use org_domain::roster::MemberQuery;

pub(crate) use member::Member;

use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Filters, Listing};

pub(crate) async fn list(
    call: Call<ReadPersonnel, Listing<MemberQuery>>,
) -> Result<Answer<List<Member>>, Failure> {
    call.list().await
}

impl Filters for MemberQuery {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        Self { words: arguments.filter("q", "Only members with these words in name, section or instrument, without regard to case or accents.") }
    }
}
