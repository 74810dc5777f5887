//! URLs that are refused as they are written: no name server is asked, and nothing is dialled.

use org_delivery::outcome::Failure;
use org_webhooks::egress::{EgressPolicy, Refusal};

use crate::support::receiver::Receiver;
use crate::support::{local, nameless, post, poster, url, words};

/// Ways to write 127.0.0.1, or an address that comes to it.
const HERE: &[&str] = &[
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0X7F000001",
    "0x7f.0x0.0x0.0x1",
    "0x7f.1",
    "0177.0.0.1",
    "0177.0.0.01",
    "017700000001",
    "00000177.1",
    "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1",
    "\u{ff11}\u{ff12}\u{ff17}.0.0.1",
    "127\u{3002}0\u{3002}0\u{3002}1",
    "127\u{ff0e}0\u{ff0e}0\u{ff0e}1",
    "127\u{ff61}0\u{ff61}0\u{ff61}1",
    "\u{2460}\u{2461}\u{2466}.\u{24ea}.0.1",
    "127.0.\u{ad}0.1",
    "127.0.\t0.1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::0001]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:7f00:1::1]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
];

/// Ways to write other addresses, and how they are told.
const ELSEWHERE: &[(&str, &str)] = &[
    ("0", "0.0.0.0, which is unspecified"),
    ("0.0.0.0", "0.0.0.0, which is unspecified"),
    ("0x0", "0.0.0.0, which is unspecified"),
    ("10.1", "10.0.0.1, which is private"),
    ("012.0.0.1", "10.0.0.1, which is private"),
    ("167772161", "10.0.0.1, which is private"),
    ("172.16.1", "172.16.0.1, which is private"),
    ("0xc0a80001", "192.168.0.1, which is private"),
    ("3232235521", "192.168.0.1, which is private"),
    (
        "100.64.1",
        "100.64.0.1, which is shared by a provider's customers",
    ),
    (
        "2852039166",
        "169.254.169.254, which is a cloud's metadata service",
    ),
    (
        "0xa9.0xfe.0xa9.0xfe",
        "169.254.169.254, which is a cloud's metadata service",
    ),
    (
        "0251.0376.0251.0376",
        "169.254.169.254, which is a cloud's metadata service",
    ),
    (
        "169.254.43518",
        "169.254.169.254, which is a cloud's metadata service",
    ),
    (
        "0xa83f8110",
        "168.63.129.16, which is a cloud's metadata service",
    ),
    ("4294967295", "255.255.255.255, which is broadcast"),
    ("0xe0.1", "224.0.0.1, which is multicast"),
    ("[::]", "::, which is unspecified"),
    (
        "[::ffff:a9fe:a9fe]",
        "::ffff:169.254.169.254, which is a cloud's metadata service",
    ),
    (
        "[64:ff9b::a9fe:a9fe]",
        "64:ff9b::a9fe:a9fe, which is a cloud's metadata service",
    ),
    (
        "[2002:a9fe:a9fe::]",
        "2002:a9fe:a9fe::, which is a cloud's metadata service",
    ),
    ("[2002:0a00:0001::1]", "2002:a00:1::1, which is private"),
    ("[FE80::1]", "fe80::1, which is link-local"),
    (
        "[fd00:ec2::254]",
        "fd00:ec2::254, which is a cloud's metadata service",
    ),
    ("[ff02::1]", "ff02::1, which is multicast"),
];

/// URLs that are refused for something else than an address, and the words.
const MALFORMED: &[(&str, &str)] = &[
    (
        "https://[fe80::1%25eth0]/",
        "is not a URL: invalid IPv6 address",
    ),
    ("https://[::1%lo]/", "is not a URL: invalid IPv6 address"),
    (
        "https://127.0.0.1%00.example.org/",
        "is not a URL: invalid international domain name",
    ),
    ("https://127.0.0.256/", "is not a URL: invalid IPv4 address"),
    ("https://1.2.3.4.5/", "is not a URL: invalid IPv4 address"),
    ("https://4294967296/", "is not a URL: invalid IPv4 address"),
    ("https://0x/", "leads to 0.0.0.0, which is unspecified"),
    ("https:///", "is not a URL: empty host"),
    ("https://:443/", "is not a URL: empty host"),
    (
        "//hooks.example/",
        "is not a URL: relative URL without a base",
    ),
    (
        "https://hooks.example@127.0.0.1/",
        "must bear no user and no password",
    ),
    (
        "https://127.0.0.1:443@hooks.example/",
        "must bear no user and no password",
    ),
    (
        "https://127.0.0.1\\@hooks.example/",
        "leads to 127.0.0.1, which is loopback",
    ),
    (
        "https://127.0.0.1#@hooks.example/",
        "leads to 127.0.0.1, which is loopback",
    ),
    (
        "https://127.0.0.1?@hooks.example/",
        "leads to 127.0.0.1, which is loopback",
    ),
    (
        "https://hooks.example:25/",
        "must use port 443 or 8443, not 25",
    ),
    (
        "http://hooks.example/",
        "must begin with https:// and not with http:",
    ),
    (
        "gopher://127.0.0.1/",
        "must begin with https:// and not with gopher:",
    ),
    (
        "file:///etc/passwd",
        "must begin with https:// and not with file:",
    ),
];

#[tokio::test]
async fn no_way_to_write_an_address_gets_past_the_policy() {
    let receiver = Receiver::answering("200 OK").await;
    let port = receiver.address.port();
    // Every port is open and http is: only the address is in the way.
    let poster = poster(EgressPolicy::default().with_http(), nameless());
    for host in HERE {
        let refused = post(&poster, &format!("http://{host}:{port}/hook")).await;
        let Err(Failure::Refused(Refusal::Address { range, .. })) = refused else {
            panic!("{host}: {refused:?}");
        };
        assert!(["loopback", "reserved"].contains(&range), "{host}: {range}");
    }
    assert_eq!(receiver.connections(), 0);
}

/// The test above stands on a receiver that could have been reached.
#[tokio::test]
async fn an_address_that_is_allowed_is_called_however_it_is_written() {
    let receiver = Receiver::answering("200 OK").await;
    let poster = poster(local(), nameless());
    let port = receiver.address.port();
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "127\u{3002}0.0.1",
    ] {
        let answered = post(&poster, &format!("http://{host}:{port}/hook")).await;
        assert_eq!(answered.expect(host).status, 200, "{host}");
    }
    assert_eq!(receiver.requests().len(), 5);
}

#[tokio::test]
async fn a_refusal_names_the_address_behind_the_writing() {
    let poster = poster(local(), nameless());
    for (host, told) in ELSEWHERE {
        let words = words(&poster, &format!("https://{host}/hook")).await;
        assert_eq!(words, format!("refused: the URL leads to {told}"), "{host}");
    }
}

#[tokio::test]
async fn a_url_that_is_odd_in_another_way_is_refused_for_that() {
    let policy = EgressPolicy::default();
    for (url, told) in MALFORMED {
        let refused = nameless().check(&policy, url).await;
        assert_eq!(refused.expect_err(url).to_string(), *told, "{url}");
    }
}

#[tokio::test]
async fn a_neighbouring_address_is_not_the_allowed_one() {
    let nearby = Receiver::listen(
        "127.0.0.2:0",
        crate::support::receiver::Reply::Close(vec![]),
        None,
    );
    let nearby = nearby.await;
    let words = words(&poster(local(), nameless()), &url(nearby.address)).await;
    assert_eq!(
        words,
        "refused: the URL leads to 127.0.0.2, which is loopback"
    );
    assert_eq!(nearby.connections(), 0);
}
