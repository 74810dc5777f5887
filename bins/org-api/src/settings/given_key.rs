//! The master key where a setting gives it, which nobody is shown.

use std::fmt;
use std::sync::Arc;

use org_webhooks::sealing::{MasterKey, NotAMasterKey};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A key that is read and never written. Whatever else stands in its place is refused without being
/// repeated: it may be the key with a slip in it.
pub(super) struct GivenKey(pub(super) Arc<MasterKey>);

impl<'de> Deserialize<'de> for GivenKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Text)
    }
}

struct Text;

fn refused<T, E: Error>() -> Result<T, E> {
    Err(E::custom(NotAMasterKey))
}

impl Visitor<'_> for Text {
    type Value = GivenKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<GivenKey, E> {
        let key = MasterKey::parse(text).map_err(E::custom)?;
        Ok(GivenKey(Arc::new(key)))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<GivenKey, E> {
        refused()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<GivenKey, E> {
        refused()
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<GivenKey, E> {
        refused()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<GivenKey, E> {
        refused()
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<GivenKey, E> {
        refused()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<GivenKey, E> {
        refused()
    }
}
