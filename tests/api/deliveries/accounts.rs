//! The delivery log, held against what the receivers saw.

use std::collections::HashMap;
use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, SmallInt, Text};
use org_kernel::id::EventId;
use uuid::Uuid;

use super::receiver::Receiver;

/// How much of an answer the sockets on the way may hold beyond what the sender reads.
const IN_THE_SOCKETS: usize = 16 << 20;

/// How many attempts at a delivery came to one end.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    url: String,
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    message_id: Uuid,
    #[diesel(sql_type = Text)]
    status: String,
    /// How many attempts were begun.
    #[diesel(sql_type = Integer)]
    begun: i32,
    #[diesel(sql_type = Nullable<SmallInt>)]
    answered: Option<i16>,
    #[diesel(sql_type = BigInt)]
    attempts: i64,
}

const ROWS: &str = "
    SELECT e.url, d.message_id, d.status, d.attempts AS begun, a.response_status AS answered,
           count(a) AS attempts
    FROM webhook_deliveries d
    JOIN webhook_endpoints e ON (e.org_id, e.id) = (d.org_id, d.endpoint_id)
    LEFT JOIN webhook_attempts a ON (a.org_id, a.delivery_id) = (d.org_id, d.id)
    GROUP BY 1, 2, 3, 4, 5";

/// What the log says of one delivery.
#[derive(Default)]
struct Logged {
    status: String,
    /// How many attempts were begun.
    begun: u32,
    /// How many attempts have ended with each status; with none, where there was no answer.
    ended: HashMap<Option<i16>, u32>,
}

impl Logged {
    fn answered(&self, status: i16) -> u32 {
        self.ended.get(&Some(status)).copied().unwrap_or_default()
    }

    /// How many attempts have ended.
    fn attempts(&self) -> u32 {
        self.ended.values().sum()
    }

    /// Holds that a message came as often as it was answered, and as often as it was sent at the most.
    fn holds(&self, came: u32, what: &str) {
        let answered = self.attempts() - self.ended.get(&None).copied().unwrap_or_default();
        assert!(
            (answered..=self.begun).contains(&came),
            "{what} came {came} times; {answered} answers of {} attempts are logged",
            self.begun
        );
    }
}

/// The log, by URL and message.
pub(super) struct Accounts(HashMap<String, HashMap<String, Logged>>);

impl Accounts {
    pub(super) fn read(conn: &mut PgConnection) -> Self {
        let rows: Vec<Row> = diesel::sql_query(ROWS).load(conn).expect("the log");
        let mut accounts = HashMap::<_, HashMap<_, Logged>>::new();
        for row in rows {
            let of_url = accounts.entry(row.url).or_default();
            let message = EventId::new(row.message_id).to_string();
            let logged = of_url.entry(message).or_default();
            logged.status = row.status;
            logged.begun = row.begun.try_into().expect("no less than none");
            let attempts = row.attempts.try_into().expect("a few");
            logged.ended.insert(row.answered, attempts);
        }
        Self(accounts)
    }

    fn of(&self, receiver: &Receiver, path: &str) -> &HashMap<String, Logged> {
        let logged = self.0.get(&receiver.url(path));
        logged.unwrap_or_else(|| panic!("nothing was logged of {path}"))
    }

    /// Every event was delivered, and nothing came that is not logged.
    pub(super) fn balance_of_a_healthy_one(&self, receiver: &Receiver, path: &str, events: u32) {
        let logged = self.of(receiver, path);
        let seen = receiver.seen(path, |seen| seen.messages.clone());
        assert_eq!(seen.len(), events as usize, "{path}");
        assert_eq!(logged.len(), events as usize, "{path}");
        for (message, came) in seen {
            let logged = &logged[&message];
            assert_eq!(logged.status, "DELIVERED", "{path} {message}");
            assert!(logged.answered(200) > 0, "{path} {message}");
            assert_eq!(logged.attempts(), logged.begun, "{path} {message}");
            logged.holds(came, &format!("{path} {message}"));
        }
    }

    /// Whatever came is logged as an attempt, and whatever is logged as answered came.
    pub(super) fn balance_of_a_sick_one(&self, receiver: &Receiver, path: &str, events: u32) {
        let logged = self.of(receiver, path);
        let (seen, written) =
            receiver.seen(path, |seen| (seen.messages.clone(), seen.most_written));
        assert!(written < IN_THE_SOCKETS, "{path} wrote {written} bytes");
        assert_eq!(
            receiver.seen("/trap", |seen| seen.total),
            0,
            "a redirect was followed"
        );
        if path == "/gone" {
            assert!(logged.len() <= events as usize, "{path}");
        } else {
            assert_eq!(logged.len(), events as usize, "{path}");
        }
        for (message, logged) in logged {
            let came = seen.get(message).copied().unwrap_or_default();
            logged.holds(came, &format!("{path} {message}"));
        }
    }
}

impl fmt::Display for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let logged = || self.0.values().flat_map(HashMap::values);
        let attempts: u32 = logged().map(Logged::attempts).sum();
        let unanswered: u32 = logged().filter_map(|logged| logged.ended.get(&None)).sum();
        write!(
            f,
            "{} deliveries, {attempts} attempts, {unanswered} of them without an answer",
            logged().count()
        )
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The one number that a query counts.
pub(super) fn count(conn: &mut PgConnection, query: &str) -> i64 {
    let counted = diesel::sql_query(query).get_result::<Count>(conn);
    counted.unwrap_or_else(|why| panic!("{query}: {why}")).count
}
