//! The libraries of others that verify, as `scripts/test` installs them.

use std::fs;
use std::path::{Path, PathBuf};

/// What is to be installed, as the folder must have it.
const WANTED: [(&str, &str); 2] = [
    ("requirements.txt", include_str!("requirements.txt")),
    ("package-lock.json", include_str!("package-lock.json")),
];

/// The folder with `node_modules` and a Python of its own, at `python/bin/python`.
///
/// # Panics
/// When it is not there, or is of other versions than are pinned now.
pub(crate) fn libraries() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let folder = target.expect("the target folder").join("receivers");
    for (name, wanted) in WANTED {
        let there = fs::read_to_string(folder.join(name));
        assert!(
            there.is_ok_and(|there| there == wanted),
            "the libraries of tests/receivers/{name} are not installed: run `scripts/test` once"
        );
    }
    folder
}
