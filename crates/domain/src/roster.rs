//! The roster: who belongs to the orchestra, in which section, on which chair.

mod member;
mod query;

pub use member::{Member, MemberFile, MemberRole, MemberStatus, Section};
pub use query::MemberQuery;
