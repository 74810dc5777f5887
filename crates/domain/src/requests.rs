//! Requests of members: leave, a substitute, an instrument.

mod dates;
mod payload;
mod request;
mod status;

use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::audit::Journal;
use org_kernel::clock::Clock;
use org_kernel::event::Outbox;
use org_kernel::id::RequestId;
use org_kernel::id_source::IdSource;

pub use dates::RequestDates;
pub use payload::{MemberRequestCreated, MemberRequestPayload, MemberRequestUpdated};
pub use request::{MemberRequest, MemberRequestType};
pub use status::MemberRequestStatus;

use crate::desk::Desk;
use crate::record::Record;
use crate::roster::MemberFile;
use crate::transaction::{Holds, Keeps, NoSuchObject};

/// A request was not moved to another status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMoved {
    /// There is no such request.
    #[error("there is no such request")]
    NoSuchRequest,
    /// A request does not go from the one status to the other.
    #[error("a request that is {from} does not become {to}")]
    OutOfOrder {
        /// The status it has.
        from: MemberRequestStatus,
        /// The status it was to have.
        to: MemberRequestStatus,
    },
}

impl From<NoSuchObject> for NotMoved {
    fn from(_: NoSuchObject) -> Self {
        Self::NoSuchRequest
    }
}

/// What is done with members' requests.
#[derive(Clone)]
pub struct MemberRequests {
    desk: Desk,
}

impl MemberRequests {
    /// Requests of this time, under these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Takes in what a member asks for.
    pub fn submit<T>(
        &self,
        tx: &mut T,
        request: &MemberRequest,
    ) -> Result<Record<MemberRequest>, WriteError<NoSuchObject>>
    where
        T: Keeps<MemberRequest> + Holds<MemberFile> + Journal + Outbox + ?Sized,
    {
        if !Holds::<MemberFile>::holds(tx, request.member_id)? {
            return Err(WriteError::Refused(NoSuchObject));
        }
        let request = self.desk.record(request.clone());
        tx.insert(&request)?;
        let of = (request.created_at, request.id);
        let payload = MemberRequestPayload::from(&request);
        self.desk
            .tell::<MemberRequestCreated<'_>, _>(tx, of, None, payload)?;
        Ok(request)
    }

    /// Takes a request a step further; one that has this status already stays as it is.
    pub fn move_to<T>(
        &self,
        tx: &mut T,
        id: RequestId,
        status: MemberRequestStatus,
    ) -> Result<Record<MemberRequest>, WriteError<NotMoved>>
    where
        T: Keeps<MemberRequest> + Journal + Outbox + ?Sized,
    {
        self.desk.update(tx, id, |request: &MemberRequest, _| {
            let from = request.status;
            if from != status && !from.may_become(status) {
                return Err(NotMoved::OutOfOrder { from, to: status });
            }
            Ok(MemberRequest {
                status,
                ..request.clone()
            })
        })
    }
}
