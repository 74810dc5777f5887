//! What receivers do with the messages of this project: the programs of docs/WEBHOOKS.md, and
//! libraries that others made.
//!
//! A message that is signed here must be believed, and one that was altered must not be, by code
//! that shares nothing with what signs.

mod cases;
mod installed;
mod message;
mod running;
mod snippets;

#[expect(dead_code, reason = "its `main` is for the command line")]
#[path = "../../crates/webhooks/examples/receiver.rs"]
mod receiver;

use std::env::temp_dir;

use cases::{Case, Verdict, common, hostile};
use installed::libraries;
use message::Received;
use running::{Runner, bash, node, python};
use snippets::{snippet, snippets};

fn all() -> Vec<Case> {
    common().into_iter().chain(hostile()).collect()
}

#[test]
fn every_program_of_the_page_is_tested_here() {
    let languages: Vec<_> = snippets().into_keys().collect();
    assert_eq!(languages, ["bash", "javascript", "python", "rust"]);
}

#[test]
fn the_page_shows_the_example_in_rust() {
    let example = include_str!("../../crates/webhooks/examples/receiver.rs");
    assert_eq!(snippet("rust"), example.trim_end());
}

#[test]
fn the_program_in_rust_believes_what_it_should() {
    for (name, expected, message) in all() {
        let headers = message.headers.iter();
        let lines = headers.map(|(name, value)| format!("{name}: {value}\r\n"));
        let lines: String = lines.collect();
        let headers = receiver::read_headers(&lines);
        let secrets = receiver::read_secrets(&message.secrets.join(" ")).expect("secrets");
        let verdict = Verdict {
            message: receiver::verify(&headers, &message.body, &secrets).is_ok(),
            body: receiver::verify_body(&headers, &message.body, &secrets).is_ok(),
        };
        assert_eq!(verdict, expected, "{name}: {message:?}");
    }
}

#[test]
fn the_program_in_python_believes_what_it_should() {
    python("python3").hold(snippet("python"), &temp_dir(), &all());
}

#[test]
fn the_program_in_javascript_believes_what_it_should() {
    node().hold(snippet("javascript"), &temp_dir(), &all());
}

#[test]
fn the_program_in_shell_believes_what_it_should() {
    bash().hold(snippet("bash"), &temp_dir(), &common());
}

/// Apart from the others, since a shell starts dozens of processes for each message.
#[test]
fn the_program_in_shell_is_not_taken_in() {
    bash().hold(snippet("bash"), &temp_dir(), &hostile());
}

#[test]
fn pythons_libraries_believe_what_they_should() {
    let folder = libraries();
    let python = python(folder.join("python/bin/python"));
    python.hold(include_str!("independent.py"), &folder, &common());
}

#[test]
fn javascripts_libraries_believe_what_they_should() {
    node().hold(include_str!("independent.mjs"), &libraries(), &common());
}

/// An empty setting would otherwise be a key with which anybody can sign.
#[test]
fn a_secret_that_is_none_is_refused_as_the_receivers_mistake() {
    let message = Received::sent().by(&["whsec_"]);
    let runners: [(Runner, &str); 3] = [
        (python("python3"), "python"),
        (node(), "javascript"),
        (bash(), "bash"),
    ];
    for (runner, language) in runners {
        let output = runner.run(snippet(language), &temp_dir(), &[&message]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{language}");
        assert!(
            errors.contains("not a signing secret"),
            "{language}: {errors}"
        );
    }
    assert!(receiver::read_secrets("whsec_").is_err());
}

/// Where a hash cannot be made, two empty ones must not pass for equal.
#[test]
fn the_program_in_shell_believes_nothing_without_openssl() {
    let module = format!("{}\nopenssl() {{ return 127; }}\n", snippet("bash"));
    let forged = [
        Received::sent(),
        Received::sent().with("webhook-signature", "v1,"),
        Received::sent().with("X-Kalinklo-Signature", "sha256="),
    ];
    let forged = forged.map(|message| {
        let neither = Verdict {
            message: false,
            body: false,
        };
        ("no openssl".to_owned(), neither, message)
    });
    bash().hold(&module, &temp_dir(), &forged);
}
