//! The programs are run as whoever copies them runs them: on a delivery, on one of which a bit is flipped,
//! and with another secret.

use std::fs;
use std::process::Command;

use org_kernel::id::{EventId, Id};
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Delivery, DeliveryStatus};
use org_webhooks::secret::SigningSecret;
use org_webhooks::signing::{Message, headers};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;

/// The programs in Rust, as they are written for [`BODY`] and for the same with a bit flipped. They are
/// compiled here; a test holds them to what is written. `UPDATE_PROGRAMS=1` writes them anew.
#[rustfmt::skip]
#[expect(dead_code, unreachable_pub, reason = "it is a program, whose `main` nobody calls here")]
mod believed;
#[rustfmt::skip]
#[expect(dead_code, unreachable_pub, reason = "it is a program, whose `main` nobody calls here")]
mod flipped;

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OLDER: &str = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
const OTHER: &str = "whsec_+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";

/// A body that would end the quotes of each language, and run something, if it were let.
const BODY: &str = "{\"title\":\"Dvořák 🎻 '; echo hacked #\\\"; ${process.exit(0)} `id` $(id) \\\\ \\n\
    \u{202e}\u{2028}\u{7f}e\u{301}\",\"first\":\"A\"}\n\t";

/// A delivery that was signed with both secrets, as on the day after a rotation.
fn delivery(body: &str) -> DeliveryDetail {
    let at: Instant = "2026-03-14T18:30:07.999Z".parse().expect("an instant");
    let id: EventId = "evt_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
    let secret = |text| SigningSecret::parse(text).expect("a secret");
    let message = Message {
        id,
        signed_at: at,
        body: BODY.as_bytes(),
    };
    DeliveryDetail {
        delivery: Delivery {
            id: Id::new(Uuid::from_u128(1)),
            org: Id::new(Uuid::from_u128(2)),
            endpoint: Id::new(Uuid::from_u128(3)),
            message: id,
            event_type: "production.updated".to_owned(),
            status: DeliveryStatus::Pending,
            attempts: 0,
            failures: 0,
            due_at: None,
            delivered_at: None,
            created_at: at,
            updated_at: at,
        },
        payload: body.to_owned(),
        headers: headers(message, &[secret(SECRET), secret(OLDER)]),
        attempts: Vec::new(),
    }
}

/// The same body with a bit of its letter `A` flipped.
fn flipped_body() -> String {
    BODY.replace("\"A\"", "\"@\"")
}

fn code(language: Language, delivery: &DeliveryDetail) -> String {
    let written = program(language, delivery).expect("rendered");
    written.expect("a program")
}

/// What a program prints, and whether it ends well.
fn run(program: &str, code: &str, secret: &str) -> (String, bool) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("verify.mjs");
    fs::write(&path, code).expect("the program is written");
    let output = Command::new(program)
        .arg(&path)
        .env("WEBHOOK_SECRET", secret)
        .output()
        .expect("it runs: `scripts/test` says what is needed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(errors, "", "{code}");
    let printed = String::from_utf8(output.stdout).expect("text");
    (printed, output.status.success())
}

/// Holds a program to believing what was signed, by either secret, and nothing else.
fn hold(language: Language, program: &str) {
    let (valid, invalid) = (
        ("valid\n".to_owned(), true),
        ("invalid\n".to_owned(), false),
    );
    let sent = code(language, &delivery(BODY));
    assert_eq!(run(program, &sent, SECRET), valid);
    assert_eq!(run(program, &sent, OLDER), valid);
    assert_eq!(run(program, &sent, OTHER), invalid);
    let flipped = code(language, &delivery(&flipped_body()));
    assert_eq!(run(program, &flipped, SECRET), invalid);
}

#[test]
fn the_program_in_python_verifies_this_very_delivery() {
    hold(Language::Python, "python3");
}

#[test]
fn the_program_in_javascript_verifies_this_very_delivery() {
    hold(Language::JavaScript, "node");
}

#[test]
fn the_program_in_shell_verifies_this_very_delivery() {
    hold(Language::Shell, "bash");
}

#[test]
fn the_program_in_rust_verifies_this_very_delivery() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/deliveries/snippets/tests");
    for (name, compiled, body) in [
        (
            "believed",
            include_str!("tests/believed.rs"),
            BODY.to_owned(),
        ),
        ("flipped", include_str!("tests/flipped.rs"), flipped_body()),
    ] {
        let written = code(Language::Rust, &delivery(&body));
        if std::env::var_os("UPDATE_PROGRAMS").is_some() {
            fs::write(format!("{folder}/{name}.rs"), &written).expect("it is written");
        } else {
            assert_eq!(compiled, written, "UPDATE_PROGRAMS=1 writes it anew");
        }
    }
    assert!(believed::is_valid(SECRET));
    assert!(believed::is_valid(OLDER));
    assert!(!believed::is_valid(OTHER));
    assert!(!flipped::is_valid(SECRET));
}

#[test]
fn what_was_not_signed_has_no_programs() {
    let mut unsigned = delivery(BODY);
    unsigned.headers.clear();
    for language in Language::ALL {
        assert_eq!(program(language, &unsigned).expect("answered"), None);
    }
}
