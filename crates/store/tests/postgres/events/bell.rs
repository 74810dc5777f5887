//! Events that are committed wake whoever dispatches them.

use std::time::Duration;

use org_domain::import::{ImportStore, Mode};
use org_domain::transaction::End;
use org_kernel::audit::Origin;

use super::{Ground, event};

const NOW: Duration = Duration::ZERO;

#[test]
fn the_bell_is_rung_when_events_were_committed() {
    let ground = Ground::new();
    let mut listener = ground.pg.clone().bell().listen();
    ground.tell(ground.org, &[1], End::Commit);
    assert!(listener.wait(NOW));
}

#[test]
fn the_bell_is_silent_when_there_is_nothing_to_dispatch() {
    let ground = Ground::new();
    let mut listener = ground.pg.bell().listen();
    ground.tell(ground.org, &[], End::Commit);
    ground.tell(ground.org, &[1], End::RollBack);
    import(&ground, Mode::Rehearse);
    assert!(!listener.wait(NOW));
}

#[test]
fn the_bell_is_rung_when_an_import_has_committed_events() {
    let ground = Ground::new();
    let mut listener = ground.pg.bell().listen();
    import(&ground, Mode::Keep);
    assert!(listener.wait(NOW));
}

fn import(ground: &Ground, mode: Mode) {
    let pg: &dyn ImportStore = &ground.pg;
    let imported = pg.transact(ground.org, &Origin::OPERATOR, mode, &mut |tx| {
        tx.append(event(1))
    });
    imported.expect("a database that answers");
}
