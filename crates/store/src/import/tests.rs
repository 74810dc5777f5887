//! What imports leave on their connection.

use diesel::prelude::*;
use diesel::sql_types::Text;
use org_domain::import::{ExternalId, ExternalKey, ImportKind, ImportStore, Mode};
use org_domain::record::Record;
use org_domain::repertoire::Work;
use org_domain::transaction::End;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;
use uuid::Uuid;

use super::transaction::Transaction;
use crate::pg::Pg;
use crate::settings::Settings;
use crate::testing::TestDatabase;

#[diesel::declare_sql_function]
extern "SQL" {
    fn current_setting(name: Text) -> Text;
}

#[derive(QueryableByName)]
struct Statement {
    #[diesel(sql_type = Text)]
    statement: String,
}

fn with_one_connection(database: &TestDatabase) -> Pg {
    Pg::connect(&Settings {
        connections: 1.try_into().expect("one is not zero"),
        ..Settings::new(database.url().clone())
    })
}

/// A plan that is made while a table is empty is a bad one for a million rows, and a statement that
/// is kept prepared keeps its plan.
#[test]
fn no_statement_with_a_list_of_names_is_kept_prepared() {
    let database = TestDatabase::fresh();
    let pg = with_one_connection(&database);
    let name = ExternalId::stored("name".to_owned());
    let key = ExternalKey {
        kind: ImportKind::Work,
        id: name.clone(),
    };
    let org = OrgId::new(Uuid::from_u128(1));
    let imported = pg.transact(org, &Origin::OPERATOR, Mode::Keep, &mut |tx| {
        tx.begin_file()?;
        assert!(tx.resolve(std::slice::from_ref(&key))?.is_empty());
        let stored: std::collections::HashMap<_, Record<Work>> =
            tx.stored(std::slice::from_ref(&name))?;
        assert!(stored.is_empty());
        tx.end_file(true)
    });
    imported.expect("an import of nothing");
    let conn = &mut *pg.live_connection().expect("the connection");
    let kept: Vec<Statement> = diesel::sql_query("SELECT statement FROM pg_prepared_statements")
        .load(conn)
        .expect("the statements");
    let lists = kept.iter().filter(|kept| kept.statement.contains("ANY("));
    assert_eq!(lists.count(), 0);
}

/// It waits for whoever writes, and for the import before it, which may take minutes.
#[test]
fn an_import_waits_for_locks_as_long_as_it_takes_and_nobody_after_it_does() {
    let database = TestDatabase::fresh();
    let pg = with_one_connection(&database);
    let org = OrgId::new(Uuid::from_u128(1));
    let during = pg.in_transaction(org, |tx| {
        Transaction::begin(tx, &Origin::OPERATOR)?.finish()?;
        Ok((End::RollBack, lock_timeout(tx.conn)))
    });
    let after = lock_timeout(&mut pg.live_connection().expect("the connection"));
    assert_eq!((&*during.expect("an import"), &*after), ("0", "1500ms"));
}

fn lock_timeout(conn: &mut PgConnection) -> String {
    diesel::select(current_setting("lock_timeout"))
        .get_result(conn)
        .expect("a setting")
}
