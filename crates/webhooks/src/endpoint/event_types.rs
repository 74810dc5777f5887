//! The types of events that an endpoint hears of.

use org_kernel::field::{FieldErrors, Invalid};

/// At least one type of event, none twice, in the order in which they were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventTypes(Vec<String>);

impl EventTypes {
    /// Takes names that are all in `catalogue`; a name that comes again is passed over.
    ///
    /// The errors are of the field `field`: of the whole list if it is empty, or else of the first name
    /// that is unknown. One is enough, since its message has all names that there are.
    pub fn of(
        names: &[impl AsRef<str>],
        catalogue: &[&str],
        field: &str,
    ) -> Result<Self, FieldErrors> {
        if names.is_empty() {
            return Err(FieldErrors::of(field, "must have at least one event type"));
        }
        let mut types: Vec<String> = Vec::new();
        for (place, name) in names.iter().map(AsRef::as_ref).enumerate() {
            if !catalogue.contains(&name) {
                let unknown = Invalid::not_one_of(catalogue);
                return Err(FieldErrors::of(format!("{field}[{place}]"), unknown));
            }
            if types.iter().all(|known| known != name) {
                types.push(name.to_owned());
            }
        }
        Ok(Self(types))
    }

    /// Takes names back that were of this type when they were stored, whatever the catalogue has by now.
    pub const fn stored(names: Vec<String>) -> Self {
        Self(names)
    }

    /// The names.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// True if this type of event is among them.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &[&str] = &["a.made", "b.made", "c.made"];

    fn of(names: &[&str]) -> Result<EventTypes, FieldErrors> {
        EventTypes::of(names, CATALOGUE, "eventTypes")
    }

    #[test]
    fn types_keep_their_order_and_none_stands_twice() {
        let types = of(&["c.made", "a.made", "c.made", "c.made"]).expect("known types");
        assert_eq!(types.names(), ["c.made", "a.made"]);
        assert!(types.has("a.made"));
        assert!(!types.has("b.made"));
    }

    #[test]
    fn an_unknown_type_is_refused_with_those_that_are_known() {
        for unknown in ["", "*", "a", "A.made", " a.made", "a.made\0"] {
            let refused = of(&["b.made", unknown, "also unknown"]).expect_err(unknown);
            let errors: Vec<_> = refused.iter().collect();
            let message = "must be one of a.made, b.made, c.made";
            assert_eq!(errors, [("eventTypes[1]", message)], "{unknown:?}");
        }
    }

    #[test]
    fn there_is_at_least_one_type() {
        let refused = of(&[]).expect_err("nothing was asked for");
        let expected = FieldErrors::of("eventTypes", "must have at least one event type");
        assert_eq!(refused, expected);
    }
}
