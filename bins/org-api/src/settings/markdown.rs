//! The settings as OPERATIONS.md lists them.

use super::GROUPS;
use super::setting::Setting;

/// A table for each group, in Markdown.
pub(crate) fn markdown() -> String {
    let tables = GROUPS.iter().map(|(heading, settings)| {
        let rows: Vec<_> = settings.iter().map(Setting::row).collect();
        format!(
            "### {heading}\n\n| flag | variable | usual | what |\n|---|---|---|---|\n{}\n",
            rows.join("\n")
        )
    });
    tables.collect::<Vec<_>>().join("\n")
}
