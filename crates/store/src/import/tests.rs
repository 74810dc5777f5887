//! What imports leave on their connection.

use diesel::prelude::*;
use diesel::sql_types::Text;
use org_domain::import::{ExternalId, ExternalKey, ImportKind, ImportStore, Mode};
use org_domain::record::Record;
use org_domain::repertoire::Work;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;
use uuid::Uuid;

use crate::pg::Pg;
use crate::settings::Settings;
use crate::testing::TestDatabase;

#[derive(QueryableByName)]
struct Statement {
    #[diesel(sql_type = Text)]
    statement: String,
}

/// A plan that is made while a table is empty is a bad one for a million rows, and a statement that
/// is kept prepared keeps its plan.
#[test]
fn no_statement_with_a_list_of_names_is_kept_prepared() {
    let database = TestDatabase::fresh();
    let pg = Pg::connect(&Settings {
        connections: 1.try_into().expect("one is not zero"),
        ..Settings::new(database.url().clone())
    });
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
