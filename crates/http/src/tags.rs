//! The sections of the documentation.

pub(crate) const ORGANIZATION: &str = "Organization";
pub(crate) const PROGRAMME: &str = "Programme";
pub(crate) const REPERTOIRE: &str = "Repertoire";
pub(crate) const PERSONNEL: &str = "Personnel";
pub(crate) const RESOURCES: &str = "Resources";
pub(crate) const CONTACTS: &str = "Contacts";
pub(crate) const REPORTS: &str = "Reports";
pub(crate) const EVENTS: &str = "Events";
pub(crate) const DISCOVERY: &str = "Discovery";

/// Every section, with what stands in it.
pub(crate) const TAGS: &[(&str, &str)] = &[
    (ORGANIZATION, "The organization itself."),
    (PROGRAMME, "Productions, their services, and tours."),
    (REPERTOIRE, "Works, and when they were played."),
    (PERSONNEL, "Who plays where, and what members ask for."),
    (
        RESOURCES,
        "Rooms, equipment and instruments, and who has booked them.",
    ),
    (CONTACTS, "The address book."),
    (REPORTS, "What was reported."),
    (EVENTS, "What happened, in order."),
    (
        DISCOVERY,
        "What the API is, and whether it is there. No key is needed.",
    ),
];
