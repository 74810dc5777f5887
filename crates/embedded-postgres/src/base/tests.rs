//! Whose folders are touched, and whose are not.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
};

use tempfile::TempDir;

use super::{Base, MARKER};
use crate::{StartError, account};

fn mode(dir: &Path) -> u32 {
    fs::metadata(dir).unwrap().mode() & 0o777
}

#[test]
fn a_folder_that_is_not_there_is_made_and_marked() {
    let parent = TempDir::new().unwrap();
    let dir = parent.path().join("some/where");
    let base = Base::claim(&dir).unwrap();
    assert_eq!(base.dir(), fs::canonicalize(&dir).unwrap());
    assert!(dir.join(MARKER).is_file());
}

#[test]
fn a_marked_folder_is_claimed_again_whatever_is_in_it() {
    let dir = TempDir::new().unwrap();
    Base::claim(dir.path()).unwrap();
    fs::write(dir.path().join("data"), "").unwrap();
    Base::claim(dir.path()).unwrap();
}

#[test]
fn a_folder_with_something_else_in_it_is_left_as_it_was() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("letter"), "dear").unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();

    let error = Base::claim(dir.path()).unwrap_err();

    assert!(matches!(&error, StartError::NotOurs(_)), "{error}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    assert_eq!(mode(dir.path()), 0o755);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_left_as_it_was() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "dear").unwrap();
    Base::claim(&file).unwrap_err();
    assert_eq!(fs::read_to_string(&file).unwrap(), "dear");
}

#[test]
fn nobody_else_may_write_into_the_folder() {
    let dir = TempDir::new().unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o777)).unwrap();
    Base::claim(dir.path()).unwrap();
    assert_eq!(
        mode(dir.path()),
        if account::is_root() { 0o711 } else { 0o700 }
    );
}

/// Root makes a stranger's folder for it; anyone else finds one at the root of the file system.
#[test]
fn somebody_elses_folder_is_refused_even_when_it_is_empty() {
    let dir = TempDir::new().unwrap();
    let strangers = if account::is_root() {
        chown(dir.path(), Some(65534), None).unwrap();
        dir.path()
    } else {
        Path::new("/")
    };
    let error = Base::claim(strangers).unwrap_err();
    assert!(
        matches!(&error, StartError::OtherOwner { me, .. } if *me == account::me()),
        "{error}"
    );
}

#[test]
fn a_link_is_followed_to_the_folder_that_it_names() {
    let parent = TempDir::new().unwrap();
    let (dir, link) = (parent.path().join("dir"), parent.path().join("link"));
    fs::create_dir(&dir).unwrap();
    std::os::unix::fs::symlink(&dir, &link).unwrap();
    assert_eq!(
        Base::claim(&link).unwrap().dir(),
        Base::claim(&dir).unwrap().dir()
    );
}
