//! The hosts and ports of a database's URL, read as libpq reads them.
//!
//! libpq looks at them only when it connects. A server would start with ones that cannot be, and wait for a
//! database that it can never find.

use std::net::Ipv6Addr;

use percent_encoding::percent_decode_str;

/// Whether what follows the scheme names places that can be: any number of hosts, each with a port or
/// without, and none at all for the usual one.
pub(super) fn can_be(rest: &str) -> bool {
    // User and password end at the first `@` before any `/`.
    let user = rest
        .find(['@', '/'])
        .filter(|at| rest[*at..].starts_with('@'));
    let place = user.map_or(rest, |at| &rest[at + 1..]);
    let (place, parameters) = place.split_once('?').unwrap_or((place, ""));
    let hosts = place.split('/').next().unwrap_or_default();
    hosts.split(',').all(is_host_and_port) && parameters.split('&').all(is_parameter)
}

fn is_host_and_port(text: &str) -> bool {
    if let Some(bracketed) = text.strip_prefix('[') {
        let Some((address, port)) = bracketed.split_once(']') else {
            return false;
        };
        let port = match port.strip_prefix(':') {
            Some(port) => port,
            None if port.is_empty() => port,
            None => return false,
        };
        return is_address(address) && is_port(port);
    }
    let (host, port) = text.split_once(':').unwrap_or((text, ""));
    is_host(host) && is_port(port)
}

/// Whether it is an IPv6 address, with the zone that it may have.
fn is_address(text: &str) -> bool {
    decoded(text).is_some_and(|text| {
        let address = text.split('%').next().unwrap_or_default();
        address.parse::<Ipv6Addr>().is_ok()
    })
}

/// Whether it is a name or an address, the folder of a socket, or nothing.
fn is_host(text: &str) -> bool {
    decoded(text).is_some_and(|host| {
        let letter = |c: char| c.is_alphanumeric() || "-._".contains(c);
        host.starts_with(['/', '@']) || host.chars().all(letter)
    })
}

/// Whether it is a port, or nothing for the usual one.
fn is_port(text: &str) -> bool {
    decoded(text).is_some_and(|port| {
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        port.is_empty() || digits && port.parse::<u16>().is_ok_and(|port| port > 0)
    })
}

/// Whether it is a parameter that can be: of those that say where to go, `port` is a list of its own.
fn is_parameter(text: &str) -> bool {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    decoded(name).as_deref() != Some("port")
        || decoded(value).is_some_and(|ports| ports.split(',').all(is_port))
}

fn decoded(text: &str) -> Option<String> {
    let text = percent_decode_str(text).decode_utf8().ok()?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::can_be;

    #[test]
    fn wherever_a_database_can_be_is_taken() {
        for rest in [
            "",
            "/d",
            "h",
            "h:",
            "h:1/d",
            "h:65535",
            "a:p@db-1.example:5432/d?sslmode=require",
            "a:p?p:x@h/d",
            "[::1]/d",
            "[fe80::1%25eth0]:5432",
            "h1:1,[::1]:2,h3/d",
            "a@/d?host=/run/postgresql&port=5433",
            "%2Frun%2Fpostgresql:5433/d",
            "h/d?port=1,,3",
        ] {
            assert!(can_be(rest), "{rest}");
        }
    }

    #[test]
    fn a_place_that_cannot_be_is_not() {
        for rest in [
            "h:99999/d",
            "h:notaport",
            "h:0",
            "h:+1",
            "h:1:2",
            "h 1/d",
            "a@b@h/d",
            // The password ends where the path begins; what is left of it is no port.
            "a:p/ss@h/d",
            "::1/d",
            "[::1/d",
            "[::1]5432/d",
            "[h]:1/d",
            "h1:1,h2:x/d",
            "h/d?port=x",
            "h/d?x=y&p%6Frt=70000",
        ] {
            assert!(!can_be(rest), "{rest}");
        }
    }
}
