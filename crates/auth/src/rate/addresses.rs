//! What is counted by the client's address, with bounded memory.

use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;

use org_kernel::clock::Clock;

use super::Standing;
use super::client::network;
use super::shared::{Counted, SharedCounts};
use super::windows::Windows;

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
        self.0.take((door, self.client(door, address)), limit)
    }

    /// The same in windows that servers share, by the name that `counted` gives a client: a network, or none
    /// for those that this server does not tell apart, so that what is shared is bounded too.
    pub(super) async fn take_shared(
        &self,
        shared: &dyn SharedCounts,
        counted: impl FnOnce(Option<IpAddr>) -> Counted,
        (door, address): (D, IpAddr),
        limit: u32,
    ) -> Standing {
        let client = self.client(door, address);
        let network = match client {
            Client::At(network) => Some(network),
            Client::Another => None,
        };
        self.0
            .take_shared(shared, counted(network), (door, client), limit)
            .await
    }

    fn client(&self, door: D, address: IpAddr) -> Client {
        let client = Client::At(network(address));
        let told_apart = self.0.remembers(&(door, client)) || self.0.len() < ADDRESSES;
        if told_apart { client } else { Client::Another }
    }

    /// How many windows are remembered.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
