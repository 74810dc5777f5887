//! The bounds of a contact, each at its edge.

use serde_json::{Value, json};

use super::*;
use crate::reading;

fn read(changes: Value) -> Result<Contact, Vec<String>> {
    let good = json!({ "name": "Ida", "type": "AGENT" });
    reading::read(good, changes, Contact::read)
}

fn refusal(changes: Value) -> Vec<String> {
    read(changes).expect_err("a bad field")
}

#[test]
fn texts_keep_to_their_bounds() {
    let bounds = [
        ("name", 200),
        ("company", 200),
        ("phone", 40),
        ("city", 120),
        ("role", 120),
        ("notes", 5000),
    ];
    for (field, most) in bounds {
        assert!(read(json!({ field: "ř".repeat(most) })).is_ok(), "{field}");
        let long = format!("{field}: must be at most {most} characters long");
        assert_eq!(refusal(json!({ field: "ř".repeat(most + 1) })), [long]);
    }
}

#[test]
fn an_address_has_up_to_254_characters() {
    let address = |length: usize| {
        let (name, label) = ("a".repeat(64), "b".repeat(63));
        let rest = "c".repeat(length - 64 - 1 - 64 - 64);
        format!("{name}@{label}.{label}.{rest}")
    };
    let longest = read(json!({ "email": address(254) })).expect("an address");
    let email = longest.email.expect("an address");
    assert_eq!(email.as_str().len(), 254);
    let long = "email: must be at most 254 characters long";
    assert_eq!(refusal(json!({ "email": address(255) })), [long]);
    for text in ["ida", "ida@", "@b.at", "ida@b@c.at", "Ida <ida@b.at>"] {
        let refusal = refusal(json!({ "email": text }));
        assert_eq!(refusal, ["email: must be an e-mail address"], "{text}");
    }
}

#[test]
fn a_country_is_kept_in_upper_case() {
    let country = |text: &str| read(json!({ "country": text }));
    for text in ["at", "At", " AT "] {
        let read = country(text).expect("Austria").country;
        assert_eq!(read.expect("Austria").as_str(), "AT");
    }
    for text in ["XX", "AUT", "A", "040"] {
        let refused = ["country: must be two letters of ISO 3166-1, like AT".to_owned()];
        assert_eq!(country(text), Err(refused.to_vec()), "{text}");
    }
}

#[test]
fn tags_keep_to_their_bounds() {
    let tags = |count: usize| (0..count).map(|n| format!("tag {n}")).collect::<Vec<_>>();
    let doubled = [tags(50), tags(50)].concat();
    assert_eq!(
        read(json!({ "tags": doubled })).expect("fifty").tags.len(),
        50
    );
    assert_eq!(refusal(json!({ "tags": tags(51) })).len(), 1);
    assert!(read(json!({ "tags": ["ř".repeat(40)] })).is_ok());
    let refused = refusal(json!({ "tags": ["ok", "ř".repeat(41), "", 1] }));
    let expected = [
        "tags[1]: must be at most 40 characters long",
        "tags[2]: must not be empty",
        "tags[3]: must be a string",
    ];
    assert_eq!(refused, expected);
    assert_eq!(refusal(json!({ "tags": "ok" })).len(), 1);
}

#[test]
fn what_is_left_out_is_nothing() {
    let bare = read(json!({})).expect("a contact");
    let said = json!({
        "company": null, "email": "", "phone": " ", "city": null, "country": "", "role": null,
        "notes": "\n", "tags": null,
    });
    assert_eq!(read(said).as_ref(), Ok(&bare));
    assert_eq!((bare.email, bare.country, bare.notes), (None, None, None));
    assert!(bare.tags.is_empty());
}

#[test]
fn every_bad_field_is_told_at_once() {
    let refusal = refusal(json!({
        "name": "", "type": "agent", "company": 1, "email": "x", "phone": "1\n2", "country": "X",
        "notes": "\u{0}", "colour": "red",
    }));
    let fields: Vec<_> = refusal
        .iter()
        .filter_map(|error| error.split(':').next())
        .collect();
    let expected = [
        "colour", "company", "country", "email", "name", "notes", "phone", "type",
    ];
    assert_eq!(fields, expected);
}
