//! Works, collected over programs.

use serde_json::{Value, json};

use super::support::{entry, program, read_text, rows, with};

fn works(programs: &[Value]) -> Vec<Value> {
    let mut rows = rows(programs);
    rows.retain(|row| row["kind"] == "work");
    rows
}

fn movement(id: &str, text: impl Into<Value>) -> Value {
    with(entry(id, "Wagner,  Richard", "LOHENGRIN"), "movement", text)
}

#[test]
fn movements_are_united_over_the_programs_and_ordered_by_number() {
    let first = program(json!([
        movement("9*12", "Bridal Chorus"),
        movement("9*3", "Prelude")
    ]));
    let second = json!([
        movement("9*1", json!({ "em": "Overture" })),
        movement("9*3", "Again")
    ]);
    let second = with(program(second), "id", "q");
    assert_eq!(
        works(&[first, second]),
        [json!({
            "kind": "work", "externalId": "9", "title": "LOHENGRIN",
            "composer": "Wagner, Richard",
            "movements": [
                { "number": 1, "title": "Overture" },
                { "number": 3, "title": "Prelude" },
                { "number": 12, "title": "Bridal Chorus" },
            ],
        })]
    );
}

#[test]
fn a_movement_without_text_or_number_is_left_out() {
    let given = program(json!([
        entry("9*4", "Bach,", "SUITE"),
        movement("9*", "Gigue")
    ]));
    assert_eq!(works(&[given])[0]["movements"], json!([]));
}

#[test]
fn the_first_spelling_stands() {
    let given = program(json!([
        { "ID": "9*" },
        entry("9*", "Bach,  Johann", "SUITE"),
        entry("9*", "BACH", "Suite for orchestra"),
    ]));
    let work = &works(&[given])[0];
    assert_eq!(
        (&work["title"], &work["composer"]),
        (&json!("SUITE"), &json!("Bach, Johann"))
    );
    let given = program(json!([{ "ID": "9*" }]));
    let work = &works(&[given])[0];
    assert_eq!(work["title"], "(no title)");
    assert_eq!(work["composer"], "(no composer)");
}

#[test]
fn works_come_first_as_parts_in_the_order_in_which_they_are_met() {
    let given = program(json!([entry("20*", "A,", "x"), entry("3*", "B,", "y")]));
    let (rows, outcome) = read_text(&json!({ "programs": [given] }).to_string());
    outcome.expect("a readable file");
    let partial: Vec<_> = rows.iter().map(|row| row.partial).collect();
    assert_eq!(partial, [true, true, false, false, false, false]);
    let names = rows[..2]
        .iter()
        .map(|row| &row.content.as_ref().expect("a row")["externalId"]);
    assert_eq!(names.collect::<Vec<_>>(), ["20", "3"]);
}
