//! What is refused and what is not, one address a line.

use std::net::IpAddr;

use super::{EgressPolicy, Refusal};

/// Hosts as they can be written in a URL, and what they are.
const REFUSED: &[(&str, &str)] = &[
    ("0.0.0.0", "unspecified"),
    ("0.1.2.3", "unspecified"),
    ("10.0.0.1", "private"),
    ("10.255.255.255", "private"),
    ("100.64.0.1", "shared by a provider's customers"),
    ("100.127.255.255", "shared by a provider's customers"),
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("127.1", "loopback"),
    ("2130706433", "loopback"),
    ("0x7f000001", "loopback"),
    ("0x7f.1", "loopback"),
    ("0177.0.0.1", "loopback"),
    ("017700000001", "loopback"),
    ("127.0.0.1.", "loopback"),
    ("%31%32%37.0.0.1", "loopback"),
    ("１２７.0.0.1", "loopback"),
    ("169.254.0.1", "link-local"),
    ("169.254.169.254", "a cloud's metadata service"),
    ("0xa9fea9fe", "a cloud's metadata service"),
    ("168.63.129.16", "a cloud's metadata service"),
    ("100.100.100.200", "a cloud's metadata service"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.0.0.8", "reserved"),
    ("192.0.2.1", "for documentation"),
    ("192.88.99.1", "reserved"),
    ("192.168.0.1", "private"),
    ("192.168.255.255", "private"),
    ("198.18.0.1", "for benchmarks"),
    ("198.19.255.255", "for benchmarks"),
    ("198.51.100.7", "for documentation"),
    ("203.0.113.7", "for documentation"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.255", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "broadcast"),
    ("[::]", "unspecified"),
    ("[::1]", "loopback"),
    ("[0:0:0:0:0:0:0:1]", "loopback"),
    ("[::ffff:127.0.0.1]", "loopback"),
    ("[::ffff:7f00:1]", "loopback"),
    ("[::ffff:10.0.0.1]", "private"),
    ("[::ffff:169.254.169.254]", "a cloud's metadata service"),
    ("[::127.0.0.1]", "loopback"),
    ("[::192.168.1.1]", "private"),
    ("[::8.8.8.8]", "reserved"),
    ("[::ffff:0:127.0.0.1]", "loopback"),
    ("[64:ff9b::127.0.0.1]", "loopback"),
    ("[64:ff9b::a9fe:a9fe]", "a cloud's metadata service"),
    ("[64:ff9b:1::1]", "reserved"),
    ("[2002:7f00:1::]", "loopback"),
    ("[2002:c0a8:101::1]", "private"),
    ("[2001:0:4136:e378:8000:63bf:80ff:fffe]", "reserved"),
    ("[2001:0:c000:204::80ff:fffe]", "reserved"),
    ("[2001:2::1]", "for benchmarks"),
    ("[2001:10::1]", "reserved"),
    ("[2001:db8::1]", "for documentation"),
    ("[3fff::1]", "for documentation"),
    ("[100::1]", "reserved"),
    ("[fc00::1]", "unique-local"),
    ("[fd12:3456:789a::1]", "unique-local"),
    ("[fd00:ec2::254]", "a cloud's metadata service"),
    ("[fe80::1]", "link-local"),
    ("[febf::1]", "link-local"),
    ("[fec0::1]", "site-local"),
    ("[ff02::1]", "multicast"),
    ("[ff0e::1]", "multicast"),
    ("[4000::1]", "reserved"),
    ("[5f00::1]", "reserved"),
];

const OPEN: &[&str] = &[
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.1",
    "192.167.255.255",
    "192.169.0.1",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "[2606:4700:4700::1111]",
    "[2a00:1450:4001::200e]",
    "[::ffff:8.8.8.8]",
    "[64:ff9b::8.8.8.8]",
    "[2002:808:808::1]",
    "[2001:4860:4860::8888]",
];

fn url(host: &str) -> String {
    format!("https://{host}/hook")
}

#[test]
fn addresses_that_are_not_anybodys_are_refused_however_they_are_written() {
    let policy = EgressPolicy::default();
    for (host, expected) in REFUSED {
        match policy.check_url(&url(host)) {
            Err(Refusal::Address { range, .. }) => assert_eq!(range, *expected, "{host}"),
            other => panic!("{host}: {other:?}"),
        }
    }
}

#[test]
fn addresses_that_are_anybodys_are_open() {
    for host in OPEN {
        let checked = EgressPolicy::default().check_url(&url(host));
        assert_eq!(checked.expect(host).name, None, "{host}");
    }
}

#[test]
fn what_a_name_resolves_to_is_held_to_the_same() {
    let policy = EgressPolicy::default();
    let address = |host: &str| -> Option<IpAddr> { host.trim_matches(['[', ']']).parse().ok() };
    let open: Vec<_> = OPEN.iter().filter_map(|host| address(host)).collect();
    assert_eq!(policy.check_resolved(&open), Ok(()));
    for (host, expected) in REFUSED {
        let Some(address) = address(host) else {
            continue;
        };
        let mixed = [open[0], address, open[1]];
        let refused = policy.check_resolved(&mixed);
        let range = *expected;
        assert_eq!(refused, Err(Refusal::Address { address, range }), "{host}");
    }
    assert_eq!(policy.check_resolved(&[]), Err(Refusal::Unresolved));
}

#[test]
fn a_url_says_what_is_wrong_with_it() {
    let policy = EgressPolicy::default();
    for (url, expected) in [
        ("", "is not a URL: relative URL without a base"),
        (
            "example.org/hook",
            "is not a URL: relative URL without a base",
        ),
        ("https://", "is not a URL: empty host"),
        (
            "https://exa mple.org",
            "is not a URL: invalid international domain name",
        ),
        ("https://[::1", "is not a URL: invalid IPv6 address"),
        ("https://1.2.3.4.5", "is not a URL: invalid IPv4 address"),
        (
            "https://example.org:70000/",
            "is not a URL: invalid port number",
        ),
        (
            "http://example.org",
            "must begin with https:// and not with http:",
        ),
        (
            "ftp://example.org",
            "must begin with https:// and not with ftp:",
        ),
        (
            "file:///etc/passwd",
            "must begin with https:// and not with file:",
        ),
        (
            "javascript:alert(1)",
            "must begin with https:// and not with javascript:",
        ),
        (
            "https://ada@example.org",
            "must bear no user and no password",
        ),
        (
            "https://:secret@example.org",
            "must bear no user and no password",
        ),
        (
            "https://ada:secret@example.org",
            "must bear no user and no password",
        ),
        (
            "https://example.org:80/",
            "must use port 443 or 8443, not 80",
        ),
        (
            "https://example.org:22/",
            "must use port 443 or 8443, not 22",
        ),
        ("https://example.org:0/", "must use port 443 or 8443, not 0"),
        ("https://10.0.0.1/", "leads to 10.0.0.1, which is private"),
        (
            "https://evil.org@10.0.0.1/",
            "must bear no user and no password",
        ),
        (
            "https://10.0.0.1#@example.org/",
            "leads to 10.0.0.1, which is private",
        ),
        (
            "https:\\\\127.0.0.1\\",
            "leads to 127.0.0.1, which is loopback",
        ),
    ] {
        let refusal = policy.check_url(url).expect_err(url);
        assert_eq!(refusal.to_string(), expected, "{url}");
    }
}

#[test]
fn a_name_is_left_to_be_resolved() {
    let policy = EgressPolicy::default();
    for (url, name, port) in [
        ("https://example.org/hook", "example.org", 443),
        ("HTTPS://EXAMPLE.org:8443/", "example.org", 8443),
        ("https://münchen.example/", "xn--mnchen-3ya.example", 443),
        ("https://notlocalhost/", "notlocalhost", 443),
    ] {
        let destination = policy.check_url(url).expect(url);
        let told = (destination.name.as_deref(), destination.port);
        assert_eq!(told, (Some(name), port), "{url}");
    }
}

#[test]
fn names_of_this_machine_are_refused_before_anybody_is_asked() {
    let policy = EgressPolicy::default();
    for host in [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "a.b.localhost.",
    ] {
        let refusal = policy.check_url(&format!("https://{host}/"));
        let refusal = refusal.expect_err(host).to_string();
        assert_eq!(refusal, "leads to 127.0.0.1, which is loopback", "{host}");
    }
    let loopback = "127.0.0.0/8".parse().expect("a network");
    let open = policy.with_allowed([loopback]);
    assert!(open.check_url("https://localhost/").is_ok());
}

#[test]
fn a_developer_can_open_what_is_needed() {
    let loopback = "127.0.0.0/8".parse().expect("a network");
    let policy = EgressPolicy::default().with_allowed([loopback]);
    assert!(policy.check_url("https://127.0.0.1/").is_ok());
    assert!(policy.check_url("https://[::ffff:127.0.0.1]/").is_ok());
    assert!(policy.check_url("https://10.0.0.1/").is_err());
    assert!(policy.check_url("http://127.0.0.1/").is_err());
    assert!(policy.check_url("https://127.0.0.1:3000/").is_err());
    let open = policy.clone().with_http();
    assert!(open.check_url("http://127.0.0.1:3000/").is_ok());
    assert!(open.check_url("http://10.0.0.1:3000/").is_err());
    let ports = policy.with_ports([3000]);
    assert!(ports.check_url("https://127.0.0.1:3000/").is_ok());
    assert!(ports.check_url("https://127.0.0.1/").is_err());
}
