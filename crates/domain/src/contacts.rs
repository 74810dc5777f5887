//! The address book.

mod contact;
mod country;
mod email;
mod tag;
mod view;

use std::sync::Arc;

use org_kernel::audit::Journal;
use org_kernel::clock::Clock;
use org_kernel::id::ContactId;
use org_kernel::id_source::IdSource;
use org_kernel::{StoreError, WriteError};

pub use contact::{Contact, ContactType};
pub use country::Country;
pub use email::Email;
pub use tag::Tag;

use self::view::{ContactView, MASKED};
use crate::desk::{Desk, Replaced};
use crate::record::Record;
use crate::transaction::{Keeps, NoSuchObject};

/// What is done with contacts.
#[derive(Clone)]
pub struct Contacts {
    desk: Desk,
}

impl Contacts {
    /// Contacts of this time, under these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Adds a contact.
    pub fn create<T: Keeps<Contact> + Journal + ?Sized>(
        &self,
        tx: &mut T,
        contact: &Contact,
    ) -> Result<Record<Contact>, StoreError> {
        let contact = self.desk.record(contact.clone());
        tx.insert(&contact)?;
        let change = self
            .desk
            .change(contact.created_at, "contact.created", contact.id);
        tx.note(change.between(None, &ContactView::from(&contact), MASKED)?)?;
        Ok(contact)
    }

    /// Replaces all that is known of a contact.
    pub fn replace<T: Keeps<Contact> + Journal + ?Sized>(
        &self,
        tx: &mut T,
        id: ContactId,
        contact: &Contact,
    ) -> Result<Record<Contact>, WriteError<NoSuchObject>> {
        let replaced = self.desk.replace(tx, id, |_, _| Ok(contact.clone()))?;
        let (before, contact) = match replaced {
            Replaced::Unchanged(contact) => return Ok(contact),
            Replaced::Changed { before, now } => (before, now),
        };
        let change = self.desk.change(contact.updated_at, "contact.replaced", id);
        let (before, now) = (ContactView::from(&before), ContactView::from(&contact));
        tx.note(change.between(Some(&before), &now, MASKED)?)?;
        Ok(contact)
    }
}
