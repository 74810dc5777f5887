//! What a program calls itself.

use std::fmt;

/// At most 200 characters of a `User-Agent`, without control characters; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agent(String);

impl Agent {
    /// The most characters that are kept.
    pub const MAX: usize = 200;

    /// Keeps what there is to keep of a header: it comes from anybody, and is only ever shown.
    pub fn of(header: &str) -> Self {
        let shown = header.chars().filter(|character| !character.is_control());
        Self(shown.take(Self::MAX).collect())
    }

    /// Takes back what was stored.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_header_what_can_be_shown_is_kept() {
        assert_eq!(
            Agent::of("Mozilla/5.0\r\n\0 (X11)").as_str(),
            "Mozilla/5.0 (X11)"
        );
        assert_eq!(Agent::of(&"é".repeat(9000)).as_str(), "é".repeat(200));
    }
}
