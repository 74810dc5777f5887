//! Attempts to sign in, by the client's address and by the account.

use std::net::IpAddr;
use std::sync::Arc;

use org_kernel::clock::Clock;
use ring::digest::{Context, SHA256, SHA256_OUTPUT_LEN};

use super::Standing;
use super::addresses::Addresses;
use super::windows::Windows;

/// How many attempts an address, and an account, has in a minute.
pub const ATTEMPTS_PER_MINUTE: u32 = 5;

/// How many refusals of an address, and of an account, are told of in a minute beyond those of attempts
/// within the limit.
const TOLD_PER_MINUTE: u32 = ATTEMPTS_PER_MINUTE;

/// What is attempted; each is counted apart, so that whoever guesses at passwords keeps nobody from
/// confirming what they do in a session that they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Door {
    /// Signing in with a password.
    Password,
    /// Signing in with a link that sets a password.
    Link,
    /// Showing a second factor.
    Code,
    /// Showing the password again, within a session.
    Again,
    /// Showing that an app has the secret of a second factor that waits.
    Confirm,
}

impl Door {
    /// What the trail calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Code => "code",
            Self::Again => "password again",
            Self::Confirm => "confirmation",
        }
    }
}

/// Counts every attempt, whether or not it succeeds, and whether or not the account exists.
///
/// Whoever is told to wait and does not may ask as often as they like; of that, the audit trail is told a
/// few times a minute, which is counted too.
pub struct SignInAttempts {
    made: Counts,
    told: Counts,
}

/// Addresses beyond the first 100,000 of a minute share one window. The address is counted first, and an
/// account only for an address that is within its limit, so accounts are bounded as addresses are.
struct Counts {
    addresses: Addresses<Door>,
    accounts: Windows<(Door, Name)>,
}

/// The hash of an organization's slug and an address in lower case: as long for every name that somebody
/// makes up.
type Name = [u8; SHA256_OUTPUT_LEN];

impl SignInAttempts {
    /// Nothing counted yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            made: Counts::new(Arc::clone(&clock)),
            told: Counts::new(clock),
        }
    }

    /// Counts one attempt; it may be made when the answer is admitted. `email` is in lower case.
    pub(crate) fn count(&self, door: Door, address: IpAddr, slug: &str, email: &str) -> Standing {
        let account = Some(name(slug, email));
        self.made.take(door, address, account, ATTEMPTS_PER_MINUTE)
    }

    /// True when the trail may be told of one more refusal that no limit of attempts bounds; `account` is
    /// whose, a slug and an e-mail address in lower case, if one was named.
    pub(crate) fn may_be_told(
        &self,
        door: Door,
        address: IpAddr,
        account: Option<(&str, &str)>,
    ) -> bool {
        let account = account.map(|(slug, email)| name(slug, email));
        let standing = self.told.take(door, address, account, TOLD_PER_MINUTE);
        standing.is_admitted()
    }
}

impl Counts {
    fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            addresses: Addresses::new(Arc::clone(&clock)),
            accounts: Windows::new(clock),
        }
    }

    fn take(&self, door: Door, address: IpAddr, account: Option<Name>, limit: u32) -> Standing {
        let standing = self.addresses.take(door, address, limit);
        match account.filter(|_| standing.is_admitted()) {
            Some(account) => self.accounts.take((door, account), limit),
            None => standing,
        }
    }
}

fn name(slug: &str, email: &str) -> Name {
    let mut context = Context::new(&SHA256);
    // A slug has no line feed.
    for part in [slug, "\n", email] {
        context.update(part.as_bytes());
    }
    let mut name = [0; SHA256_OUTPUT_LEN];
    name.copy_from_slice(context.finish().as_ref());
    name
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::super::addresses::ADDRESSES;
    use super::*;
    use crate::testing::clock;

    fn admitted(attempts: &SignInAttempts, door: Door, address: &str, email: &str) -> bool {
        let address = address.parse().expect("an address");
        attempts.count(door, address, "nyphil", email).is_admitted()
    }

    #[test]
    fn an_address_has_five_attempts_a_minute_whatever_the_account() {
        let clock = clock();
        let attempts = SignInAttempts::new(Arc::clone(&clock) as _);
        let at = |address, email| admitted(&attempts, Door::Password, address, email);
        for email in ["a@b", "c@d", "e@f", "g@h", "i@j"] {
            assert!(at("2001:db8:1:2::1", email));
        }
        assert!(
            !at("2001:db8:1:2:ffff::2", "k@l"),
            "one network is one client"
        );
        assert!(at("2001:db8:1:3::1", "k@l"));
        assert!(admitted(&attempts, Door::Code, "2001:db8:1:2::1", "a@b"));
        clock.advance(Duration::MINUTE);
        assert!(at("2001:db8:1:2::1", "k@l"));
    }

    #[test]
    fn an_account_has_five_attempts_a_minute_wherever_they_come_from() {
        let attempts = SignInAttempts::new(clock());
        let from = |last: u8, email| {
            let address = format!("192.0.2.{last}");
            admitted(&attempts, Door::Password, &address, email)
        };
        assert!((1..=5).all(|last| from(last, "a@b")));
        assert!(!from(6, "a@b"));
        assert!(from(6, "c@d"));
    }

    #[test]
    fn very_many_addresses_cost_bounded_memory() {
        let attempts = SignInAttempts::new(clock());
        let address = |number: u32| std::net::Ipv4Addr::from_bits(number).into();
        let count = |number| attempts.count(Door::Password, address(number), "nyphil", "a@b");
        let most = u32::try_from(ADDRESSES).expect("a small number") + 100;
        for number in 0..most {
            count(number);
        }
        assert_eq!(attempts.made.addresses.len(), ADDRESSES + 1);
        assert_eq!(attempts.made.accounts.len(), 1);
    }
}
