//! What is checked before a server is started.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::check_null_device;
use crate::StartError;

#[test]
fn the_null_device_of_this_machine_will_do() {
    check_null_device(Path::new("/dev/null")).unwrap();
}

/// Something once wrote to `/dev/null` after something else had removed it.
#[test]
fn a_file_in_the_place_of_the_null_device_is_named_with_a_remedy() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("null");
    fs::write(&file, "").unwrap();

    let error = check_null_device(&file).unwrap_err();

    assert!(
        matches!(&error, StartError::NullDevice(path) if *path == file),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains(&format!("mknod -m 666 {}", file.display())),
        "{error}"
    );
}
