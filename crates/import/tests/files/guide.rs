//! The guide's own example.

use std::fs;
use std::path::Path;

use org_domain::import::Source;
use org_import::NdjsonFile;

use crate::desk::Desk;

#[test]
fn the_guides_example_can_be_imported() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/IMPORT.md");
    let guide = fs::read_to_string(guide).expect("the guide");
    let example = guide.split("```ndjson\n").nth(1).expect("an example");
    let example = example.split("```").next().expect("the end of the example");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("season.ndjson");
    fs::write(&path, example).expect("a written file");
    let summary = Desk::new().import(&[Box::new(NdjsonFile::new(path)) as Box<dyn Source>]);
    assert_eq!(summary.errors, []);
    assert_eq!(summary.created, 11);
}
