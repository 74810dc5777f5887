//! Files that are no backup, and places where none can be put.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use org_store::testing::TestDatabase;

use super::{done, embedded, execute, refusal};
use crate::command::{program, run};
use crate::folder::folder;
use crate::world::World;

#[test]
fn a_file_that_is_no_whole_backup_changes_nothing() {
    let folder = folder();
    let file = folder.path().join("backup");
    let world = World::new();
    done(&run(
        world.url(),
        &["--json", "backup", file.to_str().expect("UTF-8")],
    ));
    let whole = fs::read(&file).expect("the backup");
    let data = folder.path().join("data");
    let place = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("a file");
        file
    };
    let half = whole.len() / 2;
    let mut flipped = whole.clone();
    flipped[half] ^= 1;
    for (file, why) in [
        (
            place("almost", &whole[..whole.len() - 1]),
            "is no whole backup: ",
        ),
        (place("half", &whole[..half]), "is no whole backup: "),
        (place("head", &whole[..100]), "is no whole backup: "),
        (place("flipped", &flipped), "its SHA-256 is another"),
        (
            place("longer", &[&whole, &b"junk\n"[..]].concat()),
            "is no whole backup: ",
        ),
        (place("dump", &whole[..whole.len() - 90]), "the line"),
        (place("empty", b""), "is no whole backup: "),
        (
            place("other", b"This is a letter, and no backup.\n"),
            "is no whole backup: ",
        ),
        (folder.path().join("missing"), "No such file or directory"),
        (folder.path().to_owned(), "is no regular file"),
    ] {
        let line = refusal(&embedded(&data, "restore", &file).output().expect("it runs"));
        assert!(line.contains(why), "{why}: {line}");
        assert!(!data.exists(), "{line}");
    }
}

#[test]
fn a_dump_of_another_database_or_of_a_newer_version_is_refused() {
    let folder = folder();
    let data = folder.path().join("data");
    let newer = TestDatabase::fresh();
    let tomorrow = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
    execute(&mut newer.connection(), tomorrow);
    let other = TestDatabase::empty();
    execute(&mut other.connection(), "CREATE TABLE letters (text text)");
    for (database, why) in [
        (&newer, "this program does not know schema 9999"),
        (&other, "is no backup of this program's database"),
    ] {
        let file = folder.path().join(why);
        dump(database, &file);
        end_as_a_backup(&file);
        let line = refusal(&embedded(&data, "restore", &file).output().expect("it runs"));
        assert!(line.contains(why), "{line}");
        assert!(!data.exists());
    }
}

/// A dump by PostgreSQL's own program.
fn dump(database: &TestDatabase, file: &Path) {
    let bin = std::env::var_os("PG_BIN_DIR").map(PathBuf::from);
    let dump = bin.map_or("pg_dump".into(), |bin| bin.join("pg_dump"));
    let dumped = Command::new(dump)
        .args([
            "--format=custom",
            "--dbname",
            database.url().as_str(),
            "--file",
        ])
        .arg(file)
        .status();
    assert!(dumped.expect("pg_dump runs").success());
}

/// Ends a file with the line that backups end with.
fn end_as_a_backup(file: &Path) {
    let mut bytes = fs::read(file).expect("a dump");
    let digest = ring::digest::digest(&ring::digest::SHA256, &bytes);
    bytes.extend(b"\norg-api backup, SHA-256 ");
    for byte in digest.as_ref() {
        bytes.extend(format!("{byte:02x}").bytes());
    }
    bytes.push(b'\n');
    fs::write(file, bytes).expect("the file");
}

#[test]
fn a_name_that_looks_like_an_option_is_a_name() {
    let folder = folder();
    let here = |arguments: &[&str], database: &TestDatabase| {
        let mut command = program();
        command.current_dir(folder.path());
        command.args(["--json", "--database-url", database.url().as_str()]);
        done(&command.args(arguments).output().expect("it runs"))
    };
    let (full, empty) = (TestDatabase::fresh(), TestDatabase::empty());
    let made = here(&["backup", "--", "--list"], &full);
    assert_eq!(made["file"], "--list");
    let restored = here(&["restore", "--", "--list"], &empty);
    assert_eq!(restored["schema"], made["schema"]);
}

#[test]
fn a_backup_never_takes_the_place_of_a_file() {
    let folder = folder();
    let database = TestDatabase::fresh();
    let file = folder.path().join("backup");
    let arguments = ["backup", file.to_str().expect("UTF-8")];
    let partial = folder.path().join("backup.partial");
    for taken in [&file, &partial] {
        fs::write(taken, "mine").expect("a file");
        let line = refusal(&run(database.url().as_str(), &arguments));
        assert!(line.contains("is there already"), "{line}");
        assert_eq!(fs::read_to_string(taken).expect("the file"), "mine");
        fs::remove_file(taken).expect("it is removed");
    }
}
