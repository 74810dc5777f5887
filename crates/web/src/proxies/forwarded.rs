//! `Forwarded` (RFC 7239), read from its end.
//!
//! What a client wrote stands before what a proxy added. A client that leaves a quotation mark open would,
//! to whoever reads from the beginning, make the proxy's own words a part of its text; read from the end,
//! they are what they are.

use std::net::IpAddr;

use super::address;

/// What stands before the last element of a list, if there is anything, and that element. A comma in a
/// quotation separates nothing.
pub(super) fn split_last(list: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let mut quoted = false;
    let mut at = list.len();
    super::split_last(list, |byte| {
        at -= 1;
        quoted ^= byte == b'"' && !is_escaped(&list[..at]);
        byte == b',' && !quoted
    })
}

/// The address that the `for` of an element tells.
///
/// An element without `for`, or with two, a name that hides the address (`unknown`, `_something`), and what
/// cannot be read tell none.
pub(super) fn address_of(element: &[u8]) -> Option<IpAddr> {
    let mut found = None;
    let mut unread = str::from_utf8(element).ok()?.trim_matches(SPACE);
    while !unread.is_empty() {
        let (name, value, rest) = pair(unread)?;
        unread = rest;
        if name.eq_ignore_ascii_case("for") && found.replace(value).is_some() {
            return None;
        }
    }
    node(&found?)
}

const SPACE: [char; 2] = [' ', '\t'];

/// Whether what follows this text stands behind a backslash that means it.
fn is_escaped(before: &[u8]) -> bool {
    let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    slashes.count() % 2 == 1
}

/// The first `name=value` of an element, the value without its quotation marks, and the pairs after it.
fn pair(text: &str) -> Option<(&str, String, &str)> {
    let (name, after) = text.split_once('=')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let (value, rest) = if let Some(quoted) = after.strip_prefix('"') {
        unquote(quoted)?
    } else {
        let end = after.find(';').unwrap_or(after.len());
        let (value, rest) = after.split_at(end);
        (value.trim_end_matches(SPACE).to_owned(), rest)
    };
    let rest = rest.trim_start_matches(SPACE);
    let rest = match rest.strip_prefix(';') {
        Some(rest) => rest.trim_start_matches(SPACE),
        None if rest.is_empty() => rest,
        None => return None,
    };
    Some((name, value, rest))
}

/// What a quotation says, and what follows it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut said = String::new();
    let mut characters = text.char_indices();
    loop {
        match characters.next()? {
            (at, '"') => return Some((said, &text[at + 1..])),
            (_, '\\') => said.push(characters.next()?.1),
            (_, character) => said.push(character),
        }
    }
}

/// The address of a node: an IPv4 address, or an IPv6 address in brackets, with a port or without, which
/// may be a made-up name.
fn node(text: &str) -> Option<IpAddr> {
    let hidden_port = |(host, port): (&str, &str)| port.starts_with('_').then(|| host.to_owned());
    let host = text.rsplit_once(':').and_then(hidden_port);
    address(host.as_deref().unwrap_or(text))
}
