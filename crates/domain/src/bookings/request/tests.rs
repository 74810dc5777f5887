//! The bounds of a booking, each at its edge.

use serde_json::{Value, json};

use super::*;
use crate::reading;

fn read(changes: Value) -> Result<BookingRequest, Vec<String>> {
    let good = json!({
        "resourceId": "res_00000000000000000000000001", "title": "Zkouška",
        "startAt": "2026-03-01T10:00:00+01:00", "endAt": "2026-03-01T12:00:00+01:00",
    });
    reading::read(good, changes, BookingRequest::read)
}

fn refusal(changes: Value) -> Vec<String> {
    read(changes).expect_err("a bad field")
}

#[test]
fn a_title_has_one_to_two_hundred_characters() {
    for title in [
        "ř".repeat(200),
        "x".to_owned(),
        format!(" {} ", "x".repeat(200)),
    ] {
        let read = read(json!({ "title": title })).expect("a good title");
        assert_eq!(read.title.as_str(), title.trim());
    }
    let long = "title: must be at most 200 characters long";
    assert_eq!(refusal(json!({ "title": "ř".repeat(201) })), [long]);
    assert_eq!(
        refusal(json!({ "title": " \t" })),
        ["title: must not be empty"]
    );
    assert_eq!(refusal(json!({ "title": null })), ["title: is required"]);
    assert_eq!(refusal(json!({ "title": 7 })), ["title: must be a string"]);
    let control = "title: must not contain the control character U+0085";
    assert_eq!(refusal(json!({ "title": "a\u{85}b" })), [control]);
}

#[test]
fn notes_have_at_most_five_thousand_characters() {
    let longest = read(json!({ "notes": "ž".repeat(5000) })).expect("good notes");
    assert_eq!(
        longest.notes.map(|notes| notes.as_str().chars().count()),
        Some(5000)
    );
    let long = "notes: must be at most 5000 characters long";
    assert_eq!(refusal(json!({ "notes": "ž".repeat(5001) })), [long]);
    for nothing in [json!(null), json!(""), json!(" \n")] {
        let read = read(json!({ "notes": nothing })).expect("no notes");
        assert_eq!(read.notes, None);
    }
}

#[test]
fn a_booking_lasts_up_to_366_days() {
    let lasts = |end: &str| read(json!({ "startAt": "2024-01-01T00:00:00Z", "endAt": end }));
    let longest = lasts("2025-01-01T00:00:00Z").expect("a leap year");
    assert_eq!(longest.span().length(), Duration::days(366));
    assert!(lasts("2025-01-01T00:00:00.0009Z").is_ok(), "it is cut off");
    let long = "endAt: must be at most 366 days after startAt";
    assert_eq!(
        lasts("2025-01-01T00:00:00.001Z"),
        Err(vec![long.to_owned()])
    );
    assert_eq!(
        lasts("9999-12-31T23:59:59.999Z"),
        Err(vec![long.to_owned()])
    );
}

#[test]
fn a_booking_ends_after_it_starts() {
    let ends = |end: &str| read(json!({ "startAt": "2026-03-01T10:00:00Z", "endAt": end }));
    assert!(ends("2026-03-01T10:00:00.001Z").is_ok());
    let early = Err(vec!["endAt: must be after startAt".to_owned()]);
    assert_eq!(
        ends("2026-03-01T11:00:00+01:00"),
        early,
        "at the same instant"
    );
    assert_eq!(
        ends("2026-03-01T10:00:00.0009Z"),
        early,
        "once it is cut off"
    );
    assert_eq!(ends("2026-03-01T09:59:59.999Z"), early);
}

#[test]
fn times_are_instants_that_exist() {
    let missing = ["startAt: must have a UTC offset"];
    assert_eq!(
        refusal(json!({ "startAt": "2026-03-01T10:00:00" })),
        missing
    );
    let no_instant = |name: &str| {
        [format!(
            "{name}: must be an RFC 3339 instant like 2026-03-14T19:30:00+01:00"
        )]
    };
    for text in [
        "2026-02-29T10:00:00Z",
        "2026-03-01",
        "2026-13-01T10:00:00Z",
        "soon",
    ] {
        assert_eq!(
            refusal(json!({ "endAt": text })),
            no_instant("endAt"),
            "{text}"
        );
    }
    assert_eq!(
        refusal(json!({ "startAt": 1_767_225_600 })),
        ["startAt: must be a string"]
    );
}

#[test]
fn an_id_that_is_none_is_that_of_no_resource() {
    for id in ["res_1", "con_00000000000000000000000001", "x"] {
        let read = read(json!({ "resourceId": id })).expect("no error of form");
        assert_eq!(read.resource_id, ResourceId::nobody());
    }
    for (id, refused) in [
        (json!(null), "resourceId: is required"),
        (json!(""), "resourceId: must not be empty"),
        (json!(["res_1"]), "resourceId: must be a string"),
    ] {
        assert_eq!(refusal(json!({ "resourceId": id })), [refused]);
    }
}

#[test]
fn every_bad_field_is_told_at_once() {
    let refusal = refusal(json!({
        "resourceId": 1, "title": "", "startAt": "2024-01-01T00:00:00Z",
        "endAt": "2025-01-01T00:00:00.001Z", "notes": "\u{1b}", "colour": "red",
    }));
    let expected = [
        "colour: is not a field of this object",
        "endAt: must be at most 366 days after startAt",
        "notes: must not contain the control character U+001B",
        "resourceId: must be a string",
        "title: must not be empty",
    ];
    assert_eq!(refusal, expected);
}

#[test]
fn what_is_made_in_a_program_keeps_to_the_same_bound() {
    let longest = read(json!({
        "startAt": "2024-01-01T00:00:00Z", "endAt": "2025-01-01T00:00:00Z",
    }));
    let longest = longest.expect("366 days").span();
    let title = || Line::stored("x".to_owned());
    assert!(BookingRequest::new(ResourceId::nobody(), title(), longest).is_some());
    let end = longest.end().saturating_add(Duration::MILLISECOND);
    let longer = TimeSpan::new(longest.start(), end).expect("a span");
    assert_eq!(
        BookingRequest::new(ResourceId::nobody(), title(), longer),
        None
    );
}
