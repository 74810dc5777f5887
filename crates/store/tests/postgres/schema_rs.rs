//! Holds `src/schema.rs` to the database that the migrations make.
//!
//! The file is written as Diesel's own command line writes it, but that arrays hold no nulls, which
//! constraints see to. After a new migration, `UPDATE_SCHEMA=1 cargo test -p org-store --test
//! postgres` writes it anew.

use std::fmt::Write;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};
use org_store::testing::TestDatabase;

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Array<Text>)]
    key: Vec<String>,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql_type: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

const TABLES: &str = "
    SELECT c.relname::text AS name,
           ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS part(number, place)
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.number
                 ORDER BY part.place) AS key
    FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\\_\\_%'
    ORDER BY c.relname";

const COLUMNS: &str = "
    SELECT column_name::text AS name, udt_name::text AS sql_type, is_nullable = 'YES' AS nullable
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position";

#[test]
fn the_schema_is_what_the_migrations_make() {
    let database = TestDatabase::fresh();
    let expected = render(&mut database.connection());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema.rs");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&file, &expected).expect("the schema can be written");
    }
    let found = std::fs::read_to_string(&file).expect("the schema can be read");
    assert!(
        found == expected,
        "src/schema.rs is not what the migrations make; UPDATE_SCHEMA=1 writes it anew"
    );
}

fn render(conn: &mut PgConnection) -> String {
    let mut text =
        "//! The tables as the migrations make them. Generated: see `tests/postgres/schema_rs.rs`.\n"
            .to_owned();
    let tables: Vec<Table> = diesel::sql_query(TABLES).load(conn).expect("tables");
    for table in &tables {
        let columns = diesel::sql_query(COLUMNS).bind::<Text, _>(&table.name);
        let columns: Vec<Column> = columns.load(conn).expect("columns");
        let key = table.key.join(", ");
        let name = &table.name;
        write!(text, "\ndiesel::table! {{\n    {name} ({key}) {{\n").expect("a String takes it");
        for column in &columns {
            text.push_str(&render_column(column));
        }
        text.push_str("    }\n}\n");
    }
    text.push_str("\ndiesel::allow_tables_to_appear_in_same_query!(\n");
    for table in &tables {
        writeln!(text, "    {},", table.name).expect("a String takes it");
    }
    text + ");\n"
}

fn render_column(column: &Column) -> String {
    let rust_type = match column.sql_type.as_str() {
        "bool" => "Bool",
        "bytea" => "Bytea",
        "date" => "Date",
        "int2" => "Int2",
        "int4" => "Int4",
        "int8" => "Int8",
        "_int8" => "Array<Int8>",
        "jsonb" => "Jsonb",
        "text" => "Text",
        "_text" => "Array<Text>",
        "timestamptz" => "Timestamptz",
        "uuid" => "Uuid",
        "_uuid" => "Array<Uuid>",
        other => panic!("{}: no Rust type is known for {other}", column.name),
    };
    let nullable = if column.nullable {
        format!("Nullable<{rust_type}>")
    } else {
        rust_type.to_owned()
    };
    match column.name.as_str() {
        "type" => format!("        #[sql_name = \"type\"]\n        type_ -> {nullable},\n"),
        name => format!("        {name} -> {nullable},\n"),
    }
}
