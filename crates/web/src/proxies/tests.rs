//! Whom a client can make itself out to be, which is nobody.

use actix_web::http::header::HeaderValue;
use actix_web::test::TestRequest;
use proptest::prelude::*;

use super::*;

const PROXY: &str = "10.0.0.1";

fn proxies(header: ProxyHeader) -> Proxies {
    let network = |text: &str| text.parse().expect("a network");
    Proxies::new(vec![network("10.0.0.0/8"), network("fd00::/8")], header)
}

fn asked(peer: &str, headers: &[(HeaderName, &[u8])]) -> HttpRequest {
    let peer = SocketAddr::new(peer.parse().expect("an address"), 50_000);
    let mut request = TestRequest::default().peer_addr(peer);
    for (name, list) in headers {
        let list = HeaderValue::from_bytes(list).expect("a header");
        request = request.append_header((name.clone(), list));
    }
    request.to_http_request()
}

/// The client that is seen behind `peer`, where `header` is believed and bears these lists.
fn client(header: ProxyHeader, peer: &str, lists: &[&str]) -> String {
    let lists: Vec<_> = lists
        .iter()
        .map(|list| (header.name(), list.as_bytes()))
        .collect();
    let request = asked(peer, &lists);
    proxies(header).client_of(&request).to_string()
}

#[test]
fn a_stranger_is_not_believed() {
    for (header, list) in [
        (ProxyHeader::XForwardedFor, "198.51.100.7"),
        (ProxyHeader::Forwarded, "for=198.51.100.7"),
    ] {
        assert_eq!(client(header, "192.0.2.1", &[list]), "192.0.2.1");
    }
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
        (&["\u{e9}, 198.51.100.7"], "198.51.100.7"),
    ] {
        let found_here = client(ProxyHeader::XForwardedFor, PROXY, lists);
        assert_eq!(found_here, found, "{lists:?}");
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
        &["198.51.100.7", "\u{e9}"],
    ] {
        let found = client(ProxyHeader::XForwardedFor, PROXY, lists);
        assert_eq!(found, PROXY, "{lists:?}");
    }
}

#[test]
fn forwarded_counts_back_to_the_first_stranger() {
    for (lists, found) in [
        (&["for=198.51.100.7"][..], "198.51.100.7"),
        (
            &["For=198.51.100.7;proto=https;by=10.0.0.1"],
            "198.51.100.7",
        ),
        (&["proto=https ; FOR=\"198.51.100.7:4711\""], "198.51.100.7"),
        (&["for=\"[2001:db8::1]:4711\""], "2001:db8::1"),
        (&["for=\"[2001:DB8::1]\""], "2001:db8::1"),
        (&["for=\"198.51.100.7:_port\""], "198.51.100.7"),
        (&["for=\"198.51\\.100.7\""], "198.51.100.7"),
        (&["for=203.0.113.9, for=198.51.100.7"], "198.51.100.7"),
        (
            &["for=203.0.113.9", "for=198.51.100.7,\tfor=\"[fd00::1]:80\""],
            "198.51.100.7",
        ),
        (
            &["for=198.51.100.7;host=\"a, for=1.2.3.4\", for=10.2.2.2"],
            "198.51.100.7",
        ),
    ] {
        let found_here = client(ProxyHeader::Forwarded, PROXY, lists);
        assert_eq!(found_here, found, "{lists:?}");
    }
}

#[test]
fn a_hidden_or_broken_element_ends_the_belief() {
    for list in [
        "for=unknown",
        "for=_hidden",
        "for=\"_hidden:80\"",
        "proto=https",
        "for=",
        "for",
        "=198.51.100.7",
        "f or=198.51.100.7",
        "for=198.51.100.7;for=198.51.100.8",
        "for=198.51.100.7;;proto",
        "for=\"198.51.100.7",
        "for=\"198.51.100.7\\\"",
        "for=\"198.51.100.7\"x",
        "for=198.51.100.7, ",
        "for=198.51.100.7,for=\u{e9}",
        "for=198.51.100.7, for=unknown",
        "for=198.51.100.7, for=_hidden",
    ] {
        let found = client(ProxyHeader::Forwarded, PROXY, &[list]);
        assert_eq!(found, PROXY, "{list}");
    }
}

/// A proxy rewrites one of the headers; a client sends the other, which the proxy lets pass.
#[test]
fn the_header_that_is_not_believed_chooses_no_address() {
    let said = [
        (X_FORWARDED_FOR, &b"198.51.100.7"[..]),
        (FORWARDED, b"for=203.0.113.9"),
    ];
    for (header, found) in [
        (ProxyHeader::XForwardedFor, "198.51.100.7"),
        (ProxyHeader::Forwarded, "203.0.113.9"),
    ] {
        let client = proxies(header).client_of(&asked(PROXY, &said));
        assert_eq!(client.to_string(), found);
    }
    let alone = asked(PROXY, &said[1..]);
    let client = proxies(ProxyHeader::XForwardedFor).client_of(&alone);
    assert_eq!(client.to_string(), PROXY);
}

#[test]
fn an_operator_is_told_of_either_header_of_a_stranger() {
    for name in [X_FORWARDED_FOR, FORWARDED] {
        let proxies = proxies(ProxyHeader::default());
        let said = [(name, &b"for=198.51.100.7"[..])];
        assert!(proxies.overlook(&asked("192.0.2.1", &said)));
        assert!(!proxies.overlook(&asked(PROXY, &said)));
    }
    assert!(!proxies(ProxyHeader::default()).overlook(&asked("192.0.2.1", &[])));
}

proptest! {
    /// Whatever a client writes, the proxy's own element stands behind it and is believed alone.
    #[test]
    fn what_stands_before_a_proxys_word_changes_nothing(
        before in prop::collection::vec(
            prop_oneof![
                Just(b'"'), Just(b'\\'), Just(b','), Just(b';'), Just(b'='), Just(b' '), Just(b'['),
                0x21..0x7f_u8, 0x80..=0xff_u8,
            ],
            0..40,
        ),
        address in any::<Ipv4Addr>().prop_filter("a stranger", |ip| ip.octets()[0] != 10),
    ) {
        for (header, element) in [
            (ProxyHeader::XForwardedFor, format!(",{address}")),
            (ProxyHeader::Forwarded, format!(",for=\"{address}:80\";host=\"a\\\"b\"")),
        ] {
            let list = [&before[..], element.as_bytes()].concat();
            let request = asked(PROXY, &[(header.name(), &list)]);
            prop_assert_eq!(proxies(header).client_of(&request), IpAddr::from(address));
        }
    }
}
