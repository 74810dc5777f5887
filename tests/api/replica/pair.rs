//! A primary with a real replica, whose replay a test can stop.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Bool;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl};
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster, Durability, Settings, start, testing};
use rustix::process::{Pid, Signal};
use tempfile::TempDir;

use crate::faults::ground::{processes_of, signal_all};
use crate::folder::folder;
use crate::server::PATIENCE;

/// Longer than a test takes between two leases.
const LINGER: Duration = Duration::from_secs(30);

pub(super) struct Pair {
    primary: Cluster,
    replica: Option<Cluster>,
    replicas_folder: PathBuf,
    _folder: TempDir,
}

impl Pair {
    pub(super) fn new() -> Self {
        let folder = folder();
        let primary = testing::throwaway(&folder.path().join("primary"), LINGER);
        let primary = primary.expect("a cluster");
        let replicas_folder = folder.path().join("replica");
        let replica = testing::standby(&primary, &replicas_folder, LINGER).expect("a replica");
        Self {
            primary,
            replica: Some(replica),
            replicas_folder,
            _folder: folder,
        }
    }

    pub(super) fn url(&self) -> String {
        self.primary.url(APPLICATION_DATABASE)
    }

    pub(super) fn replicas_url(&self) -> String {
        self.replica().url(APPLICATION_DATABASE)
    }

    fn replica(&self) -> &Cluster {
        self.replica.as_ref().expect("it is there")
    }

    /// Has the replica stay as it is once it has all that was written until now.
    pub(super) fn pause(&self) {
        let mut primary = superuser(&self.primary);
        let mut replica = superuser(self.replica());
        let written: Position = diesel::sql_query("SELECT pg_current_wal_lsn()::text AS position")
            .get_result(&mut primary)
            .expect("a position");
        let caught_up = format!("pg_last_wal_replay_lsn() >= '{}'", written.position);
        until_it_holds(&mut replica, &caught_up);
        let pause = replica.batch_execute("SELECT pg_wal_replay_pause()");
        pause.expect("the replica pauses");
        until_it_holds(&mut replica, "pg_get_wal_replay_pause_state() = 'paused'");
    }

    pub(super) fn resume(&self) {
        let resumed = superuser(self.replica()).batch_execute("SELECT pg_wal_replay_resume()");
        resumed.expect("the replica goes on");
    }

    pub(super) fn stop_replica(&mut self) {
        let replica = self.replica.take().expect("it is there");
        replica.stop().expect("it stops");
    }

    /// Has the replica stand still, gone from nobody and answering nobody, until what is returned is dropped.
    pub(super) fn freeze_replica(&self) -> Frozen {
        let frozen = Frozen(processes_of(self.replica()));
        signal_all(&frozen.0, Signal::STOP);
        frozen
    }

    /// It follows again from where it was.
    pub(super) fn start_replica(&mut self) {
        let settings = Settings::new(&self.replicas_folder).durability(Durability::ForTests);
        self.replica = Some(start(&settings).expect("it starts"));
    }
}

/// Processes that stand still. They go on even when the test fails: nobody could end them.
pub(super) struct Frozen(Vec<Pid>);

impl Drop for Frozen {
    fn drop(&mut self) {
        signal_all(&self.0, Signal::CONT);
    }
}

#[derive(QueryableByName)]
struct Position {
    #[diesel(sql_type = diesel::sql_types::Text)]
    position: String,
}

#[derive(QueryableByName)]
struct Holds {
    #[diesel(sql_type = Bool)]
    holds: bool,
}

fn superuser(cluster: &Cluster) -> PgConnection {
    let url = cluster.admin_url("postgres");
    PgConnection::establish(&url).expect("it answers")
}

fn until_it_holds(conn: &mut PgConnection, condition: &str) {
    let deadline = Instant::now() + PATIENCE;
    let query = format!("SELECT {condition} AS holds");
    loop {
        let found: Holds = diesel::sql_query(&query).get_result(conn).expect(condition);
        if found.holds {
            return;
        }
        assert!(Instant::now() < deadline, "not in time: {condition}");
        thread::sleep(Duration::from_millis(5));
    }
}
