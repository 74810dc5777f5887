//! Promises about members' requests.

use org_kernel::id::{Id, kind};
use serde_json::json;

use super::Subject;
use super::facts::uuid;
use super::office::Office;
use super::samples::{Stock, request};
use crate::record::Record;
use crate::requests::MemberRequestStatus::{
    Approved, Completed, Declined, InReview, Submitted, Withdrawn,
};
use crate::requests::{MemberRequest, MemberRequestStatus, MemberRequests, NotMoved};
use crate::transaction::NoSuchObject;

/// How a request comes to each status.
const WAYS: [(MemberRequestStatus, &[MemberRequestStatus]); 6] = [
    (Submitted, &[]),
    (InReview, &[InReview]),
    (Approved, &[InReview, Approved]),
    (Declined, &[Declined]),
    (Withdrawn, &[Approved, Withdrawn]),
    (Completed, &[Approved, Completed]),
];

/// A request that is taken in is told as it is stored.
pub fn a_request_is_told_as_it_is_stored<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let stock = Stock::of(&office);
    let (request, news) = office.news(|| submit(&office, &request(stock.member)));
    let request = request.expect("a member that is there");
    let (data, changes) = news.told("member_request.created");
    assert_eq!(data["id"], json!(request.id));
    assert_eq!(data["membershipId"], json!(stock.member));
    assert_eq!(data["status"], "SUBMITTED");
    assert_eq!(
        changes["startDate"],
        json!({ "old": null, "new": "2026-05-01" })
    );
    assert_eq!(office.stored(request.id), Some(request));
}

/// Nobody asks but a member of the organization.
pub fn a_request_needs_a_member<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let foreign = Stock::of(&theirs).member;
    for member in [foreign, Id::new(uuid(99)), Id::nobody()] {
        let refusal = ours.in_silence(|| submit(&ours, &request(member)));
        assert_eq!(refusal, Err(NoSuchObject));
    }
}

/// From every status, a request goes where the rule says and nowhere else; only what changed is told.
pub fn a_request_goes_where_the_rule_says<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let stock = Stock::of(&office);
    for (from, way) in WAYS {
        for to in MemberRequestStatus::ALL {
            let request = submit(&office, &request(stock.member)).expect("a request");
            for step in way {
                move_to(&office, &request, *step).expect("a step of the way");
            }
            let before: Record<MemberRequest> = office.stored(request.id).expect("a request");
            assert_eq!(before.facts.status, from);
            is_moved_as_the_rule_says(&office, &before, *to);
        }
    }
}

fn is_moved_as_the_rule_says<S: Subject>(
    office: &Office<'_, S>,
    before: &Record<MemberRequest>,
    to: MemberRequestStatus,
) {
    let from = before.facts.status;
    let (outcome, news) = office.news(|| move_to(office, before, to));
    let stored = office.stored::<MemberRequest>(before.id);
    if from.may_become(to) {
        let after = outcome.expect("a step that the rule allows");
        assert_eq!(after.facts.status, to);
        let (data, changes) = news.told("member_request.updated");
        assert_eq!(data["status"], to.as_str());
        assert_eq!(
            *changes,
            json!({ "status": { "old": from.as_str(), "new": to.as_str() } })
        );
        assert_eq!(stored, Some(after));
    } else {
        let refusal = NotMoved::OutOfOrder { from, to };
        let stays = if from == to {
            Ok(before.clone())
        } else {
            Err(refusal)
        };
        assert_eq!(outcome, stays);
        assert!(news.is_none(), "{news:?}");
        assert_eq!(stored.as_ref(), Some(before));
    }
}

/// Another organization's request is no request, like one that never was.
pub fn only_ones_own_requests_are_moved<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let member = Stock::of(&theirs).member;
    let foreign = submit(&theirs, &request(member)).expect("a request");
    let mut never = foreign.clone();
    never.id = Id::<kind::Request>::new(uuid(99));
    for request in [&foreign, &never] {
        let refusal = ours.in_silence(|| move_to(&ours, request, Approved));
        assert_eq!(refusal, Err(NotMoved::NoSuchRequest));
    }
    assert_eq!(theirs.stored(foreign.id), Some(foreign));
}

fn submit<S: Subject>(
    office: &Office<'_, S>,
    request: &MemberRequest,
) -> Result<Record<MemberRequest>, NoSuchObject> {
    let requests = MemberRequests::new(office.clock(), office.ids());
    office.write(|tx| requests.submit(tx, request))
}

fn move_to<S: Subject>(
    office: &Office<'_, S>,
    request: &Record<MemberRequest>,
    status: MemberRequestStatus,
) -> Result<Record<MemberRequest>, NotMoved> {
    let requests = MemberRequests::new(office.clock(), office.ids());
    office.write(|tx| requests.move_to(tx, request.id, status))
}
