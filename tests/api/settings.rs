//! Settings as the program reads them: from where, which goes before which, and what is refused how.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::command::program;
use crate::skipping::skip;

const SECRET: &str = "tr0mbone";

/// A folder for files of settings.
fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn written(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let file = folder.path().join(name);
    fs::write(&file, text).expect("a file");
    file
}

/// The lines with which a command refuses its settings.
fn refusal(command: &mut Command) -> Vec<String> {
    let output = command.output().expect("the program runs");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(!said.contains(SECRET), "{said}");
    said.lines().map(str::to_owned).collect()
}

/// A server, which gets no further than to its settings.
fn serve(arguments: &[&str]) -> Command {
    let mut command = program();
    command.arg("serve").args(arguments);
    command
}

fn with_file(file: &Path, arguments: &[&str]) -> Command {
    let mut command = serve(arguments);
    command.arg("--config").arg(file);
    command
}

fn text_of(output: std::process::Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The rows of the tables of settings: flag, variables, what is usual, what it does.
fn rows() -> Vec<Vec<String>> {
    let printed = text_of(program().arg("settings").output().expect("it runs"));
    let rows = printed.lines().filter(|line| line.contains("`ORG_API_"));
    rows.map(|row| row.split(" | ").map(str::to_owned).collect())
        .collect()
}

#[test]
fn flags_go_before_the_environment_and_that_before_the_file() {
    let folder = folder();
    let file = written(&folder, "settings.toml", "database_connections = 0\n");
    let expected = "setting `database_connections`: must be a number from 1 to 1000 (from the";
    let both = || {
        let mut command = with_file(&file, &[]);
        command.env("ORG_API_DATABASE_CONNECTIONS", "1001");
        command
    };
    let flag = refusal(both().args(["--database-connections", "-1"]));
    assert_eq!(flag, [format!("{expected} flag --database-connections)")]);
    let variable = refusal(&mut both());
    assert_eq!(
        variable,
        [format!("{expected} variable ORG_API_DATABASE_CONNECTIONS)")]
    );
    let lines = refusal(&mut with_file(&file, &[]));
    assert_eq!(lines, [format!("{expected} file {})", file.display())]);
}

#[test]
fn what_is_given_above_a_wrong_value_counts_alone() {
    let folder = folder();
    let file = written(&folder, "settings.toml", "public_url = 'nonsense'\n");
    let mut command = program();
    command.args(["openapi", "--config"]).arg(file);
    command.env("ORG_API_PUBLIC_URL", "https://api.example.org");
    let document = text_of(command.output().expect("it runs"));
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(document["servers"][0]["url"], "https://api.example.org");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let folder = folder();
    let file = written(
        &folder,
        "settings.toml",
        "listne = 1\nkeep_alive_ms = 'x'\nunheard = 2\n",
    );
    let mut command = with_file(&file, &["--workers", "0", "--stop-delay-ms", "600001"]);
    command.env("ORG_API_REDIS_URL", format!("http://{SECRET}"));
    command.env("DATABASE_URL", format!("mysql://a:{SECRET}@h/d"));
    command.env("ORG_API_MASTER_KEY", SECRET);
    let lines = refusal(&mut command);
    let of = |name: &str| {
        let start = format!("setting `{name}`: ");
        lines.iter().filter(|line| line.starts_with(&start)).count()
    };
    for name in [
        "listne",
        "unheard",
        "keep_alive_ms",
        "workers",
        "stop_delay_ms",
        "redis_url",
        "database_url",
        "master_key",
    ] {
        assert_eq!(of(name), 1, "{name} in {lines:#?}");
    }
    assert_eq!(lines.len(), 8, "{lines:#?}");
}

#[test]
fn a_file_that_is_no_toml_is_refused_without_being_repeated() {
    let folder = folder();
    let file = written(&folder, "settings.toml", format!("master_key = {SECRET}\n"));
    let lines = refusal(&mut with_file(&file, &[]));
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("setting `config`: "), "{lines:?}");
    let lines = refusal(&mut with_file(&folder.path().join("none.toml"), &[]));
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("none.toml: No such file"), "{lines:?}");
}

/// Each secret, and a text that it takes.
const SECRETS: [(&str, &str); 4] = [
    ("ORG_API_DATABASE_URL", "postgres://nobody@127.0.0.1:1/x"),
    (
        "ORG_API_READ_DATABASE_URL",
        "postgres://nobody@127.0.0.1:1/x",
    ),
    ("ORG_API_REDIS_URL", "redis://127.0.0.1:1"),
    (
        "ORG_API_MASTER_KEY",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ),
];

#[test]
fn a_secret_may_be_in_a_file_with_a_line_feed_at_its_end() {
    let folder = folder();
    for (variable, right) in SECRETS {
        for (text, is_right) in [
            (right.to_owned(), true),
            (format!("{right}\n"), true),
            // One line feed, and no more; a key may have any blanks around it.
            (format!("{right}\n\n"), variable == "ORG_API_MASTER_KEY"),
        ] {
            let file = written(&folder, "secret", text);
            let mut command = program();
            command
                .arg("openapi")
                .env(format!("{variable}_FILE"), &file);
            let output = command.output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.success(), is_right, "{variable}: {said}");
        }
    }
}

#[test]
fn a_secret_that_cannot_be_read_from_its_file_is_refused() {
    let folder = folder();
    let missing = folder.path().join("missing");
    let latin = written(&folder, "latin", b"tr\xf3mbone".as_slice());
    let empty = written(&folder, "empty", "");
    let blank = written(&folder, "blank", "\n");
    let huge = written(&folder, "huge", SECRET.repeat(10_000));
    let wrong = written(&folder, "wrong", SECRET);
    for (variable, _) in SECRETS {
        let variable = format!("{variable}_FILE");
        for (file, why) in [
            (missing.as_path(), "No such file or directory"),
            (folder.path(), "is no regular file"),
            (Path::new("/dev/zero"), "is no regular file"),
            (&latin, "is no text in UTF-8"),
            (&empty, "is empty"),
            (&blank, "is empty"),
            (&huge, "is longer than 65536 bytes"),
            (&wrong, "must be "),
            (Path::new(""), "No such file or directory"),
        ] {
            let lines = refusal(serve(&[]).env(&variable, file));
            assert_eq!(lines.len(), 1, "{lines:?}");
            assert!(lines[0].contains(why), "{why}: {lines:?}");
            assert!(
                lines[0].ends_with(&format!("(from the variable {variable})")),
                "{lines:?}"
            );
        }
    }
}

#[test]
fn a_secret_file_that_may_not_be_read_is_refused() {
    if rustix::process::geteuid().is_root() {
        skip("a secret that may not be read: root may read every file");
        return;
    }
    let folder = folder();
    let file = written(&folder, "closed", SECRET);
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o000);
    fs::set_permissions(&file, mode).expect("the file is ours");
    let lines = refusal(serve(&[]).env("ORG_API_REDIS_URL_FILE", &file));
    assert!(lines[0].contains("Permission denied"), "{lines:?}");
}

#[test]
fn a_secret_given_twice_is_refused() {
    let folder = folder();
    for (variable, right) in SECRETS {
        let file = written(&folder, "secret", right);
        let name = format!("{variable}_FILE");
        let lines = refusal(serve(&[]).env(variable, right).env(&name, file));
        assert_eq!(lines.len(), 1, "{lines:?}");
        let expected = format!("must not be given twice (by the variables {variable} and {name})");
        assert!(lines[0].ends_with(&expected), "{lines:?}");
    }
}

#[test]
fn a_variable_that_is_no_text_is_refused() {
    let bytes = std::ffi::OsStr::from_bytes(b"tr\xf3mbone");
    let lines = refusal(serve(&[]).env("ORG_API_LOG", bytes));
    assert_eq!(
        lines,
        ["setting `log`: must be UTF-8 (from the variable ORG_API_LOG)"]
    );
}

#[test]
fn help_names_every_setting_with_its_variables_and_what_is_usual() {
    let help = text_of(serve(&["--help"]).output().expect("it runs"));
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut flags = 0;
    for row in rows() {
        let flag = row[0].trim_start_matches("| ").trim_matches('`');
        if flag == "none" {
            continue;
        }
        flags += 1;
        let variables = row[1].replace('`', "");
        for expected in [
            format!("{flag} "),
            format!("[env: {variables}] [default: {}]", row[2]),
        ] {
            assert!(help.contains(&expected), "{expected} in {help}");
        }
    }
    assert!(flags >= 30, "{flags} flags");
}

#[test]
fn the_settings_in_the_documentation_are_those_of_the_program() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/OPERATIONS.md");
    let document = fs::read_to_string(file).expect("OPERATIONS.md");
    let (_, rest) = document
        .split_once("<!-- settings, made by scripts/generate -->\n")
        .expect("a mark");
    let (committed, _) = rest
        .split_once("<!-- end of the settings -->")
        .expect("another");
    let printed = text_of(program().arg("settings").output().expect("it runs"));
    assert_eq!(committed.trim(), printed.trim(), "run scripts/generate");
}
