//! Failed authentication, by the client's address.

use std::net::IpAddr;
use std::sync::Arc;

use org_kernel::clock::Clock;

use super::Standing;
use super::addresses::Addresses;
use super::shared::{Counted, SharedCounts};

/// How many attempts with a bad key an address has in a minute.
pub const FAILED_ATTEMPTS_PER_MINUTE: u32 = 60;

/// Counts the failed attempts of every address.
///
/// An IPv6 client is its /64; addresses beyond the first 100,000 of a minute share one window.
pub struct FailedAttempts {
    here: Addresses<()>,
    shared: Option<Arc<dyn SharedCounts>>,
}

impl FailedAttempts {
    /// Nothing counted yet. Attempts are counted by this process alone, unless there are `shared` counts.
    pub fn new(clock: Arc<dyn Clock>, shared: Option<Arc<dyn SharedCounts>>) -> Self {
        Self {
            here: Addresses::new(clock),
            shared,
        }
    }

    /// Counts one failed attempt; past the limit, the answer is that there were too many.
    pub async fn count(&self, address: IpAddr) -> Standing {
        let Some(shared) = &self.shared else {
            return self.count_here(address);
        };
        let (counted, client) = (Counted::FailedAttempts, ((), address));
        let limit = FAILED_ATTEMPTS_PER_MINUTE;
        self.here
            .take_shared(&**shared, counted, client, limit)
            .await
    }

    fn count_here(&self, address: IpAddr) -> Standing {
        self.here.take((), address, FAILED_ATTEMPTS_PER_MINUTE)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use time::Duration;

    use super::super::addresses::ADDRESSES;
    use super::*;
    use crate::testing::clock;

    fn exhausted(attempts: &FailedAttempts, address: &str) -> bool {
        !attempts
            .count_here(address.parse().expect("an address"))
            .is_admitted()
    }

    fn exhaust(attempts: &FailedAttempts, address: &str) {
        let failed = (0..60).filter(|_| exhausted(attempts, address)).count();
        assert_eq!(failed, 0);
    }

    #[test]
    fn an_address_has_sixty_attempts_a_minute() {
        let clock = clock();
        let attempts = FailedAttempts::new(Arc::clone(&clock) as _, None);
        exhaust(&attempts, "192.0.2.1");
        assert!(exhausted(&attempts, "192.0.2.1"));
        assert!(!exhausted(&attempts, "192.0.2.2"));
        clock.advance(Duration::MINUTE);
        assert!(!exhausted(&attempts, "192.0.2.1"));
    }

    #[test]
    fn an_ipv6_network_is_one_client() {
        let attempts = FailedAttempts::new(clock(), None);
        exhaust(&attempts, "2001:db8:1:2::1");
        assert!(exhausted(&attempts, "2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert!(!exhausted(&attempts, "2001:db8:1:3::1"));
    }

    #[test]
    fn an_ipv4_address_is_one_client_in_either_notation() {
        let attempts = FailedAttempts::new(clock(), None);
        exhaust(&attempts, "::ffff:192.0.2.1");
        assert!(exhausted(&attempts, "192.0.2.1"));
        assert!(!exhausted(&attempts, "::ffff:192.0.2.2"));
    }

    #[test]
    fn very_many_addresses_share_a_window_and_bounded_memory() {
        let attempts = FailedAttempts::new(clock(), None);
        let networks =
            (1..=ADDRESSES as u128 + 100).map(|number| Ipv6Addr::from_bits(number << 64));
        let refused = networks
            .filter(|network| !attempts.count_here((*network).into()).is_admitted())
            .count();
        assert_eq!(refused, 40);
        assert_eq!(attempts.here.len(), ADDRESSES + 1);
        assert!(!exhausted(&attempts, "0:0:0:1::1"));
    }
}
