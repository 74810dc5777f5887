//! Another representation of a contact.

use org_auth::scope::WriteContacts;
use org_domain::contacts as domain;
use org_domain::transaction::{Holds, Transaction};
use org_kernel::id::ContactId;
use org_kernel::{StoreError, WriteError};

use super::Contact;
use crate::answer::Changed;
use crate::call::{Names, Write};
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const REPLACE: About = About {
    id: "replaceContact",
    tag: tags::CONTACTS,
    summary: "Replace a contact",
    description: "Replaces all that is known of a contact by what is sent: what is left out becomes \
        null, or empty.",
};

pub(crate) async fn replace(
    call: Write<WriteContacts, ReplaceContact>,
) -> Result<Changed<Contact>, Failure> {
    call.change(|api, tx, ReplaceContact { id, contact }| {
        let replaced = api.contacts.replace(tx, *id, contact);
        Ok(replaced.map_err(WriteError::refused_as)?.into())
    })
    .await
}

/// Which contact, and what it becomes.
pub(crate) struct ReplaceContact {
    id: ContactId,
    contact: domain::Contact,
}

impl Input for ReplaceContact {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        let id = arguments.path_id("id", "The contact.");
        let contact = arguments.body()?;
        Some(Self { id, contact })
    }
}

impl Names for ReplaceContact {
    fn exist(&self, tx: &mut dyn Transaction) -> Result<bool, StoreError> {
        Holds::<domain::Contact>::holds(tx, self.id)
    }
}
