//! Who counts as one client, by the address.

use std::net::{IpAddr, Ipv6Addr};

const NETWORK: u128 = u128::MAX << 64;

/// An IPv6 client is its /64, of which it has every address; an IPv4 address written as IPv6 is that
/// IPv4 address.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & NETWORK).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}
