//! The files of a key, in a folder of the test's own.

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

const ONE: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER: &str = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

fn id(text: &str) -> String {
    MasterKey::parse(text).expect("a key").id().to_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The id of the key in a folder, or the line that refuses it.
fn key(dir: &Path) -> Result<Option<String>, String> {
    let file = KeyFile::within(dir);
    let files = file.lock().expect("nobody else is at them");
    let key = files.key().map_err(|failure| {
        let line = failure.line().expect("it says why");
        line.to_owned()
    })?;
    Ok(key.map(|key| key.id().to_owned()))
}

#[test]
fn a_key_is_there_once_it_is_written_and_closed_to_everybody_else() {
    let dir = folder();
    assert_eq!(key(dir.path()), Ok(None));
    let file = KeyFile::within(dir.path());
    // What a process was killed in the middle of is in nobody's way.
    fs::write(dir.path().join(UNFINISHED), "half a k").expect("written");
    let written = file.lock().and_then(|files| files.write_key(ONE));
    written.expect("written");
    assert_eq!(key(dir.path()), Ok(Some(id(ONE))));
    let metadata = fs::metadata(dir.path().join(KEY)).expect("a file");
    assert_eq!(metadata.mode() & 0o7777, 0o600);
    assert!(!dir.path().join(UNFINISHED).exists());
}

#[test]
fn a_new_key_takes_the_place_of_the_old_one_or_is_set_aside_and_both_are_kept() {
    let dir = folder();
    let file = KeyFile::within(dir.path());
    let files = file.lock().expect("nobody else is at them");
    let read = |key: Result<Option<MasterKey>, Failure>| {
        let key = key.expect("it reads");
        key.map(|key| key.id().to_owned())
    };
    let kept = |kind: &str, text: &str| {
        let name = format!("master-key.{kind}.{}", id(text));
        read(super::read(&dir.path().join(name)))
    };
    files.write_key(ONE).expect("written");
    files.write_new_key(OTHER).expect("written");
    assert_eq!(read(files.key()), Some(id(ONE)));
    assert_eq!(read(files.new_key()), Some(id(OTHER)));
    files.set_new_key_aside().expect("set aside");
    assert_eq!(read(files.new_key()), None);
    assert_eq!(read(files.key()), Some(id(ONE)));
    assert_eq!(kept("unused", OTHER), Some(id(OTHER)));
    files.write_new_key(OTHER).expect("written");
    files.take_new_key().expect("taken");
    assert_eq!(read(files.new_key()), None);
    assert_eq!(read(files.key()), Some(id(OTHER)));
    assert_eq!(kept("old", ONE), Some(id(ONE)));
}

/// The old key was renamed, and the new one not yet.
#[test]
fn a_new_key_takes_a_place_that_is_empty() {
    let dir = folder();
    let file = KeyFile::within(dir.path());
    let files = file.lock().expect("nobody else is at them");
    files.write_new_key(OTHER).expect("written");
    files.take_new_key().expect("taken");
    let key = files.key().expect("it reads").expect("it is there");
    assert_eq!(key.id(), id(OTHER));
}

#[test]
fn a_file_that_others_may_open_is_refused_by_its_name_and_its_permissions() {
    for (mode, is_closed) in [
        (0o600, true),
        (0o400, true),
        (0o644, false),
        (0o640, false),
        (0o602, false),
        (0o700, false),
        (0o4600, false),
    ] {
        let dir = folder();
        let path = dir.path().join(KEY);
        fs::write(&path, ONE).expect("written");
        fs::set_permissions(&path, Permissions::from_mode(mode)).expect("set");
        match key(dir.path()) {
            Ok(found) => assert!(is_closed && found == Some(id(ONE)), "{mode:04o}"),
            Err(line) => {
                assert!(!is_closed, "{mode:04o}: {line}");
                assert!(line.contains(&path.display().to_string()), "{line}");
                assert!(line.contains(&format!("{mode:04o}")), "{line}");
            }
        }
    }
}

#[test]
fn a_file_without_a_key_is_refused_and_what_it_holds_is_not_told() {
    for text in [
        "",
        "\n",
        "not base64",
        "AAECAwQFBgcICQoLDA0ODw==",
        &ONE.repeat(1000),
    ] {
        let dir = folder();
        let path = dir.path().join(KEY);
        fs::write(&path, text).expect("written");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("set");
        let line = key(dir.path()).expect_err("it holds no key");
        assert!(line.contains(&path.display().to_string()), "{line}");
        assert!(line.contains("32 bytes in base64"), "{line}");
        assert!(text.trim().is_empty() || !line.contains(text), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}

#[test]
fn neither_a_link_nor_a_folder_is_a_keys_file() {
    let elsewhere = folder();
    let target = elsewhere.path().join("target");
    fs::write(&target, ONE).expect("written");
    fs::set_permissions(&target, Permissions::from_mode(0o600)).expect("set");
    let dir = folder();
    symlink(&target, dir.path().join(KEY)).expect("a link");
    key(dir.path()).expect_err("a link leads elsewhere");

    let dir = folder();
    fs::create_dir(dir.path().join(KEY)).expect("a folder");
    key(dir.path()).expect_err("a folder is no file");
}

#[test]
fn of_several_at_once_all_find_the_same_key() {
    let dir = folder();
    let file = KeyFile::within(dir.path());
    let one_of = |text: &str| {
        let files = file.lock().expect("its turn comes");
        if files.key().expect("it reads").is_none() {
            files.write_key(text).expect("written");
        }
        let key = files.key().expect("it reads").expect("it is there");
        key.id().to_owned()
    };
    std::thread::scope(|threads| {
        let all = [ONE, OTHER, ONE, OTHER].map(|text| threads.spawn(move || one_of(text)));
        let found = all.map(|thread| thread.join().expect("it does not panic"));
        assert!(found.iter().all(|id| *id == found[0]), "{found:?}");
    });
}
