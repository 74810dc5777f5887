//! The bounds of a request, each at its edge.

use serde_json::{Value, json};

use super::*;
use crate::reading;

fn read(changes: Value) -> Result<MemberRequest, Vec<String>> {
    let good = json!({
        "membershipId": "mem_00000000000000000000000001", "type": "LEAVE", "subject": "Volno",
    });
    reading::read(good, changes, MemberRequest::read)
}

fn refusal(changes: Value) -> Vec<String> {
    read(changes).expect_err("a bad field")
}

fn days(request: &MemberRequest) -> Option<(String, Option<String>)> {
    let dates = request.dates?;
    Some((
        dates.start().to_string(),
        dates.end().map(|end| end.to_string()),
    ))
}

#[test]
fn the_last_day_is_not_before_the_first() {
    let until = |end: &str| read(json!({ "startDate": "2026-05-02", "endDate": end }));
    let one_day = until("2026-05-02").expect("one day");
    let day = || "2026-05-02".to_owned();
    assert_eq!(days(&one_day), Some((day(), Some(day()))));
    assert!(until("2026-05-03").is_ok());
    let early = vec!["endDate: must not be before startDate".to_owned()];
    assert_eq!(until("2026-05-01"), Err(early));
}

#[test]
fn a_last_day_needs_a_first() {
    let needs = ["endDate: needs a startDate"];
    for nothing in [json!(null), json!(""), json!("  ")] {
        let changes = json!({ "startDate": nothing, "endDate": "2026-05-01" });
        assert_eq!(refusal(changes), needs);
    }
    assert_eq!(refusal(json!({ "endDate": "2026-05-01" })), needs);
}

#[test]
fn days_may_be_left_out() {
    assert_eq!(days(&read(json!({})).expect("no days")), None);
    let open = read(json!({ "startDate": "2026-05-01" })).expect("from a day on");
    assert_eq!(days(&open), Some(("2026-05-01".to_owned(), None)));
}

#[test]
fn a_bad_first_day_is_one_error() {
    for day in ["2026-02-29", "2026-5-1", "2026-05-01T00:00:00Z"] {
        let refusal = refusal(json!({ "startDate": day, "endDate": "2026-05-01" }));
        let message = "startDate: must be a date that exists, like 2026-03-14";
        assert_eq!(refusal, [message], "{day}");
    }
}

#[test]
fn texts_keep_to_their_bounds() {
    let longest = json!({ "subject": "ř".repeat(200), "body": "ž".repeat(5000) });
    assert!(read(longest).is_ok());
    let longer = json!({ "subject": "ř".repeat(201), "body": "ž".repeat(5001) });
    let expected = [
        "body: must be at most 5000 characters long",
        "subject: must be at most 200 characters long",
    ];
    assert_eq!(refusal(longer), expected);
    let lines = read(json!({ "body": "a\r\nb\tc" })).expect("two lines");
    assert_eq!(lines.body.expect("a body").as_str(), "a\nb\tc");
    let control = "subject: must not contain the control character U+000A";
    assert_eq!(refusal(json!({ "subject": "a\nb" })), [control]);
}

#[test]
fn a_new_request_is_submitted_and_cannot_say_otherwise() {
    let status = read(json!({})).expect("a request").status;
    assert_eq!(status, MemberRequestStatus::Submitted);
    let refusal = refusal(json!({ "status": "APPROVED" }));
    assert_eq!(refusal, ["status: is not a field of this object"]);
}

#[test]
fn an_id_that_is_none_is_that_of_no_member() {
    let read = read(json!({ "membershipId": "usr_00000000000000000000000001" }));
    assert_eq!(
        read.expect("no error of form").member_id,
        MemberId::nobody()
    );
}

#[test]
fn every_bad_field_is_told_at_once() {
    let refusal = refusal(json!({
        "membershipId": null, "type": "leave", "subject": " ", "body": [], "endDate": "soon",
    }));
    let fields: Vec<_> = refusal
        .iter()
        .filter_map(|error| error.split(':').next())
        .collect();
    assert_eq!(
        fields,
        ["body", "endDate", "membershipId", "subject", "type"]
    );
}
