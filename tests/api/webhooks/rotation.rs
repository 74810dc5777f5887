//! Another master key, where a setting gives it.

use diesel::connection::SimpleConnection;

use super::{KEY, OTHER_KEY, Office, one_line};
use crate::command;

const BOTH: [(&str, &str); 2] = [
    ("ORG_API_MASTER_KEY", KEY),
    ("ORG_API_NEW_MASTER_KEY", OTHER_KEY),
];

const ROTATE: [&str; 2] = ["master-key", "rotate"];

const SECRETS: &str = "
    SELECT key_id || ' ' || encode(nonce, 'hex') || ' ' || encode(ciphertext, 'hex') AS line
    FROM webhook_endpoint_secrets ORDER BY id";

#[test]
fn a_rotation_encrypts_every_secret_under_the_new_key() {
    let office = Office::new();
    let (id, _) = office.endpoint("here");
    office.endpoint("there");
    office.json(&["webhook", "rotate", &id]);
    let before = office.lines(SECRETS);
    let office = office.with(&BOTH);
    let rotated = office.json(&ROTATE);
    assert_eq!(rotated["secrets"], 3);
    let new_id = command::text(&rotated, "id");
    let after = office.lines(SECRETS);
    assert_eq!(after.len(), 3);
    for (old, new) in before.iter().zip(&after) {
        assert!(new.starts_with(&new_id), "{new}");
        assert_ne!(old.split_once(' '), new.split_once(' '));
    }
    for org in ["here", "there"] {
        let trail = office.json(&["audit", "--org", org]).to_string();
        let told = trail.matches("webhook_endpoint.resealed").count();
        assert_eq!(told, 1, "{trail}");
    }

    let old = &BOTH[..1];
    let (line, _) = one_line(&office.run_with(old, &["webhook", "rotate", &id]));
    assert!(line.contains(&new_id), "{line}");
    let office = office.with(&[("ORG_API_MASTER_KEY", OTHER_KEY)]);
    office.json(&["webhook", "rotate", &id]);
}

/// It may have been killed before it could say so.
#[test]
fn a_rotation_that_was_done_can_be_done_again() {
    let office = Office::new();
    office.endpoint("here");
    let office = office.with(&BOTH);
    let first = office.json(&ROTATE);
    let after = office.lines(SECRETS);
    let again = office.json(&ROTATE);
    assert_eq!(
        (&first["secrets"], &again["secrets"]),
        (&1.into(), &0.into())
    );
    assert_eq!(first["id"], again["id"]);
    assert_eq!(office.lines(SECRETS), after);
}

#[test]
fn a_secret_that_was_tampered_with_leaves_all_as_they_were() {
    let office = Office::new();
    let (id, _) = office.endpoint("here");
    office.endpoint("there");
    let tampered = "UPDATE webhook_endpoint_secrets SET ciphertext = set_byte(ciphertext, 3, 0)
                    WHERE org_id = (SELECT id FROM organizations WHERE slug = 'here')";
    let conn = &mut office.database.connection();
    conn.batch_execute(tampered).expect("a byte is changed");
    let before = office.lines(SECRETS);
    let office = office.with(&BOTH);
    let (line, status) = office.refusal(&ROTATE);
    assert!(
        line.starts_with("the master key was not rotated: "),
        "{line}"
    );
    assert!(line.contains(&id) && line.contains("tampered"), "{line}");
    assert_eq!(status, 1);
    assert_eq!(office.lines(SECRETS), before);
}

#[test]
fn a_rotation_needs_both_keys_and_two_different_ones() {
    let office = Office::new();
    office.endpoint("here");
    let before = office.lines(SECRETS);
    let new = "ORG_API_NEW_MASTER_KEY";
    for (variables, expected) in [
        (
            &BOTH[..1],
            "ORG_API_NEW_MASTER_KEY: must be the key to change to",
        ),
        (&BOTH[1..], "setting `master_key`: there is none to rotate"),
        (
            &[BOTH[0], (new, KEY)],
            "ORG_API_NEW_MASTER_KEY: is the key that there is already",
        ),
        (
            &[BOTH[0], (new, "a")],
            "ORG_API_NEW_MASTER_KEY: must be 32 bytes in base64",
        ),
    ] {
        let (line, status) = one_line(&office.run_with(variables, &ROTATE));
        assert!(line.starts_with(expected), "{line}");
        assert_eq!(status, 2, "{line}");
    }
    let wrong = [("ORG_API_MASTER_KEY", OTHER_KEY), (new, NEITHER)];
    let (line, status) = one_line(&office.run_with(&wrong, &ROTATE));
    assert!(line.contains("is sealed under the master key"), "{line}");
    assert_eq!(status, 1);
    assert_eq!(office.lines(SECRETS), before);
}

/// The bytes 64 to 95.
const NEITHER: &str = "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=";
