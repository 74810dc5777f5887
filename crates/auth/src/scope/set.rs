//! The scopes of one key.

use std::fmt;

use org_kernel::field::{FromText, Invalid};

use super::Scope;

/// A set of scopes, one bit for each; it iterates in the order in which scopes are declared.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ScopeSet(u8);

impl ScopeSet {
    /// No scope: a key that may do nothing.
    pub const NONE: Self = Self(0);

    /// Every scope there is.
    pub fn all() -> Self {
        Scope::ALL.iter().copied().collect()
    }

    /// Reads a list of names; naming a scope twice is naming it once.
    ///
    /// An unknown name is refused with the list of those that exist.
    pub fn parse<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, Invalid> {
        names.into_iter().map(Scope::from_text).collect()
    }

    /// True when `scope` is in the set.
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & Self::bit(scope) != 0
    }

    /// True when no scope is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The scopes in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        let all = Scope::ALL.iter().copied();
        all.filter(move |scope| self.contains(*scope))
    }

    const fn bit(scope: Scope) -> u8 {
        1 << scope as u8
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(
            scopes
                .into_iter()
                .fold(0, |bits, scope| bits | Self::bit(scope)),
        )
    }
}

impl fmt::Debug for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_set_lists_its_scopes_in_the_order_of_declaration() {
        let set = ScopeSet::parse(["org:write:requests", "org:read:personnel"]);
        let listed: Vec<_> = set.expect("two scopes").iter().collect();
        assert_eq!(listed, [Scope::ReadPersonnel, Scope::WriteRequests]);
    }

    #[test]
    fn an_unknown_scope_spoils_the_list() {
        for name in [
            "",
            "org:read",
            "ORG:READ:OPERATIONS",
            "org:read:operations ",
        ] {
            let refusal = ScopeSet::parse(["org:read:personnel", name]).unwrap_err();
            let message = refusal.to_string();
            assert!(
                message.starts_with("must be one of org:read:operations, "),
                "{message}"
            );
        }
    }

    #[test]
    fn nothing_is_in_the_empty_set_and_everything_in_the_full_one() {
        assert!(ScopeSet::NONE.is_empty());
        assert!(ScopeSet::all().iter().eq(Scope::ALL.iter().copied()));
        assert!(
            !Scope::ALL
                .iter()
                .any(|scope| ScopeSet::NONE.contains(*scope))
        );
    }

    proptest! {
        #[test]
        fn a_set_holds_what_it_was_made_of_and_nothing_else(
            chosen in prop::collection::vec(prop::sample::select(Scope::ALL), 0..12)
        ) {
            let set: ScopeSet = chosen.iter().copied().collect();
            for scope in Scope::ALL {
                prop_assert_eq!(set.contains(*scope), chosen.contains(scope));
            }
        }
    }
}
