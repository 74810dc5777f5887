//! Whose word on a client's address is taken.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::X_FORWARDED_FOR;
use ipnet::IpNet;

/// The proxies that an operator trusts.
///
/// Each proxy adds the address that it was called from to the end of `X-Forwarded-For`, so the list
/// is true from its end to the first entry that no trusted proxy has added. Everything before that
/// is what a client wrote.
#[derive(Debug)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Trusts the proxies of these networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// The address of the client: the nearest one that is not a trusted proxy's.
    ///
    /// A peer without an address, as on a Unix socket, is 0.0.0.0.
    pub fn client_of(&self, request: &HttpRequest) -> IpAddr {
        let peer = request
            .peer_addr()
            .map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        let lists = request
            .headers()
            .get_all(X_FORWARDED_FOR)
            .filter_map(|list| list.to_str().ok());
        let entries: Vec<_> = lists.flat_map(|list| list.split(',')).collect();
        let mut client = peer;
        for entry in entries.into_iter().rev() {
            if !self.trusts(client) {
                break;
            }
            match address(entry.trim()) {
                Some(address) => client = address,
                None => break,
            }
        }
        client
    }

    /// Whether a request says where it comes from, by the word of somebody who is not believed.
    pub fn overlook(&self, request: &HttpRequest) -> bool {
        let peer = request.peer_addr();
        request.headers().contains_key(X_FORWARDED_FOR)
            && peer.is_some_and(|peer| !self.trusts(peer.ip()))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Some proxies add the port.
fn address(entry: &str) -> Option<IpAddr> {
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    entry.parse().ok().or_else(with_port).or_else(bracketed)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn client(peer: &str, lists: &[&str]) -> String {
        let proxies = Proxies::new(vec![
            "10.0.0.0/8".parse().expect("a network"),
            "fd00::/8".parse().expect("a network"),
        ]);
        let peer = SocketAddr::new(peer.parse().expect("an address"), 50_000);
        let mut request = TestRequest::default().peer_addr(peer);
        for list in lists {
            request = request.append_header((X_FORWARDED_FOR, *list));
        }
        proxies.client_of(&request.to_http_request()).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(client("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
    }

    #[test]
    fn a_proxys_word_counts_back_to_the_first_stranger() {
        for (lists, found) in [
            (&["198.51.100.7"][..], "198.51.100.7"),
            (&["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            (&["203.0.113.9", "198.51.100.7,10.1.1.1"], "198.51.100.7"),
            (&["198.51.100.7:4711 , fd00::1"], "198.51.100.7"),
            (&["[2001:db8::1]:80, [fd00::1]"], "2001:db8::1"),
            (&["::ffff:10.1.1.1"], "::ffff:10.1.1.1"),
        ] {
            assert_eq!(client("10.0.0.1", lists), found, "{lists:?}");
        }
    }

    #[test]
    fn what_is_no_address_ends_the_belief() {
        for lists in [
            &[][..],
            &["unknown"],
            &["198.51.100.7, unknown"],
            &["1.2.3.4, "],
            &["198.51.100.7, \u{e9}"],
        ] {
            assert_eq!(client("10.0.0.1", lists), "10.0.0.1", "{lists:?}");
        }
    }
}
