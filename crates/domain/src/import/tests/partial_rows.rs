//! Rows that tell only a part.

use serde_json::{Value, json};

use super::support::{Desk, errors, object, production, with, work};
use crate::import::Summary;
use crate::memory::Rows;
use crate::productions::ProductionQuery;
use crate::repertoire::WorkQuery;

fn part(title: &str, movements: &[i32]) -> Value {
    let movements: Vec<_> = movements
        .iter()
        .map(|number| json!({ "number": number, "title": format!("{title} {number}") }))
        .collect();
    with(with(work("1"), "title", title), "movements", movements)
}

fn import_partial(desk: &Desk, row: Value) -> Summary {
    desk.run(vec![Rows::named("rows").with_partial(object(row))])
}

fn movements(desk: &Desk) -> Vec<String> {
    let entry = &desk.list(&WorkQuery::default())[0];
    let movements = entry.work.facts.movements.iter();
    movements
        .map(|movement| movement.title.to_string())
        .collect()
}

#[test]
fn parts_are_united_in_whatever_order_they_come() {
    let parts = [part("A", &[3]), part("B", &[1, 3]), part("C", &[2])];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let desk = Desk::new();
        for place in order {
            import_partial(&desk, parts[place].clone());
        }
        for place in order {
            assert_eq!(import_partial(&desk, parts[place].clone()).unchanged, 1);
        }
        assert_eq!(movements(&desk).len(), 3);
    }
}

#[test]
fn what_is_stored_wins_over_a_part() {
    let desk = Desk::new();
    desk.import_well([part("Stored", &[2])]);
    assert_eq!(import_partial(&desk, part("Part", &[1, 2])).updated, 1);
    assert_eq!(movements(&desk), ["Part 1", "Stored 2"]);
    let entry = &desk.list(&WorkQuery::default())[0];
    assert_eq!(entry.work.facts.title.as_str(), "Stored");
}

#[test]
fn a_whole_row_replaces_what_parts_brought() {
    let desk = Desk::new();
    import_partial(&desk, part("A", &[1, 2]));
    assert_eq!(desk.import_well([part("B", &[2])]).updated, 1);
    assert_eq!(movements(&desk), ["B 2"]);
}

#[test]
fn parts_that_are_too_much_together_are_an_error() {
    let desk = Desk::new();
    let thousand: Vec<_> = (1..=1000).collect();
    desk.import_well([part("A", &thousand)]);
    let summary = import_partial(&desk, part("A", &[1001]));
    assert_eq!(
        errors(&summary),
        [(
            1,
            "movements",
            "would, with those stored, be more than 1000 items"
        )]
    );
}

#[test]
fn a_part_of_another_kind_has_nothing_to_add() {
    let desk = Desk::new();
    desk.import_well([production("1")]);
    let renamed = with(production("1"), "title", "Renamed");
    assert_eq!(import_partial(&desk, renamed).unchanged, 1);
    let production = &desk.list(&ProductionQuery::default())[0];
    assert_eq!(production.facts.title.as_str(), "Gala");
}
