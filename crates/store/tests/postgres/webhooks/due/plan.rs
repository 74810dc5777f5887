//! Plans, as PostgreSQL explains them.

use std::fmt;

use serde_json::Value;

/// A plan.
pub(super) struct Plan(Value);

impl Plan {
    pub(super) fn of(explained: &str) -> Self {
        Self(serde_json::from_str(explained).expect("a plan in JSON"))
    }

    /// How many pages were read or found in memory; of a plan that was run.
    pub(super) fn pages(&self) -> u64 {
        let top = &self.0[0]["Plan"];
        let pages = |name: &str| top[name].as_u64().expect("a plan that was run");
        pages("Shared Hit Blocks") + pages("Shared Read Blocks")
    }

    /// How many pairs of rows were compared that did not belong together; of a plan that was run.
    pub(super) fn compared_in_vain(&self) -> u64 {
        let mut compared = Vec::new();
        gather(&self.0, "Rows Removed by Join Filter", &mut compared);
        compared.iter().sum()
    }

    /// The nodes that read a table: of each its kind, and its index if it has one.
    pub(super) fn nodes_on(&self, table: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(&self.0, table, &mut found);
        found
    }

    /// True if what it reads of any table is found by an index, and by this one too.
    pub(super) fn finds_by(&self, index: &str) -> bool {
        let plan = self.to_string();
        !plan.contains("Seq Scan") && plan.contains(&format!("\"{index}\""))
    }
}

fn gather(value: &Value, figure: &str, found: &mut Vec<u64>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, figure, found)),
        Value::Object(fields) => {
            found.extend(fields.get(figure).and_then(Value::as_u64));
            fields
                .values()
                .for_each(|value| gather(value, figure, found));
        }
        _ => {}
    }
}

fn collect(value: &Value, table: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, table, found)),
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            if text("Relation Name") == Some(table) && text("Node Type") != Some("ModifyTable") {
                let kind = text("Node Type").unwrap_or_default().to_owned();
                let index = text("Index Name").unwrap_or_default().to_owned();
                found.push((kind, index));
            }
            fields
                .values()
                .for_each(|value| collect(value, table, found));
        }
        _ => {}
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}
