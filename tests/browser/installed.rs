//! What drives the browser, as `scripts/test` installs it.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder with `node_modules`.
///
/// # Panics
/// When it is not there, or is of other versions than are pinned now.
pub(crate) fn libraries() -> PathBuf {
    let folder = target().join("browser");
    let there = fs::read_to_string(folder.join("package-lock.json"));
    assert!(
        there.is_ok_and(|there| there == include_str!("package-lock.json")),
        "the libraries of tests/browser/package-lock.json are not installed: run `scripts/test` once"
    );
    folder
}

/// Where everything goes that is built.
pub(crate) fn target() -> &'static Path {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    folder.expect("the target folder")
}
