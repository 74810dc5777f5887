//! Records that somebody else holds, as an import holds the contacts of its organization.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use org_domain::contacts::Contact;
use org_domain::record::Record;
use org_domain::transaction::{Keeps, NoSuchObject};
use org_kernel::{StoreError, WriteError};
use org_store::{Pg, Settings};

use super::write;
use crate::support::{ground, id};

/// Longer than this no server works on a statement, and so no request waits for one.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(20);

fn replace(pg: &Pg, contact: u128) -> Result<(), WriteError<NoSuchObject>> {
    write(pg, |tx| {
        let contact: Option<Record<Contact>> = tx.get(id(contact))?;
        Ok(Keeps::<Contact>::update(tx, &contact.expect("a contact"))?)
    })
}

/// Whoever waited would keep its connection from everybody else.
#[test]
fn a_record_that_is_held_is_unavailable_soon_and_others_are_there() {
    let database = ground();
    let pg = Pg::connect(&Settings {
        connections: 1.try_into().expect("one is not zero"),
        statement_timeout: STATEMENT_TIMEOUT,
        ..Settings::new(database.url().clone())
    });
    let holder = &mut database.connection();
    let another = "INSERT INTO contacts (org_id, id, name, type, tags, created_at, updated_at)
                   VALUES (id(1), id(53), 'x', 'OTHER', '{}', now(), now())";
    holder.batch_execute(another).expect("another contact");
    let hold = "BEGIN; SELECT FROM contacts WHERE id = id(51) FOR NO KEY UPDATE";
    holder.batch_execute(hold).expect("the contact is held");

    let begun = Instant::now();
    let outcome = replace(&pg, 0x51);
    let unavailable = matches!(outcome, Err(WriteError::Store(StoreError::Unavailable(_))));
    assert!(unavailable, "{outcome:?}");
    assert!(begun.elapsed() < STATEMENT_TIMEOUT / 2, "it is said soon");
    replace(&pg, 0x53).expect("nobody holds that one");

    holder.batch_execute("COMMIT").expect("it is let go");
    replace(&pg, 0x51).expect("nobody holds it any more");
}
