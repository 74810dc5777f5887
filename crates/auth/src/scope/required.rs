//! Scopes as types, for the signatures of handlers.

use super::Scope;

/// A type that stands for one scope; never a value.
pub trait RequiredScope: 'static {
    /// The scope that it stands for.
    const SCOPE: Scope;
}

macro_rules! required {
    ($($name:ident),+ $(,)?) => {
        $(
            #[doc = concat!("Requires [`Scope::", stringify!($name), "`].")]
            #[derive(Debug)]
            pub enum $name {}

            impl RequiredScope for $name {
                const SCOPE: Scope = Scope::$name;
            }
        )+

        #[cfg(test)]
        const REQUIRED: &[Scope] = &[$($name::SCOPE),+];
    };
}

required!(
    ReadOperations,
    ReadPersonnel,
    ReadResources,
    WriteContacts,
    WriteBookings,
    WriteChecklist,
    WriteRequests,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_can_be_required() {
        assert_eq!(REQUIRED, Scope::ALL);
    }
}
