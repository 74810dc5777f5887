//! Appends to one checklist.

use std::thread::{self, ScopedJoinHandle};

use diesel::connection::SimpleConnection;
use org_domain::checklist::{ChecklistItem, Checklists};
use org_domain::record::Record;
use org_domain::transaction::{Keeps, NoSuchObject};
use org_kernel::WriteError;
use org_kernel::text::Line;
use org_store::Pg;

use super::{clock, ids, write};
use crate::support::{ground, id};

const APPENDERS: usize = 8;
const ITEMS: usize = 5;

/// The position that a new item is given.
fn append(pg: &Pg) -> Result<i32, WriteError<NoSuchObject>> {
    let checklists = Checklists::new(clock(), ids());
    let label = Line::stored("Tune the harpsichord".to_owned());
    let item = write(pg, |tx| checklists.append(tx, id(0x11), &label))?;
    Ok(item.facts.position)
}

#[test]
fn positions_of_many_who_append_at_once_have_no_gap() {
    let database = ground();
    let stores = [database.pg(), database.pg()];
    let mut positions: Vec<_> = thread::scope(|scope| {
        let appenders = stores.iter().cycle().take(APPENDERS).map(|pg| {
            scope.spawn(move || -> Vec<_> {
                let items = (0..ITEMS).map(|_| append(pg).expect("an item"));
                items.collect()
            })
        });
        let appenders: Vec<_> = appenders.collect();
        let ends = appenders.into_iter().map(ScopedJoinHandle::join);
        ends.flat_map(|end| end.expect("no panic")).collect()
    });
    positions.sort_unstable();
    let expected: Vec<_> = (1..).take(APPENDERS * ITEMS).collect();
    assert_eq!(positions, expected);
}

/// An import holds the rows of its productions for as long as it takes.
#[test]
fn an_append_does_not_wait_for_whoever_changes_the_production() {
    let database = ground();
    let pg = database.pg();
    let conn = &mut database.connection();
    let held = conn.batch_execute(
        "BEGIN; SELECT FROM productions WHERE org_id = id(1) AND id = id(11) FOR NO KEY UPDATE",
    );
    held.expect("the production is held");
    assert_eq!(append(&pg).expect("an item"), 1);
    conn.batch_execute("ROLLBACK").expect("it is let go");
}

/// Another program may write to the database, and know of no lock.
#[test]
fn a_position_that_was_taken_meanwhile_is_not_insisted_on() {
    let database = ground();
    let pg = database.pg();
    let mut positions = Vec::new();
    let item = write::<_, NoSuchObject>(&pg, |tx| {
        let position = tx.next_position(id(0x11))?.expect("a production");
        positions.push(position);
        if position == 1 {
            let meanwhile = "INSERT INTO checklist_items
                             VALUES (id(1), id(60), id(11), 'x', NULL, 1, now(), now())";
            let taken = database.connection().batch_execute(meanwhile);
            taken.expect("the first position is free");
        }
        let item = item(position);
        Ok(Keeps::<ChecklistItem>::insert(tx, &item)?)
    });
    item.expect("an item");
    assert_eq!(positions, [1, 2]);
}

fn item(position: i32) -> Record<ChecklistItem> {
    let now = clock().now();
    Record {
        id: ids().next(),
        facts: ChecklistItem {
            production_id: id(0x11),
            label: Line::stored("x".to_owned()),
            done_at: None,
            position,
        },
        created_at: now,
        updated_at: now,
    }
}
