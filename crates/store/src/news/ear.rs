//! The thread that hears, on a connection of its own that is made again whenever it is lost.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgNotification;
use diesel::prelude::*;
use org_kernel::id::KeyId;
use uuid::Uuid;

use super::line::Line;
use super::{EVENTS, KEYS, News, WRITERS};

/// How often the connection is looked at for news. So late another server may learn that a key has written.
const LOOK: Duration = Duration::from_millis(10);

/// How often the server is asked for a sign of life: often enough within the silence it is allowed.
const PULSE: Duration = Duration::from_millis(150);

/// How long to wait before the first and before every later attempt to connect.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// Why a connection is heard on no longer.
enum End {
    /// Nobody listens.
    Closed,
    /// It was lost, or was not made.
    Lost(Box<dyn std::error::Error>),
}

impl<E: std::error::Error + 'static> From<E> for End {
    fn from(error: E) -> Self {
        Self::Lost(Box::new(error))
    }
}

/// Listens until the line is closed.
pub(super) fn listen(url: &str, line: &Line) {
    let mut pause = PAUSES.0;
    loop {
        let began = Instant::now();
        let Err(End::Lost(error)) = hear(url, line) else {
            return;
        };
        line.failed();
        tracing::warn!(%error, "news of keys and events are not heard");
        // A connection that has held for a while was a good one.
        pause = if began.elapsed() > PAUSES.1 {
            PAUSES.0
        } else {
            (pause * 2).min(PAUSES.1)
        };
        if !line.wait(pause) {
            return;
        }
    }
}

/// Hears on one connection, and returns only when that has ended.
fn hear(url: &str, line: &Line) -> Result<std::convert::Infallible, End> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute(&format!("LISTEN {KEYS}; LISTEN {EVENTS}; LISTEN {WRITERS}"))?;
    loop {
        conn.batch_execute("SELECT 1 AS listening")?;
        // What came before this answer is told before the answer is: after it, all is heard.
        tell(&mut conn, line)?;
        if !line.answered() {
            return Err(End::Closed);
        }
        let answered = Instant::now();
        while answered.elapsed() < PULSE {
            if !line.wait(LOOK) {
                return Err(End::Closed);
            }
            tell(&mut conn, line)?;
        }
    }
}

/// Tells of everything that has arrived.
fn tell(conn: &mut PgConnection, line: &Line) -> Result<(), End> {
    for notification in conn.notifications_iter() {
        if let Some(news) = read(&notification?) {
            line.heard(news);
        }
    }
    Ok(())
}

/// What a notification says; anybody at a prompt may send one that says nothing.
fn read(notification: &PgNotification) -> Option<News> {
    if notification.channel == EVENTS {
        return Some(News::EventsWritten);
    }
    match notification.payload.parse::<Uuid>() {
        Ok(id) if notification.channel == WRITERS => Some(News::KeyWrote(KeyId::new(id))),
        Ok(id) => Some(News::KeyChanged(KeyId::new(id))),
        Err(error) => {
            tracing::warn!(%error, "a notification that names no key");
            None
        }
    }
}
