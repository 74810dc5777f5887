//! What a server sends, given to libraries that others made for verifying webhooks.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::receiver::{Message, Receiver};
use super::stage::Stage;

#[path = "../../receivers/installed.rs"]
mod installed;

const DRIVERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/receivers");

/// What a library says of each message: by the Standard Webhooks headers, and by those of the body.
fn verdicts(program: &Path, driver: &str, module: &str, messages: &Path) -> String {
    // Node.js looks for a module's libraries in the folders above it.
    let folder = TempDir::new_in(installed::libraries()).expect("a folder");
    let copy = folder.path().join(module);
    fs::copy(Path::new(DRIVERS).join(module), &copy).expect("the module");
    let mut command = Command::new(program);
    command.arg(Path::new(DRIVERS).join(driver));
    let output = command.arg(copy).arg(messages).output();
    let output = output.unwrap_or_else(|why| panic!("{}: {why}", program.display()));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).expect("text")
}

fn save(folder: &Path, message: &Message, body: &[u8], secret: &str) {
    let lines = message.headers.iter();
    let lines = lines.map(|(name, value)| format!("{name}: {value}\r\n"));
    fs::create_dir(folder).expect("a folder");
    fs::write(folder.join("headers"), lines.collect::<String>()).expect("the headers");
    fs::write(folder.join("body"), body).expect("the body");
    fs::write(folder.join("secrets"), secret).expect("the secret");
}

#[test]
fn libraries_of_others_believe_what_arrives_and_nothing_that_was_altered() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (_, secret) = stage.endpoint(&receiver.url("/well"));
    let _server = stage.serve();
    stage.tell(1);
    stage.until_delivered(&[receiver.url("/well")], 1);
    let message = receiver.seen("/well", |seen| seen.last.clone());
    let mut flipped = message.body.clone();
    flipped[17] ^= 1;
    let messages = TempDir::new().expect("a folder");
    save(&messages.path().join("1"), &message, &message.body, &secret);
    save(&messages.path().join("2"), &message, &flipped, &secret);
    let python = installed::libraries().join("python/bin/python");
    for (program, driver, module) in [
        (python.as_path(), "run.py", "independent.py"),
        (Path::new("node"), "run.mjs", "independent.mjs"),
    ] {
        let verdicts = verdicts(program, driver, module, messages.path());
        assert_eq!(verdicts, "true true\nfalse false\n", "{module}");
    }
}
