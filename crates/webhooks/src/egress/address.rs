//! Which addresses are nobody's business but the network's own.
//!
//! From the IANA registries of special-purpose addresses
//! (<https://www.iana.org/assignments/iana-ipv4-special-registry>,
//! <https://www.iana.org/assignments/iana-ipv6-special-registry>), and those of the clouds' metadata
//! services.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::embedded;

/// What an address is that deliveries do not go to; `None` for one that is anybody's.
pub(super) fn range_of(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => range_of_v4(address),
        IpAddr::V6(address) => range_of_v6(address),
    }
}

/// First octets, how many bits of them count, and what is there.
const V4: &[([u8; 4], u32, &str)] = &[
    ([169, 254, 169, 254], 32, "a cloud's metadata service"),
    ([168, 63, 129, 16], 32, "a cloud's metadata service"),
    ([100, 100, 100, 200], 32, "a cloud's metadata service"),
    ([0, 0, 0, 0], 8, "unspecified"),
    ([10, 0, 0, 0], 8, "private"),
    ([100, 64, 0, 0], 10, "shared by a provider's customers"),
    ([127, 0, 0, 0], 8, "loopback"),
    ([169, 254, 0, 0], 16, "link-local"),
    ([172, 16, 0, 0], 12, "private"),
    ([192, 0, 0, 0], 24, "reserved"),
    ([192, 0, 2, 0], 24, "for documentation"),
    ([192, 31, 196, 0], 24, "reserved"),
    ([192, 52, 193, 0], 24, "reserved"),
    ([192, 88, 99, 0], 24, "reserved"),
    ([192, 168, 0, 0], 16, "private"),
    ([192, 175, 48, 0], 24, "reserved"),
    ([198, 18, 0, 0], 15, "for benchmarks"),
    ([198, 51, 100, 0], 24, "for documentation"),
    ([203, 0, 113, 0], 24, "for documentation"),
    ([224, 0, 0, 0], 4, "multicast"),
    ([255, 255, 255, 255], 32, "broadcast"),
    ([240, 0, 0, 0], 4, "reserved"),
];

/// The same for IPv6, by segments.
const V6: &[([u16; 8], u32, &str)] = &[
    (
        [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254],
        128,
        "a cloud's metadata service",
    ),
    ([0, 0, 0, 0, 0, 0, 0, 0], 128, "unspecified"),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, "loopback"),
    ([0x2001, 0x0002, 0, 0, 0, 0, 0, 0], 48, "for benchmarks"),
    ([0x2001, 0x0db8, 0, 0, 0, 0, 0, 0], 32, "for documentation"),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "for documentation"),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "unique-local"),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "link-local"),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, "site-local"),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "multicast"),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "reserved"),
    ([0x2620, 0x004f, 0x8000, 0, 0, 0, 0, 0], 48, "reserved"),
];

fn range_of_v4(address: Ipv4Addr) -> Option<&'static str> {
    let bits = u32::from(address);
    let within = |(net, length, _): &&([u8; 4], u32, &str)| {
        let net = u32::from(Ipv4Addr::from(*net));
        (bits ^ net).checked_shr(32 - length).unwrap_or(0) == 0
    };
    V4.iter().find(within).map(|(_, _, range)| *range)
}

/// An address that wraps one of IPv4 is what that one is. Of what nobody was ever given (everything
/// but `2000::/3`, and what is only translated) nothing is anybody's.
fn range_of_v6(address: Ipv6Addr) -> Option<&'static str> {
    let bits = u128::from(address);
    let within = |(net, length, _): &&([u16; 8], u32, &str)| {
        let net = u128::from(Ipv6Addr::from(*net));
        (bits ^ net).checked_shr(128 - length).unwrap_or(0) == 0
    };
    let known = V6.iter().find(within).map(|(_, _, range)| *range);
    let inner = embedded::of(address).and_then(range_of_v4);
    known.or(inner).or_else(|| {
        let translated = matches!(
            address.segments(),
            [0, 0, 0, 0, 0, 0xffff, ..] | [0x0064, 0xff9b, 0, 0, 0, 0, ..]
        );
        let assigned = address.segments()[0] >> 13 == 0b001;
        (!translated && !assigned).then_some("reserved")
    })
}
