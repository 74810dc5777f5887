//! Whose word on a client's address is taken.

mod forwarded;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::{FORWARDED, HeaderName, HeaderValue, X_FORWARDED_FOR};
use ipnet::IpNet;
use org_kernel::choices;

choices! {
    /// The one header in which proxies say where a request comes from; the other is not looked at.
    ///
    /// A proxy writes one of the two and lets the other pass as the client sent it. Whoever read both would
    /// let clients choose their address, so it is for the operator to say which one the proxy writes.
    #[derive(Default)]
    pub enum ProxyHeader {
        #[default]
        /// What most proxies write.
        XForwardedFor = "x-forwarded-for",
        /// That of RFC 7239.
        Forwarded = "forwarded",
    }
}

impl ProxyHeader {
    const fn name(self) -> HeaderName {
        match self {
            Self::XForwardedFor => X_FORWARDED_FOR,
            Self::Forwarded => FORWARDED,
        }
    }

    /// What stands before the last entry of a list, and the address that the entry tells, if it tells one.
    fn last(self, list: &[u8]) -> (Option<&[u8]>, Option<IpAddr>) {
        match self {
            Self::XForwardedFor => {
                let (rest, entry) = split_last(list, |byte| byte == b',');
                let entry = str::from_utf8(entry).ok();
                (rest, entry.and_then(|entry| address(entry.trim())))
            }
            Self::Forwarded => {
                let (rest, element) = forwarded::split_last(list);
                (rest, forwarded::address_of(element))
            }
        }
    }
}

/// The proxies that an operator trusts.
///
/// Each proxy adds the address that it was called from to the end of a header, so the list there is true
/// from its end to the first entry that no trusted proxy has added. Everything before that is what a client
/// wrote, and is not even read: nothing in it can change what is made of the rest.
#[derive(Debug)]
pub struct Proxies {
    networks: Vec<IpNet>,
    header: ProxyHeader,
}

impl Proxies {
    /// Trusts what the proxies of these networks say in this header.
    pub fn new(networks: Vec<IpNet>, header: ProxyHeader) -> Self {
        Self { networks, header }
    }

    /// The address of the client: the nearest one that is not a trusted proxy's.
    ///
    /// A peer without an address, as on a Unix socket, is 0.0.0.0.
    pub fn client_of(&self, request: &HttpRequest) -> IpAddr {
        let mut client = request
            .peer_addr()
            .map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        if !self.trusts(client) {
            return client;
        }
        let lists = request.headers().get_all(self.header.name());
        let lists: Vec<_> = lists.map(HeaderValue::as_bytes).collect();
        for list in lists.into_iter().rev() {
            let mut unread = Some(list);
            while let Some(list) = unread {
                let (rest, told) = self.header.last(list);
                let Some(address) = told else {
                    return client;
                };
                client = address;
                if !self.trusts(client) {
                    return client;
                }
                unread = rest;
            }
        }
        client
    }

    /// Whether a request says where it comes from, by the word of somebody who is not believed.
    pub fn overlook(&self, request: &HttpRequest) -> bool {
        let peer = request.peer_addr();
        let says = |header: &ProxyHeader| request.headers().contains_key(header.name());
        ProxyHeader::ALL.iter().any(says) && peer.is_some_and(|peer| !self.trusts(peer.ip()))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks
            .iter()
            .any(|network| network.contains(&address))
    }
}

/// What stands before the last separator of a list, if it has one, and what stands after it.
fn split_last(list: &[u8], mut separates: impl FnMut(u8) -> bool) -> (Option<&[u8]>, &[u8]) {
    match list.iter().rposition(|byte| separates(*byte)) {
        Some(at) => (Some(&list[..at]), &list[at + 1..]),
        None => (None, list),
    }
}

/// Some proxies add the port.
fn address(entry: &str) -> Option<IpAddr> {
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    entry.parse().ok().or_else(with_port).or_else(bracketed)
}
