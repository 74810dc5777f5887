//! Scopes: what a key may do, one word for each.
//!
//! A handler names the scope that it needs by a type that implements [`RequiredScope`], so that the
//! check, the route table and the published description read one and the same place.

use org_kernel::choices;

mod required;
mod set;

pub use required::{
    ReadOperations, ReadPersonnel, ReadResources, RequiredScope, WriteBookings, WriteChecklist,
    WriteContacts, WriteRequests,
};
pub use set::ScopeSet;

choices! {
    /// One thing that a key may be allowed to do. A scope to write implies none to read.
    pub enum Scope {
        ReadOperations = "org:read:operations",
        ReadPersonnel = "org:read:personnel",
        ReadResources = "org:read:resources",
        WriteContacts = "org:write:contacts",
        WriteBookings = "org:write:bookings",
        WriteChecklist = "org:write:checklist",
        WriteRequests = "org:write:requests",
    }
}

impl Scope {
    /// What the scope allows, as a phrase for people that begins with a verb.
    pub const fn grants(self) -> &'static str {
        match self {
            Self::ReadOperations => {
                "Read the organization's profile, its productions, services, works, tours and \
                 performance history, and what is known about its reports"
            }
            Self::ReadPersonnel => {
                "Read who plays where: names, roles, sections and chairs, without e-mail addresses"
            }
            Self::ReadResources => {
                "Read rooms, equipment and instruments, without serial numbers and insured values"
            }
            Self::WriteContacts => "Add contacts to the address book and replace them",
            Self::WriteBookings => "Book resources and cancel bookings",
            Self::WriteChecklist => "Add items to a production's checklist and tick them off",
            Self::WriteRequests => "Hand in requests for members",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_scope_says_what_it_alone_grants() {
        let grants: HashSet<_> = Scope::ALL.iter().map(|scope| scope.grants()).collect();
        assert_eq!(grants.len(), Scope::ALL.len());
    }
}
