//! A new contact.

use org_auth::scope::WriteContacts;
use org_domain::contacts as domain;
use org_domain::transaction::Transaction;
use org_kernel::StoreError;

use super::Contact;
use crate::answer::Created;
use crate::call::{Names, Write};
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const CREATE: About = About {
    id: "createContact",
    tag: tags::CONTACTS,
    summary: "Add a contact",
    description: "Adds a person or a company to the address book.",
};

pub(crate) async fn create(
    call: Write<WriteContacts, CreateContact>,
) -> Result<Created<Contact>, Failure> {
    call.create(|api, tx, CreateContact(contact)| Ok(api.contacts.create(tx, contact)?.into()))
        .await
}

/// Which contact to add.
pub(crate) struct CreateContact(domain::Contact);

impl Input for CreateContact {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        arguments.body().map(Self)
    }
}

impl Names for CreateContact {
    fn exist(&self, _: &mut dyn Transaction) -> Result<bool, StoreError> {
        Ok(true)
    }
}
