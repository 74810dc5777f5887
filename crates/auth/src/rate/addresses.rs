//! What is counted by the client's address, with bounded memory.

use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;

use org_kernel::clock::Clock;

use super::client::network;
use super::windows::{Standing, Windows};

/// How many addresses are told apart at one time, about 10 MB of them.
pub(super) const ADDRESSES: usize = 100_000;

/// Windows of addresses, those of each `D` apart.
///
/// An IPv6 client is its /64, of which it has every address; an IPv4 address written as IPv6 is that IPv4
/// address. Addresses beyond the first 100,000 of a minute share one window, so that an attack from very
/// many costs no more memory and gains no more attempts.
pub(super) struct Addresses<D>(Windows<(D, Client)>);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Client {
    /// An IPv4 address, or the first address of an IPv6 network.
    At(IpAddr),
    /// Everybody beyond those that are told apart.
    Another,
}

impl<D: Copy + Eq + Hash> Addresses<D> {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Windows::new(clock))
    }

    /// Judges one attempt of an address at `door` and, if it is within the limit, counts it.
    pub(super) fn take(&self, door: D, address: IpAddr, limit: u32) -> Standing {
        let client = (door, Client::At(network(address)));
        let told_apart = self.0.remembers(&client) || self.0.len() < ADDRESSES;
        let counted = if told_apart {
            client
        } else {
            (door, Client::Another)
        };
        self.0.take(counted, limit)
    }

    /// How many windows are remembered.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
