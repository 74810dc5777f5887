//! The statements of lists, as PostgreSQL plans them.
//!
//! What is looked at are the very statements that the lists have prepared on their connection.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use org_domain::history::PerformanceQuery;
use org_domain::instruments::InstrumentQuery;
use org_domain::productions::{ProductionQuery, ProductionStatus};
use org_domain::query::{Lists, Query, Words};
use org_domain::repertoire::WorkQuery;
use org_domain::reports::ReportQuery;
use org_domain::resources::ResourceQuery;
use org_domain::roster::MemberQuery;
use org_domain::services::ServiceQuery;
use org_domain::tours::TourQuery;
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::page::PageRequest;
use uuid::Uuid;

use crate::pg::Pg;
use crate::settings::Settings;
use crate::testing::TestDatabase;

const ORG: Uuid = Uuid::from_u128(1);

/// Some thousand rows in each table, which is where sorting and scanning begin to cost.
const ROWS: &str = include_str!("rows.sql");

struct Ground {
    pg: Pg,
    _database: TestDatabase,
}

impl Ground {
    /// A store with one connection, so that what is prepared on it can be looked at.
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let conn = &mut database.connection();
        conn.batch_execute(ROWS).expect("rows");
        // What a trigram index has not sorted in yet is searched without it.
        conn.batch_execute("VACUUM ANALYZE").expect("a clean house");
        let one = 1.try_into().expect("one is not zero");
        let pg = Pg::connect(&Settings {
            connections: one,
            ..Settings::new(database.url().clone())
        });
        Self {
            pg,
            _database: database,
        }
    }

    /// How the statement that answers `query` is planned, with these arguments.
    fn plan<Q: Query>(&self, query: &Q, page: PageRequest, arguments: &str) -> String
    where
        Pg: Lists<Q>,
    {
        #[derive(QueryableByName)]
        struct Line {
            #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
            text: String,
        }
        let before = self.prepared();
        let page = self.pg.list(OrgId::new(ORG), query, page);
        assert_ne!(page.expect("a page").total, 0, "the rows match");
        let after = self.prepared();
        let new = after.iter().find(|name| !before.contains(name));
        let name = new.expect("the statement is kept prepared");
        let explain = format!("EXPLAIN EXECUTE {name} ({arguments})");
        let conn = &mut *self.pg.live_connection().expect("a connection");
        let lines: Vec<Line> = diesel::sql_query(explain).load(conn).expect("a plan");
        lines.into_iter().map(|line| line.text + "\n").collect()
    }

    fn run(&self, statement: &str) {
        let conn = &mut *self.pg.live_connection().expect("a connection");
        conn.batch_execute(statement).expect("it runs");
    }

    /// Asks for the first page again and again; then one plan is kept of its statement, as PostgreSQL makes
    /// one after five calls unless it believes that it is worse than one for the values of a call.
    fn assert_planned_once<Q: Query>(&self, query: &Q)
    where
        Pg: Lists<Q>,
    {
        #[derive(QueryableByName)]
        struct Plans {
            #[diesel(sql_type = BigInt)]
            most: i64,
        }
        for _ in 0..20 {
            let page = self.pg.list(OrgId::new(ORG), query, PageRequest::default());
            assert_ne!(page.expect("a page").total, 0, "the rows match");
        }
        let most = "SELECT max(custom_plans)::bigint AS most FROM pg_prepared_statements
            WHERE statement LIKE '%LIMIT%'";
        let conn = &mut *self.pg.live_connection().expect("a connection");
        let Plans { most } = diesel::sql_query(most).get_result(conn).expect("a number");
        assert_eq!(most, 5, "{}", std::any::type_name::<Q>());
    }

    /// The names of the lists' statements on the one connection.
    fn prepared(&self) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Statement {
            #[diesel(sql_type = Text)]
            name: String,
        }
        let query = "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%LIMIT%'";
        let conn = &mut *self.pg.live_connection().expect("a connection");
        let statements: Vec<Statement> = diesel::sql_query(query).load(conn).expect("a list");
        statements
            .into_iter()
            .map(|statement| statement.name)
            .collect()
    }

    /// The first page of a list comes out of an index in its order; at most, rows that are equal in
    /// the index are put in order, and those of the page, which are few.
    fn assert_not_sorted<Q: Query>(&self, query: &Q, page: PageRequest, arguments: &str)
    where
        Pg: Lists<Q>,
    {
        let plan = self.plan(query, page, arguments);
        let (_, page) = plan.split_once("Limit").expect("a page");
        assert!(
            !page.replace("Incremental Sort", "").contains("Sort  ("),
            "{plan}"
        );
    }
}

/// Looks at the first page of every list; `bounds` are the last arguments of those that can be searched.
fn assert_none_is_sorted(page: PageRequest, bounds: &str) {
    let ground = Ground::new();
    let counted = format!("'{ORG}', '{ORG}', {}, 0", page.limit());
    let of_members = format!("'{ORG}', '{ORG}'{bounds}");
    let versioned = format!("'{ORG}', {of_members}");
    ground.assert_not_sorted(&ProductionQuery::default(), page, &versioned);
    let drafts = ProductionQuery {
        status: Some(ProductionStatus::Draft),
        words: None,
    };
    ground.assert_not_sorted(&drafts, page, &versioned);
    ground.assert_not_sorted(&ServiceQuery::default(), page, &counted);
    ground.assert_not_sorted(&WorkQuery::default(), page, &versioned);
    ground.assert_not_sorted(&MemberQuery::default(), page, &of_members);
    ground.assert_not_sorted(&ResourceQuery, page, &counted);
    ground.assert_not_sorted(&InstrumentQuery, page, &counted);
    ground.assert_not_sorted(&TourQuery, page, &counted);
    ground.assert_not_sorted(&ReportQuery, page, &counted);
    ground.assert_not_sorted(&PerformanceQuery::default(), page, &versioned);
}

#[test]
fn a_first_page_does_not_sort_the_table() {
    assert_none_is_sorted(PageRequest::default(), "");
}

#[test]
fn a_first_page_of_another_length_does_not_sort_the_table() {
    let ten = PageRequest::new(1, 10).expect("ten of them");
    assert_none_is_sorted(ten, ", 10, 0");
}

/// To plan a page for each call costs as much as to read it. (To count the total of a page costs more.)
#[test]
fn a_first_page_is_not_planned_for_each_call() {
    let ground = Ground::new();
    ground.assert_planned_once(&ProductionQuery::default());
    ground.assert_planned_once(&WorkQuery::default());
    ground.assert_planned_once(&PerformanceQuery::default());
}

/// A few among thousands, also before PostgreSQL has heard that there is any, and planned once for all.
#[test]
fn a_page_of_a_rare_status_reads_no_other() {
    let ground = Ground::new();
    ground.run(
        "UPDATE productions SET status = 'CONFIRMED'; ANALYZE productions;
         UPDATE productions SET status = 'DRAFT' WHERE start_date < '1900-03-01';
         SET plan_cache_mode = force_generic_plan",
    );
    let drafts = ProductionQuery {
        status: Some(ProductionStatus::Draft),
        words: None,
    };
    let versioned = format!("'{ORG}', '{ORG}', '{ORG}'");
    let plan = ground.plan(&drafts, PageRequest::default(), &versioned);
    let (_, page) = plan.split_once("Limit").expect("a page");
    assert!(
        page.contains("productions_of_a_status_latest_first"),
        "{plan}"
    );
}

/// The plans of one search in each collection that is searched.
fn plans(ground: &Ground, word: &str, conditions: &str) -> [(String, &'static str); 4] {
    let words = Some(Words::from_text(word).expect("a word"));
    let usual = PageRequest::default();
    let unversioned = format!("'{ORG}', {conditions}");
    let versioned = format!("'{ORG}', {conditions}, '{ORG}'");
    let productions = ProductionQuery {
        words: words.clone(),
        status: None,
    };
    let of_works = WorkQuery {
        composer: words.clone(),
        words: None,
    };
    let members = MemberQuery {
        words: words.clone(),
    };
    let performances = PerformanceQuery {
        conductor: words,
        ..PerformanceQuery::default()
    };
    [
        (
            ground.plan(&productions, usual, &versioned),
            "productions_by_parts_of_words",
        ),
        (
            ground.plan(&of_works, usual, &versioned),
            "works_by_parts_of_words",
        ),
        (
            ground.plan(&members, usual, &unversioned),
            "members_by_parts_of_words",
        ),
        (
            ground.plan(&performances, usual, &versioned),
            "performances_by_parts_of_words",
        ),
    ]
}

#[test]
fn a_search_is_looked_up_by_parts_of_words() {
    let ground = Ground::new();
    for (plan, index) in plans(&ground, "needle", "'%needle%', '{%needle%}'") {
        assert_eq!(plan.matches(index).count(), 1, "one pass: {plan}");
    }
}

/// Planned once for all organizations, as a statement is that was asked a few times, it reads the one
/// organization by an index, and neither the table nor the trigrams of all.
#[test]
fn a_search_for_what_has_no_trigram_reads_one_organization() {
    let ground = Ground::new();
    let once_for_all = "SET plan_cache_mode = force_generic_plan";
    ground.run(once_for_all);
    let conditions = format!("'{}', '{}', '{{%ne%}}'", Uuid::nil(), Uuid::max());
    for (plan, index) in plans(&ground, "ne", &conditions) {
        assert!(plan.contains("Index Cond: ((org_id"), "{plan}");
        let (table, _) = index.split_once("_by_").expect("an index of a table");
        let whole_table = format!("Seq Scan on {table} ");
        assert!(!plan.contains(index), "{plan}");
        assert!(!plan.contains(&whole_table), "{plan}");
    }
}

/// However many words a search has, it is the same few statements that answer it.
#[test]
fn the_number_of_words_makes_no_new_statements() {
    let ground = Ground::new();
    let ask = |words: &str| {
        let query = ProductionQuery {
            words: Some(Words::from_text(words).expect("words")),
            status: None,
        };
        let page = ground
            .pg
            .list(OrgId::new(ORG), &query, PageRequest::default());
        page.expect("a page");
    };
    for words in ["a", "one", "one two"] {
        ask(words);
    }
    let few = ground.prepared().len();
    for words in ["a b", "one a", "one two six", "a b c d e f one two six ten"] {
        ask(words);
    }
    assert_eq!(ground.prepared().len(), few);
}
