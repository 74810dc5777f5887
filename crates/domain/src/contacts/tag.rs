//! Labels of contacts.

use std::collections::HashSet;

use org_kernel::field::Fields;
use org_kernel::text::Line;

/// A label.
pub type Tag = Line<40>;

/// The most labels that one contact can have, once duplicates are dropped.
const MAX: usize = 50;

/// Reads the list in the field `tags`; of tags that differ in case alone the first is kept.
pub(super) fn read_tags(fields: &mut Fields) -> Vec<Tag> {
    let mut seen = HashSet::new();
    let mut tags: Vec<Tag> = fields.texts("tags");
    tags.retain(|tag| seen.insert(tag.as_str().to_uppercase()));
    if tags.len() > MAX {
        fields.reject::<()>("tags", format!("must have at most {MAX} different tags"));
    }
    tags
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(tags: &[String]) -> (Vec<String>, bool) {
        let serde_json::Value::Object(object) = json!({ "tags": tags }) else {
            unreachable!()
        };
        let mut fields = Fields::new(object);
        let tags = read_tags(&mut fields);
        (
            tags.into_iter().map(Tag::into_string).collect(),
            fields.finish().is_ok(),
        )
    }

    #[test]
    fn of_tags_that_differ_in_case_alone_the_first_is_kept() {
        let (tags, accepted) = read(&[
            "Baroque ".into(),
            "BAROQUE".into(),
            "élan".into(),
            "ÉLAN".into(),
            "Straße".into(),
            "STRASSE".into(),
            "σασ".into(),
            "σας".into(),
        ]);
        assert_eq!(tags, ["Baroque", "élan", "Straße", "σασ"]);
        assert!(accepted);
    }

    #[test]
    fn duplicates_are_dropped_before_tags_are_counted() {
        let distinct = |count: usize| (0..count).map(|n| format!("tag {n}")).collect::<Vec<_>>();
        assert!(read(&[distinct(50), distinct(50)].concat()).1);
        assert!(!read(&distinct(51)).1);
    }
}
