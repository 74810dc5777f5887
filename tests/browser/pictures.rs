//! The pictures of docs/CONSOLE.md, which each run takes anew.
//!
//! They show times, so that no two runs take the same ones: those of the page are written when
//! `UPDATE_PICTURES=1` says so, and are held here to be the ones that a run takes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::furniture::{self, Furniture};
use crate::guests::owners_link;
use crate::history;
use crate::installed::target;
use crate::running::Case;
use crate::stage::Stage;

const PAGE: &str = include_str!("../../docs/CONSOLE.md");

/// More than a picture may weigh, in bytes.
const TOO_MUCH: usize = 150_000;

#[test]
fn the_page_shows_the_pictures_that_are_taken() {
    let taken = take();
    let named = named();
    assert_eq!(taken, named, "docs/CONSOLE.md shows what is taken");
    let kept = published();
    assert_eq!(pictures_in(&kept), named, "run with UPDATE_PICTURES=1");
    for name in named {
        let picture = fs::read(kept.join(&name)).expect("a picture");
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}");
        assert!(picture.len() < TOO_MUCH, "{name}: {}", picture.len());
    }
}

/// Takes them, and answers their names.
fn take() -> BTreeSet<String> {
    let folder = match std::env::var("UPDATE_PICTURES") {
        Ok(value) if value == "1" => published(),
        _ => target().join("browser-pictures"),
    };
    match fs::remove_dir_all(&folder) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => panic!("{why}"),
        _ => fs::create_dir_all(&folder).expect("a folder"),
    }
    let stage = Stage::dev();
    let furniture = Furniture::of(&stage);
    history::invent(&stage, furniture::USED);
    let objects = json!({
        "key": furniture.key,
        "endpoint": furniture.endpoint,
        "delivery": furniture.booked,
    });
    let case = Case::of("pictures").with("LINK", &owners_link(&stage));
    let case = case.with("PICTURES", folder.to_str().expect("UTF-8"));
    case.with("OBJECTS", &objects.to_string()).on(&stage);
    pictures_in(&folder)
}

/// Where the page's own are.
fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures")
}

fn pictures_in(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).expect("a folder");
    let names = files.map(|file| file.expect("a file").file_name());
    names
        .map(|name| name.into_string().expect("UTF-8"))
        .collect()
}

/// Those that the page names.
fn named() -> BTreeSet<String> {
    let rest = PAGE.split("pictures/").skip(1);
    let names = rest.map(|rest| rest.split(['"', ')', ' ']).next().expect("a name"));
    names.map(str::to_owned).collect()
}
