//! There is always an owner, whatever program writes.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use org_auth::user::Role::{Admin, Owner, Viewer};
use org_auth::user::UserRef;

use super::House;
use crate::catalog::lines;
use crate::support::wait_until;

const KEEP_AN_OWNER: &str = "organizations_keep_an_owner";

/// The name of the constraint that refuses to do this to a user; `None` if it is done.
fn refusal(conn: &mut PgConnection, statement: &str, user: UserRef) -> Option<String> {
    match conn.batch_execute(&of(statement, user)) {
        Ok(()) => None,
        Err(Error::DatabaseError(_, said)) => Some(said.constraint_name()?.to_owned()),
        Err(error) => panic!("{error}"),
    }
}

fn of(statement: &str, user: UserRef) -> String {
    format!("{statement} WHERE id = '{}'", user.id.uuid())
}

const DEMOTE: &str = "UPDATE users SET role = 'VIEWER'";
const REMOVE: &str = "UPDATE users SET removed_at = now()";
const UNJOIN: &str = "UPDATE users SET joined_at = NULL";

#[test]
fn the_last_owner_who_has_joined_stays_whoever_else_is_there() {
    let house = House::new();
    let owner = house.joined(1, Owner);
    house.invited(2, Owner);
    house.joined(3, Admin);
    let conn = &mut house.database.connection();
    for statement in [DEMOTE, REMOVE, UNJOIN] {
        let refused = refusal(conn, statement, owner);
        assert_eq!(refused.as_deref(), Some(KEEP_AN_OWNER), "{statement}");
    }
}

#[test]
fn one_of_two_owners_goes_and_then_the_other_stays() {
    for statement in [DEMOTE, REMOVE] {
        let house = House::new();
        let [one, other] = [1, 2].map(|number| house.joined(number, Owner));
        let conn = &mut house.database.connection();
        assert_eq!(refusal(conn, statement, one), None, "{statement}");
        let refused = refusal(conn, statement, other);
        assert_eq!(refused.as_deref(), Some(KEEP_AN_OWNER), "{statement}");
    }
}

#[test]
fn an_owner_who_has_not_joined_goes_where_another_is_or_nobody_else() {
    let house = House::new();
    let conn = &mut house.database.connection();
    let first = house.invited(1, Owner);
    let viewer = house.invited(2, Viewer);
    let refused = refusal(conn, REMOVE, first);
    assert_eq!(refused.as_deref(), Some(KEEP_AN_OWNER), "a viewer is left");
    house.invited(3, Owner);
    assert_eq!(refusal(conn, REMOVE, first), None, "another is left");

    let house = House::new();
    let conn = &mut house.database.connection();
    let alone = house.invited(1, Owner);
    assert_eq!(refusal(conn, REMOVE, alone), None, "nobody is left");
    // What is not an owner is nobody's concern.
    assert_eq!(refusal(conn, REMOVE, viewer), None);
}

/// In whatever way a program has opened its transaction.
#[test]
fn of_two_owners_who_leave_at_once_one_is_refused_at_every_isolation() {
    for isolation in ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"] {
        let house = House::new();
        let [one, other] = [1, 2].map(|number| house.joined(number, Owner));
        let mut conns = [house.database.connection(), house.database.connection()];
        let begin = format!("BEGIN ISOLATION LEVEL {isolation}; SELECT count(*) FROM users");
        for conn in &mut conns {
            conn.batch_execute(&begin).expect("it has seen both");
        }
        let [first, second] = &mut conns;
        first.batch_execute(&of(REMOVE, one)).expect("removed");
        let refused = std::thread::scope(|threads| {
            let leaves = threads.spawn(|| second.batch_execute(&of(REMOVE, other)));
            let watch = &mut house.database.connection();
            wait_until("the second waits", || !waiting(watch).is_empty());
            first.batch_execute("COMMIT").expect("committed");
            leaves.join().expect("no panic")
        });
        let Err(Error::DatabaseError(kind, said)) = refused else {
            panic!("{isolation}: both have left: {refused:?}");
        };
        let by_the_rule = said.constraint_name() == Some(KEEP_AN_OWNER);
        let to_begin_again = matches!(kind, DatabaseErrorKind::SerializationFailure);
        assert!(by_the_rule || to_begin_again, "{isolation}: {said:?}");
        assert_eq!(by_the_rule, isolation == "READ COMMITTED", "{said:?}");
    }
}

fn waiting(conn: &mut PgConnection) -> Vec<String> {
    lines(
        conn,
        "SELECT pid::text AS line FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'",
    )
}
