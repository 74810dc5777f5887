//! Promises about the address book.

use org_kernel::WriteError;
use org_kernel::id::{ContactId, Id, kind};
use serde_json::{Value, json};

use super::Subject;
use super::facts::uuid;
use super::office::Office;
use super::samples::contact;
use crate::contacts::{Contact, Contacts};
use crate::record::Record;
use crate::transaction::NoSuchObject;

/// A new contact is in the trail with all that is known of it, its address for mail made unreadable.
pub fn a_new_contact_is_noted<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let (ida, news) = office.news(|| create(&office, ida("ida@secret.example")));
    assert_eq!(office.stored(ida.id), Some(ida.clone()));
    assert_eq!(news.types(), [""; 0]);
    let expected = json!({
        "name": { "old": null, "new": "Ida" }, "type": { "old": null, "new": "AGENT" },
        "email": { "old": null, "new": "***" }, "city": { "old": null, "new": "Praha" },
        "tags": { "old": null, "new": ["été"] },
    });
    assert_eq!(*news.noted("contact.created"), expected);
    assert_eq!(news.entries[0].subject, Some(ida.id.into()));
    assert_eq!(news.entries[0].at, ida.created_at);
}

/// What a contact is replaced by is all that is known of it; the trail has what differs.
pub fn a_contact_is_replaced_whole<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let before = create(&office, ida("ida@secret.example"));
    let next = json!({ "name": "Ida", "type": "AGENT", "email": "other@secret.example" });
    let (after, news) = office.news(|| replace(&office, before.id, next.clone()));
    let after = after.expect("a contact that is there");
    assert_eq!(after.facts, contact(next));
    assert_eq!(after.created_at, before.created_at);
    assert!(after.updated_at > before.updated_at);
    assert_eq!(office.stored(before.id), Some(after));
    let expected = json!({
        "email": { "old": "***", "new": "***" }, "city": { "old": "Praha", "new": null },
        "tags": { "old": ["été"], "new": [] },
    });
    assert_eq!(*news.noted("contact.replaced"), expected);
    let trail = format!("{:?}", office.entries());
    assert!(!trail.contains("secret.example"), "{trail}");
}

/// A contact that is replaced by the same stays as it is, and nobody is told.
pub fn a_contact_that_says_the_same_is_left_alone<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let before = create(&office, ida("a@b.at"));
    let after = office.in_silence(|| replace(&office, before.id, ida("a@b.at")));
    assert_eq!(after.as_ref(), Ok(&before));
    assert_eq!(office.stored(before.id), Some(before));
}

/// Another organization's contact is no contact, like one that never was.
pub fn only_ones_own_contacts_are_replaced<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let contact = create(&theirs, ida("a@b.at"));
    for id in [contact.id, Id::new(uuid(99)), Id::nobody()] {
        let refusal = ours.in_silence(|| replace(&ours, id, ida("c@d.at")));
        assert_eq!(refusal, Err(NoSuchObject));
    }
    assert_eq!(theirs.stored(contact.id), Some(contact));
}

/// A contact that was imported can be replaced, and the next import finds it under its name.
pub fn an_imported_contact_keeps_its_name<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let row = json!({ "kind": "contact", "externalId": "ä", "name": "Ida", "type": "AGENT" });
    office.import(std::slice::from_ref(&row));
    let id: ContactId = office.imported::<kind::Contact>("ä");
    replace(&office, id, ida("a@b.at")).expect("a contact that was imported");
    assert_eq!(office.imported::<kind::Contact>("ä"), id);
    office.import(&[row]);
    let again = office.stored::<Contact>(id).expect("the same contact");
    assert_eq!(
        again.facts,
        contact(json!({ "name": "Ida", "type": "AGENT" }))
    );
}

fn ida(email: &str) -> Value {
    json!({ "name": "Ida", "type": "AGENT", "email": email, "city": "Praha", "tags": ["été"] })
}

fn create<S: Subject>(office: &Office<'_, S>, fields: Value) -> Record<Contact> {
    let contacts = Contacts::new(office.clock(), office.ids());
    let contact = contact(fields);
    office.done(|tx| contacts.create(tx, &contact).map_err(WriteError::from))
}

fn replace<S: Subject>(
    office: &Office<'_, S>,
    id: ContactId,
    fields: Value,
) -> Result<Record<Contact>, NoSuchObject> {
    let contacts = Contacts::new(office.clock(), office.ids());
    let contact = contact(fields);
    office.write(|tx| contacts.replace(tx, id, &contact))
}
