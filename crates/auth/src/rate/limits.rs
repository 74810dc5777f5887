//! How much a key may do in a minute.

use org_kernel::field::{FromText, Invalid};

/// How many reads a key has in a minute unless it has a limit of its own.
pub const READS_PER_MINUTE: u32 = 1_000;

/// How many writes a key has in a minute unless it has a limit of its own.
pub const WRITES_PER_MINUTE: u32 = 500;

/// What a request is counted as; the two are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// GET and HEAD.
    Read,
    /// Every other method.
    Write,
}

impl Class {
    /// What the limit of this class is called: `read` or `write`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// A limit of one key's own: 1 to 1,000,000 requests a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PerMinute(u32);

impl PerMinute {
    /// The largest limit.
    pub const MAX: u32 = 1_000_000;

    /// A limit of `requests` a minute.
    pub fn new(requests: u32) -> Result<Self, Invalid> {
        if (1..=Self::MAX).contains(&requests) {
            Ok(Self(requests))
        } else {
            Err(Self::refusal())
        }
    }

    /// Requests a minute.
    pub const fn get(self) -> u32 {
        self.0
    }

    fn refusal() -> Invalid {
        Invalid::new(format!("must be a whole number from 1 to {}", Self::MAX))
    }
}

impl FromText for PerMinute {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let requests = text.parse().map_err(|_| Self::refusal())?;
        Self::new(requests)
    }
}

/// The limits that one key has of its own; `None` is what every key has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnLimits {
    /// For reads.
    pub reads: Option<PerMinute>,
    /// For writes.
    pub writes: Option<PerMinute>,
}

impl OwnLimits {
    /// Requests of this class a minute.
    pub fn of(self, class: Class) -> u32 {
        let (own, common) = match class {
            Class::Read => (self.reads, READS_PER_MINUTE),
            Class::Write => (self.writes, WRITES_PER_MINUTE),
        };
        own.map_or(common, PerMinute::get)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_has_its_bounds() {
        for text in ["1", "1000000"] {
            assert!(PerMinute::from_text(text).is_ok(), "{text}");
        }
        for text in ["0", "1000001", "-1", "4294967297", "1.5", "1e3", "", "many"] {
            assert_eq!(
                PerMinute::from_text(text).unwrap_err().to_string(),
                "must be a whole number from 1 to 1000000",
                "{text}"
            );
        }
    }

    #[test]
    fn a_key_without_a_limit_of_its_own_has_everybodys() {
        let none = OwnLimits::default();
        assert_eq!([none.of(Class::Read), none.of(Class::Write)], [1_000, 500]);
        let own = OwnLimits {
            writes: PerMinute::new(7).ok(),
            ..none
        };
        assert_eq!([own.of(Class::Read), own.of(Class::Write)], [1_000, 7]);
    }
}
