//! Folders for clusters of PostgreSQL.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

/// A folder that PostgreSQL's user can get to, as it has to when a test is run by root.
pub(crate) fn folder() -> TempDir {
    let mode = Permissions::from_mode(0o711);
    let folder = tempfile::Builder::new().permissions(mode).tempdir();
    folder.expect("a folder")
}
