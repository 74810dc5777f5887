//! What is known of a contact.

#[cfg(test)]
mod tests;

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::kind;
use org_kernel::text::{Line, Prose};

use super::tag::read_tags;
use super::{Country, Email, Tag};
use crate::record::Facts;

choices! {
    /// What a contact is to the organization.
    pub enum ContactType {
        Artist = "ARTIST",
        Conductor = "CONDUCTOR",
        Soloist = "SOLOIST",
        Composer = "COMPOSER",
        Agent = "AGENT",
        Publisher = "PUBLISHER",
        Presenter = "PRESENTER",
        Venue = "VENUE",
        Supplier = "SUPPLIER",
        Substitute = "SUBSTITUTE",
        Crew = "CREW",
        Transport = "TRANSPORT",
        Hotel = "HOTEL",
        Media = "MEDIA",
        Sponsor = "SPONSOR",
        Donor = "DONOR",
        Partner = "PARTNER",
        Staff = "STAFF",
        Other = "OTHER",
    }
}

/// A person or a company that the organization deals with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: Line<200>,
    /// What the contact is to the organization.
    pub kind: ContactType,
    /// The company.
    pub company: Option<Line<200>>,
    /// The address for mail.
    pub email: Option<Email>,
    /// The telephone number, as it is written.
    pub phone: Option<Line<40>>,
    /// The city.
    pub city: Option<Line<120>>,
    /// The country.
    pub country: Option<Country>,
    /// What the contact does.
    pub role: Option<Line<120>>,
    /// What else there is to say.
    pub notes: Option<Prose<5000>>,
    /// Labels, each once.
    pub tags: Vec<Tag>,
}

impl Contact {
    /// Reads the full representation of a contact.
    pub fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name");
        let kind = fields.required("type");
        let company = fields.optional("company");
        let email = fields.optional("email");
        let phone = fields.optional("phone");
        let city = fields.optional("city");
        let country = fields.optional("country");
        let role = fields.optional("role");
        let notes = fields.optional("notes");
        let tags = read_tags(fields);
        let (name, kind) = (name?, kind?);
        Some(Self {
            name,
            kind,
            company,
            email,
            phone,
            city,
            country,
            role,
            notes,
            tags,
        })
    }
}

impl Facts for Contact {
    type Kind = kind::Contact;
}
