//! News of keys and of events reach whoever listens, also over a connection that is lost or falls
//! silent.

use std::process::Command;
use std::sync::{Arc, Mutex};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use org_auth::api_key::NewKey;
use org_auth::key::{KeyHash, KeyPrefix};
use org_auth::key_store::{KeyStore, KeyUse, Replacement};
use org_auth::rate::OwnLimits;
use org_auth::scope::ScopeSet;
use org_kernel::actor::Actor;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::id::{KeyId, OrgId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use org_store::testing::TestDatabase;
use org_store::{Listening, News, Pg, Telling};
use uuid::Uuid;

use crate::support::{end_sessions, store_organization, wait_until};

/// A database, and everything that was heard from it.
struct Ground {
    heard: Arc<Mutex<Vec<News>>>,
    listening: Option<Listening>,
    pg: Pg,
    org: OrgId,
    database: TestDatabase,
}

impl Ground {
    /// A database that is listened to.
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let news = Arc::clone(&heard);
        let tell = move |one| news.lock().expect("no panic").push(one);
        let listening = Listening::to(database.url(), tell).expect("two threads");
        let pg = database.pg();
        let org = store_organization(&pg, 1, "one");
        let ground = Self {
            heard,
            listening: Some(listening),
            pg,
            org,
            database,
        };
        ground.wait_for(&[News::Up]);
        ground
    }

    fn heard(&self) -> Vec<News> {
        self.heard.lock().expect("no panic").clone()
    }

    /// Waits for these news in this order, and for no other key. On a busy machine the server may
    /// seem silent for a while, which is then told besides.
    fn wait_for(&self, news: &[News]) {
        wait_until("the news", || {
            let heard = self.heard();
            let mut rest = heard.iter();
            let in_order = news.iter().all(|one| rest.any(|other| other == one));
            in_order && keys_in(&heard) == keys_in(news)
        });
    }

    fn insert(&self, number: u8) -> KeyId {
        let key = key(self.org, number);
        let id = key.id;
        let entry = touched(key.id);
        self.pg.insert(key, &entry).expect("a new key");
        id
    }
}

fn keys_in(news: &[News]) -> Vec<News> {
    let changes = news.iter().filter(|one| matches!(one, News::KeyChanged(_)));
    changes.copied().collect()
}

fn at() -> Instant {
    "2026-01-01T00:00:00Z".parse().expect("an instant")
}

/// Something that was done to a key, which the trail has to be told of.
fn touched(key: KeyId) -> Entry {
    let change = Change::new(SystemIds.uuid(), at(), "api_key.touched", key);
    Entry::of(change, &Origin::OPERATOR)
}

fn key(org: OrgId, number: u8) -> NewKey {
    NewKey {
        id: KeyId::new(Uuid::from_u128(number.into())),
        org,
        hash: KeyHash::stored([number; 32]),
        prefix: KeyPrefix::stored("abo_org_0000".to_owned()),
        name: Line::stored("Key".to_owned()),
        scopes: ScopeSet::NONE,
        limits: OwnLimits::default(),
        expires_at: None,
        created_at: at(),
        created_by: Actor::Operator,
    }
}

#[test]
fn a_key_that_is_made_or_revoked_is_told_of() {
    let ground = Ground::new();
    let key = ground.insert(1);
    ground.wait_for(&[News::Up, News::KeyChanged(key)]);
    let revoked = ground.pg.revoke(key.into(), at(), &touched(key));
    revoked.expect("revoked");
    ground.wait_for(&[News::Up, News::KeyChanged(key), News::KeyChanged(key)]);
}

#[test]
fn a_key_that_is_to_end_because_another_takes_its_place_is_told_of() {
    let ground = Ground::new();
    let old = ground.insert(1);
    ground.wait_for(&[News::Up, News::KeyChanged(old)]);
    let new = key(ground.org, 2);
    let replaced = ground.pg.replace(old.into(), &mut |_| {
        Ok(Replacement {
            key: new.clone(),
            old_until: at(),
            entries: [touched(old), touched(new.id)],
        })
    });
    replaced.expect("replaced");
    ground.wait_for(&[
        News::Up,
        News::KeyChanged(old),
        News::KeyChanged(new.id),
        News::KeyChanged(old),
    ]);
}

/// Keys are used all the time; that they are says nothing about what they may do.
#[test]
fn a_key_that_is_used_is_not_told_of() {
    let ground = Ground::new();
    let key = ground.insert(1);
    let uses = [KeyUse { key, minute: at() }];
    ground.pg.record_uses(&uses).expect("recorded");
    let after = ground.insert(2);
    ground.wait_for(&[News::Up, News::KeyChanged(key), News::KeyChanged(after)]);
}

/// Somebody at a prompt is in no way bound to use our program.
#[test]
fn a_key_that_is_changed_by_hand_is_told_of() {
    let ground = Ground::new();
    let key = ground.insert(1);
    ground.wait_for(&[News::Up, News::KeyChanged(key)]);
    let by_hand = "BEGIN; UPDATE api_keys SET scopes = '{org:read:personnel}'; ROLLBACK;
                   DELETE FROM api_keys";
    let conn = &mut ground.database.connection();
    conn.batch_execute(by_hand).expect("done");
    ground.wait_for(&[News::Up, News::KeyChanged(key), News::KeyChanged(key)]);
}

#[test]
fn news_come_again_after_the_connection_was_lost() {
    let ground = Ground::new();
    end_sessions(&ground.database);
    ground.wait_for(&[News::Up, News::Down, News::Up]);
    let key = ground.insert(1);
    ground.wait_for(&[News::Up, News::Down, News::Up, News::KeyChanged(key)]);
}

/// A server that is stopped in its tracks keeps its connections open and says nothing on them.
#[test]
fn a_connection_that_falls_silent_is_down_until_it_speaks_again() {
    let ground = Ground::new();
    let stopped = Stopped::session(listening_session(&ground.database));
    ground.wait_for(&[News::Up, News::Down]);
    drop(stopped);
    ground.wait_for(&[News::Up, News::Down, News::Up]);
    let key = ground.insert(1);
    ground.wait_for(&[News::Up, News::Down, News::Up, News::KeyChanged(key)]);
}

#[test]
fn events_that_another_process_has_written_are_told_of() {
    let ground = Ground::new();
    let another = ground.database.pg();
    another.announce().expect("a database that answers");
    wait_until("the news", || ground.heard().contains(&News::EventsWritten));
}

/// Also of those that were told of before anybody could be: whoever tells has a connection to make first.
#[test]
fn keys_that_have_written_by_way_of_a_server_are_told_of() {
    let ground = Ground::new();
    let telling = Telling::to(ground.database.url()).expect("a thread");
    let keys = [1, 2].map(|number| KeyId::new(Uuid::from_u128(number)));
    for key in keys {
        telling.wrote(key);
    }
    wait_until("the news", || {
        let heard = ground.heard();
        keys.iter().all(|key| heard.contains(&News::KeyWrote(*key)))
    });
    end_sessions(&ground.database);
    let later = KeyId::new(Uuid::from_u128(3));
    wait_until("it tells again", || {
        telling.wrote(later);
        ground.heard().contains(&News::KeyWrote(later))
    });
}

#[test]
fn nothing_is_told_to_nobody() {
    let mut ground = Ground::new();
    ground.listening = None;
    ground.insert(1);
    wait_until("the session ends", || session_count(&ground.database) == 0);
    assert_eq!(keys_in(&ground.heard()), []);
}

#[derive(QueryableByName)]
struct Session {
    #[diesel(sql_type = Integer)]
    pid: i32,
}

/// The sessions whose last statement is the sign of life that the listener asks for: nobody else in
/// this database asks for it in these words.
fn listening_sessions(database: &TestDatabase) -> Vec<Session> {
    let query = "SELECT pid FROM pg_stat_activity
                 WHERE datname = current_database() AND query = 'SELECT 1 AS listening'";
    let sessions = diesel::sql_query(query).load(&mut database.connection());
    sessions.expect("the catalog answers")
}

fn session_count(database: &TestDatabase) -> usize {
    listening_sessions(database).len()
}

fn listening_session(database: &TestDatabase) -> i32 {
    let sessions = listening_sessions(database);
    assert_eq!(sessions.len(), 1, "one session listens");
    sessions[0].pid
}

/// A session that does nothing until this is dropped.
struct Stopped(String);

impl Stopped {
    fn session(pid: i32) -> Self {
        let pid = pid.to_string();
        signal("-STOP", &pid);
        Self(pid)
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        signal("-CONT", &self.0);
    }
}

fn signal(name: &str, pid: &str) {
    let sent = Command::new("kill").args([name, pid]).status();
    assert!(
        sent.expect("kill runs").success(),
        "the server's owner may send it signals"
    );
}
