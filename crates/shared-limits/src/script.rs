//! The one thing that Redis is asked.

use org_auth::rate::{Known, Taken, WINDOW};
use redis::aio::ConnectionLike;
use redis::{RedisResult, ScriptInvocation};

/// What every key in Redis begins with.
const PREFIX: &str = "org-api:limit:";

pub(crate) struct Script(redis::Script);

impl Script {
    pub(crate) fn new() -> Self {
        Self(redis::Script::new(include_str!("take.lua")))
    }

    /// Judges and counts one request in the window of this name, of which so much is known here. The script
    /// is sent by its hash, and in full only to a Redis that does not know it.
    pub(crate) async fn take(
        &self,
        redis: &mut impl ConnectionLike,
        name: &str,
        limit: u32,
        known: Known,
    ) -> RedisResult<Taken> {
        let mut asked: ScriptInvocation<'_> = self.0.key(format!("{PREFIX}{name}"));
        let length = u64::try_from(WINDOW.as_millis()).expect("a minute is short");
        asked.arg(limit).arg(length);
        asked.arg(known.used).arg(known.alone).arg(known.left);
        let (admitted, used, left, now) =
            asked.invoke_async::<(bool, u32, u32, i64)>(redis).await?;
        Ok(Taken {
            admitted,
            used,
            left,
            now,
        })
    }
}
