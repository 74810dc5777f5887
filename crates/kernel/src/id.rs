//! Typed ids: a prefix for the type and a UUID, written as a TypeID.
//!
//! The text form is `prefix_` and the UUID's 128 bits as 26 characters of Crockford's base 32 in
//! lower case, as <https://github.com/jetify-com/typeid/tree/main/spec> says. An id of one type
//! does not parse as an id of another, so a mixed-up id is an id that does not exist.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::field::{FromText, Invalid};

mod base32;

/// What an id identifies.
pub trait Kind: 'static {
    /// The part before the underscore.
    const PREFIX: &'static str;
}

/// The id of one `K`.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

impl<K: Kind> Id<K> {
    /// Gives a UUID its type.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The id of nothing: the nil UUID, which no source of ids gives.
    pub const fn nobody() -> Self {
        Self::new(Uuid::nil())
    }

    /// Reads an id; what is none, or one of another kind, is the id of nothing.
    pub fn or_nobody(text: &str) -> Self {
        text.parse().unwrap_or(Self::nobody())
    }

    /// The UUID, as it is stored.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

/// The text is not an id of the type that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this type")]
pub struct NotAnId;

impl<K: Kind> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = text
            .strip_prefix(K::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'))
            .ok_or(NotAnId)?;
        base32::decode(digits).map(Self::new).ok_or(NotAnId)
    }
}

impl<K: Kind> FromText for Id<K> {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        text.parse()
            .map_err(|NotAnId| Invalid::new(format!("must be an id like {}_…", K::PREFIX)))
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_id(f, K::PREFIX, self.0)
    }
}

/// Reads an id of any kind: its prefix, and the UUID.
pub(crate) fn read_id(text: &str) -> Result<(&str, Uuid), NotAnId> {
    let (prefix, digits) = text.rsplit_once('_').ok_or(NotAnId)?;
    let uuid = base32::decode(digits).ok_or(NotAnId)?;
    Ok((prefix, uuid))
}

/// Writes the text form of an id.
pub(crate) fn write_id(f: &mut fmt::Formatter<'_>, prefix: &str, uuid: Uuid) -> fmt::Result {
    f.write_str(prefix)?;
    f.write_str("_")?;
    f.write_str(base32::encode(uuid).as_str())
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

macro_rules! kinds {
    ($($kind:ident, $id:ident, $prefix:literal, $doc:literal;)+) => {
        /// The kinds of things that have ids; never values, only types.
        pub mod kind {
            $(
                #[doc = $doc]
                #[derive(Clone, Copy, Debug, PartialEq, Eq)]
                pub enum $kind {}

                impl super::Kind for $kind {
                    const PREFIX: &'static str = $prefix;
                }
            )+
        }

        $(
            #[doc = concat!("The id of ", $doc, ": `", $prefix, "_…`.")]
            pub type $id = Id<kind::$kind>;
        )+

        #[cfg(test)]
        const PREFIXES: &[&str] = &[$($prefix),+];
    };
}

kinds! {
    Org, OrgId, "org", "an organization";
    Production, ProductionId, "prod", "a production";
    Service, ServiceId, "svc", "a service: a rehearsal, a concert";
    Work, WorkId, "work", "a work of the repertoire";
    Member, MemberId, "mem", "a membership";
    Resource, ResourceId, "res", "a hall, a room, or another thing that is booked";
    Instrument, InstrumentId, "inst", "an instrument";
    Tour, TourId, "tour", "a tour";
    Report, ReportId, "rep", "a report";
    Performance, PerformanceId, "perf", "a performance of a work";
    Contact, ContactId, "con", "an address-book contact";
    Booking, BookingId, "bkg", "a resource booking";
    ChecklistItem, ChecklistItemId, "chk", "a checklist item";
    Request, RequestId, "req", "a member request";
    Engagement, EngagementId, "eng", "an engagement of a guest";
    Key, KeyId, "key", "an API key";
    Endpoint, EndpointId, "whk", "a webhook endpoint";
    Delivery, DeliveryId, "dlv", "a webhook delivery";
    Event, EventId, "evt", "an event";
    User, UserId, "usr", "a user of the settings console";
    Session, SessionId, "ses", "a session of a user of the settings console";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_kinds_share_a_prefix() {
        let distinct: HashSet<_> = PREFIXES.iter().collect();
        assert_eq!(distinct.len(), PREFIXES.len());
    }

    #[test]
    fn an_id_reads_as_it_is_written() {
        let id = WorkId::new(Uuid::from_u128(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057));
        assert_eq!(id.to_string(), "work_01h455vb4pex5vsknk084sn02q");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_no_id_of_this_one() {
        let id = WorkId::new(Uuid::max()).to_string();
        assert_eq!(id.parse::<TourId>(), Err(NotAnId));
    }

    #[test]
    fn what_is_not_quite_an_id_is_refused() {
        for text in [
            "",
            "org",
            "org_",
            "org_0190163d-8694-739b-aea5-966c26f8ad91",
            "org_01H455VB4PEX5VSKNK084SN02Q",
            "org_01h455vb4pex5vsknk084sn02",
            "org_01h455vb4pex5vsknk084sn02qj",
            "org_81h455vb4pex5vsknk084sn02q",
            "org_01h455vb4pex5vsknk084sn02l",
            " org_01h455vb4pex5vsknk084sn02q",
            "org_01h455vb4pex5vsknk084sn0é",
        ] {
            assert_eq!(text.parse::<OrgId>(), Err(NotAnId), "{text:?}");
        }
    }
}
