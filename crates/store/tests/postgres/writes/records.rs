//! What a record that is changed keeps.

use org_domain::contacts::Contact;
use org_domain::record::Record;
use org_domain::transaction::{Keeps, NoSuchObject};
use org_kernel::text::Line;

use super::{count, write};
use crate::support::{ground, id};

/// An import finds it again by the name of its source.
#[test]
fn a_contact_that_is_replaced_keeps_its_name_and_the_time_of_its_making() {
    let database = ground();
    let pg = database.pg();
    let later = "2026-02-02T00:00:00Z".parse().expect("an instant");
    let replaced = write::<_, NoSuchObject>(&pg, |tx| {
        let contact: Option<Record<Contact>> = tx.get(id(0x51))?;
        let mut contact = contact.expect("a contact");
        contact.facts.name = Line::stored("Ida".to_owned());
        (contact.created_at, contact.updated_at) = (later, later);
        Ok(Keeps::<Contact>::update(tx, &contact)?)
    });
    replaced.expect("a contact that is there");
    let kept = "SELECT count(*) AS count FROM contacts
                WHERE external_id = 'source' AND created_at = '2026-01-01Z'
                  AND (org_id = id(1) AND name = 'Ida' AND updated_at = '2026-02-02Z'
                       OR org_id = id(2) AND name = 'x' AND updated_at = '2026-01-01Z')";
    assert_eq!(count(&database, kept), 2);
}
