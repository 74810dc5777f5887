//! A new request.

use org_auth::scope::WriteRequests;
use org_domain::requests as domain;
use org_domain::roster::MemberFile;
use org_domain::transaction::{Holds, Transaction};
use org_kernel::{StoreError, WriteError};

use super::MemberRequest;
use crate::answer::Created;
use crate::call::{Names, Write};
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const SUBMIT: About = About {
    id: "submitMemberRequest",
    tag: tags::PERSONNEL,
    summary: "Submit a member's request",
    description: "Takes in what a member asks for: leave, a substitute, an instrument.",
};

pub(crate) async fn submit(
    call: Write<WriteRequests, Submit>,
) -> Result<Created<MemberRequest>, Failure> {
    call.create(|api, tx, Submit(request)| {
        let submitted = api.member_requests.submit(tx, request);
        Ok(submitted.map_err(WriteError::refused_as)?.into())
    })
    .await
}

/// What is asked for.
pub(crate) struct Submit(domain::MemberRequest);

impl Input for Submit {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        arguments.body().map(Self)
    }
}

impl Names for Submit {
    fn exist(&self, tx: &mut dyn Transaction) -> Result<bool, StoreError> {
        Holds::<MemberFile>::holds(tx, self.0.member_id)
    }
}
