//! What names lead to is held to the same rules, and connected to as it was looked at.

use std::net::IpAddr;

use org_delivery::resolver::{LookupError, Resolver, Unfit};
use org_webhooks::egress::{EgressPolicy, Refusal};
use tokio::runtime::Builder;

use crate::support::name_server::NameServer;
use crate::support::receiver::{Receiver, Reply};
use crate::support::{HASTY, local, post, poster, with_limits, words};

/// Addresses that a name may lead to, each end of a range where it has two, and what they are.
const REFUSED: &[(&str, &str)] = &[
    ("0.0.0.0", "unspecified"),
    ("0.255.255.255", "unspecified"),
    ("10.0.0.0", "private"),
    ("10.255.255.255", "private"),
    ("100.64.0.0", "shared by a provider's customers"),
    ("100.127.255.255", "shared by a provider's customers"),
    ("100.100.100.200", "a cloud's metadata service"),
    ("127.0.0.1", "loopback"),
    ("127.255.255.255", "loopback"),
    ("168.63.129.16", "a cloud's metadata service"),
    ("169.254.0.0", "link-local"),
    ("169.254.255.255", "link-local"),
    ("169.254.169.254", "a cloud's metadata service"),
    ("172.16.0.0", "private"),
    ("172.31.255.255", "private"),
    ("192.0.0.0", "reserved"),
    ("192.0.2.255", "for documentation"),
    ("192.31.196.1", "reserved"),
    ("192.52.193.1", "reserved"),
    ("192.88.99.1", "reserved"),
    ("192.168.0.0", "private"),
    ("192.168.255.255", "private"),
    ("192.175.48.1", "reserved"),
    ("198.18.0.0", "for benchmarks"),
    ("198.19.255.255", "for benchmarks"),
    ("198.51.100.1", "for documentation"),
    ("203.0.113.1", "for documentation"),
    ("224.0.0.0", "multicast"),
    ("239.255.255.255", "multicast"),
    ("240.0.0.0", "reserved"),
    ("255.255.255.255", "broadcast"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::8.8.8.8", "reserved"),
    ("::10.0.0.1", "private"),
    ("::ffff:127.0.0.1", "loopback"),
    ("::ffff:10.0.0.1", "private"),
    ("::ffff:169.254.169.254", "a cloud's metadata service"),
    ("::ffff:0:192.168.0.1", "private"),
    ("64:ff9b::10.0.0.1", "private"),
    ("64:ff9b::169.254.169.254", "a cloud's metadata service"),
    ("64:ff9b:1::1", "reserved"),
    ("100::1", "reserved"),
    ("2001:0:4136:e378:8000:63bf:f5ff:fffe", "reserved"),
    ("2001:2::1", "for benchmarks"),
    ("2001:db8::1", "for documentation"),
    ("2002:a00:1::1", "private"),
    ("2002:a9fe:a9fe::1", "a cloud's metadata service"),
    ("2620:4f:8000::1", "reserved"),
    ("3fff::1", "for documentation"),
    ("4000::1", "reserved"),
    ("fc00::1", "unique-local"),
    ("fdff::1", "unique-local"),
    ("fd00:ec2::254", "a cloud's metadata service"),
    ("fe80::1", "link-local"),
    ("febf::1", "link-local"),
    ("fec0::1", "site-local"),
    ("ff02::1", "multicast"),
];

const OPEN: &[&str] = &[
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
];

#[tokio::test]
async fn a_name_is_as_closed_as_the_address_that_it_leads_to() {
    let names = NameServer::start().await;
    let poster = poster(EgressPolicy::default(), names.resolver());
    for (address, range) in REFUSED {
        names.leads("hook.test", &[address]);
        let words = words(&poster, "https://hook.test/").await;
        let address: IpAddr = address.parse().expect("an address");
        let told = format!("refused: the URL leads to {address}, which is {range}");
        assert_eq!(words, told);
    }
}

#[tokio::test]
async fn a_name_that_leads_to_anybodys_address_is_open() {
    let names = NameServer::start().await;
    let (resolver, policy) = (names.resolver(), EgressPolicy::default());
    for address in OPEN {
        names.leads("hook.test", &[address]);
        let checked = resolver.check(&policy, "https://hook.test/").await;
        assert!(checked.is_ok(), "{address}: {checked:?}");
    }
}

#[tokio::test]
async fn registration_refuses_what_an_attempt_does() {
    let names = NameServer::start().await;
    let (resolver, policy) = (names.resolver(), EgressPolicy::default());
    for (address, range) in REFUSED {
        names.leads("hook.test", &["1.1.1.1", address]);
        let refused = resolver.check(&policy, "https://hook.test/").await;
        let refused = refused.expect_err(address).to_string();
        let address: IpAddr = address.parse().expect("an address");
        assert_eq!(refused, format!("leads to {address}, which is {range}"));
    }
}

#[tokio::test]
async fn one_closed_address_among_open_ones_closes_them_all() {
    let here = Receiver::answering("200 OK").await;
    let port = here.address.port();
    let close = Reply::Close(vec![]);
    let nearby = Receiver::listen(&format!("127.0.0.2:{port}"), close, None).await;
    let names = NameServer::start().await;
    let poster = poster(local(), names.resolver());
    let url = format!("http://hook.test:{port}/");
    for (addresses, told) in [
        (&["127.0.0.1", "127.0.0.2"][..], "127.0.0.2"),
        (&["127.0.0.2", "127.0.0.1"], "127.0.0.2"),
        (
            &["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.2"],
            "127.0.0.2",
        ),
        (&["127.0.0.1", "::1"], "::1"),
        (&["127.0.0.1", "::ffff:127.0.0.2"], "::ffff:127.0.0.2"),
    ] {
        names.leads("hook.test", addresses);
        let words = words(&poster, &url).await;
        let expected = format!("refused: the URL leads to {told}, which is loopback");
        assert_eq!(words, expected, "{addresses:?}");
    }
    assert_eq!((here.connections(), nearby.connections()), (0, 0));
}

#[tokio::test]
async fn aliases_are_followed_and_their_end_is_looked_at() {
    let here = Receiver::answering("200 OK").await;
    let names = NameServer::start().await;
    names.alias("hook.test", "one.test");
    names.alias("one.test", "two.test");
    names.leads("two.test", &["127.0.0.1"]);
    let poster = poster(local(), names.resolver());
    let url = format!("http://hook.test:{}/", here.address.port());
    assert_eq!(post(&poster, &url).await.expect("an answer").status, 200);
    names.alias("inside.test", "within.test");
    names.leads("within.test", &["192.168.0.1"]);
    let words = words(&poster, "http://inside.test/").await;
    assert_eq!(
        words,
        "refused: the URL leads to 192.168.0.1, which is private"
    );
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_by_the_next_attempt_is_refused_then() {
    let reply = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    let here = Receiver::start(Reply::Bytes(reply.to_vec())).await;
    let names = NameServer::start().await;
    names.leads_in_turn("hook.test", &[&["127.0.0.1"], &["10.0.0.1"]]);
    let poster = poster(local(), names.resolver());
    let url = format!("http://hook.test:{}/", here.address.port());
    assert_eq!(post(&poster, &url).await.expect("an answer").status, 200);
    let words = words(&poster, &url).await;
    assert_eq!(
        words,
        "refused: the URL leads to 10.0.0.1, which is private"
    );
    assert_eq!(names.asked("hook.test"), 2);
    assert_eq!(here.connections(), 1);
}

/// Between the look and the connection, nobody is asked again.
#[tokio::test]
async fn an_attempt_asks_once() {
    let here = Receiver::answering("200 OK").await;
    let port = here.address.port();
    let close = Reply::Close(vec![]);
    let nearby = Receiver::listen(&format!("127.0.0.2:{port}"), close, None).await;
    let names = NameServer::start().await;
    names.leads_in_turn("hook.test", &[&["127.0.0.1"], &["127.0.0.2"]]);
    let poster = poster(local(), names.resolver());
    let answered = post(&poster, &format!("http://hook.test:{port}/")).await;
    assert_eq!(answered.expect("an answer").status, 200);
    assert_eq!(names.asked("hook.test"), 1);
    assert_eq!((here.connections(), nearby.connections()), (1, 0));
}

#[tokio::test]
async fn names_of_this_machine_are_not_asked_about() {
    let names = NameServer::start().await;
    let poster = poster(EgressPolicy::default(), names.resolver());
    for host in [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "hook.localhost",
        "%6cocalhost",
    ] {
        let words = words(&poster, &format!("https://{host}/")).await;
        let told = "refused: the URL leads to 127.0.0.1, which is loopback";
        assert_eq!(words, told, "{host}");
    }
    assert_eq!(names.asked("localhost"), 0);
}

#[tokio::test]
async fn a_name_that_leads_nowhere_is_no_refusal() {
    let names = NameServer::start().await;
    names.leads("empty.test", &[]);
    let (resolver, policy) = (names.resolver(), EgressPolicy::default());
    let poster = poster(policy.clone(), resolver.clone());
    for url in ["https://missing.test/", "https://empty.test/"] {
        let words = words(&poster, url).await;
        assert_eq!(words, "the URL names a host that resolves to no address");
        let checked = resolver.check(&policy, url).await;
        assert!(
            matches!(checked, Err(Unfit::Refused(Refusal::Unresolved))),
            "{url}"
        );
    }
    let long = format!("https://{}.test/", "a".repeat(64));
    let checked = resolver.check(&policy, &long).await;
    assert!(
        matches!(checked, Err(Unfit::Unresolved(LookupError::NotAName(_)))),
        "{checked:?}"
    );
}

#[tokio::test]
async fn a_silent_name_server_holds_an_attempt_up_no_longer_than_a_silent_receiver() {
    let names = NameServer::start().await;
    names.silence("hook.test");
    let poster = with_limits(local(), names.resolver(), HASTY);
    assert_eq!(
        words(&poster, "http://hook.test/").await,
        "could not connect within 200ms"
    );
}

#[tokio::test]
async fn a_silent_name_server_is_not_waited_for_without_end() {
    let names = NameServer::start().await;
    names.silence("hook.test");
    let unknown = names.resolver().lookup("hook.test").await;
    assert!(
        matches!(unknown, Err(LookupError::Timeout(_))),
        "{unknown:?}"
    );
}

/// The one look-up that needs no name server, whatever this machine is set up to ask.
#[test]
fn the_system_s_resolver_can_be_made_before_a_runtime() {
    let resolver = Resolver::system().expect("a resolver");
    let runtime = Builder::new_current_thread().enable_all().build();
    let found = runtime
        .expect("a runtime")
        .block_on(resolver.lookup("localhost"));
    let found = found.expect("an answer");
    assert!(
        !found.is_empty() && found.iter().all(IpAddr::is_loopback),
        "{found:?}"
    );
}
