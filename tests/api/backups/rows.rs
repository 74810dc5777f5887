//! How many rows there are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// How many rows each table of the schema has.
pub(super) fn counts(conn: &mut PgConnection) -> BTreeMap<String, i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let ask = "SELECT c.relname::text AS name, \
               (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM public.%I', \
               c.relname), false, true, '')))[1]::text::bigint AS rows \
               FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace";
    let counts = diesel::sql_query(ask).load::<Count>(conn).expect("counts");
    counts.into_iter().map(|it| (it.name, it.rows)).collect()
}

/// How many rows of each table the dump itself holds, as PostgreSQL's own program tells it.
pub(super) fn dumped(file: &Path) -> BTreeMap<String, i64> {
    let bin = std::env::var_os("PG_BIN_DIR").map(PathBuf::from);
    let restore = bin.map_or("pg_restore".into(), |bin| bin.join("pg_restore"));
    let output = Command::new(restore)
        .args(["--data-only", "--file=-"])
        .arg(file)
        .output()
        .expect("pg_restore runs");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    let (mut counts, mut table) = (BTreeMap::new(), None);
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("COPY public.") {
            let name = rest.split(' ').next().expect("a table").trim_matches('"');
            counts.insert(name.to_owned(), 0);
            table = Some(name.to_owned());
        } else if line == "\\." {
            table = None;
        } else if let Some(table) = &table {
            *counts.get_mut(table).expect("a table that was begun") += 1;
        }
    }
    counts
}
