//! What is open and what is not.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;
use url::{Host, Url};

use super::Refusal;
use super::address::range_of;

/// The ports that are open unless it is said otherwise.
const PORTS: &[u16] = &[443, 8443];

/// Where deliveries may go: https, to addresses that are anybody's, on the usual ports.
#[derive(Clone, Debug)]
pub struct EgressPolicy {
    ports: Vec<u16>,
    http: bool,
    allowed: Vec<IpNet>,
}

/// A URL that may be called as far as it tells by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The URL.
    pub url: Url,
    /// The name that is left to be resolved; none if the URL holds the address, which is then open.
    pub name: Option<String>,
    /// The port.
    pub port: u16,
}

impl Default for EgressPolicy {
    fn default() -> Self {
        Self {
            ports: PORTS.to_vec(),
            http: false,
            allowed: Vec::new(),
        }
    }
}

impl EgressPolicy {
    /// The same, with other ports open.
    #[must_use]
    pub fn with_ports(mut self, ports: impl IntoIterator<Item = u16>) -> Self {
        self.ports = ports.into_iter().collect();
        self
    }

    /// The same, with plain http open, and every port: what a developer's receiver has.
    #[must_use]
    pub fn with_http(mut self) -> Self {
        self.http = true;
        self
    }

    /// The same, with these addresses open, whatever they are.
    #[must_use]
    pub fn with_allowed(mut self, nets: impl IntoIterator<Item = IpNet>) -> Self {
        self.allowed.extend(nets);
        self
    }

    /// Whether plain http is open.
    pub const fn opens_http(&self) -> bool {
        self.http
    }

    /// Looks at a URL as it is written: its scheme, its port, and its address if it holds one.
    pub fn check_url(&self, text: &str) -> Result<Destination, Refusal> {
        let url = Url::parse(text).map_err(|error| Refusal::NotAUrl(error.to_string()))?;
        match url.scheme() {
            "https" => {}
            "http" if self.http => {}
            other => return Err(Refusal::Scheme(other.to_owned())),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Credentials);
        }
        let port = url.port_or_known_default().ok_or(Refusal::NoHost)?;
        self.check_port(port)?;
        let name = match url.host() {
            None => return Err(Refusal::NoHost),
            Some(Host::Ipv4(address)) => {
                self.check_address(address.into())?;
                None
            }
            Some(Host::Ipv6(address)) => {
                self.check_address(address.into())?;
                None
            }
            Some(Host::Domain(name)) => {
                if is_this_machine(name) {
                    self.check_address(Ipv4Addr::LOCALHOST.into())?;
                }
                Some(name.to_owned())
            }
        };
        Ok(Destination { url, name, port })
    }

    /// Looks at everything that a name resolves to. If one address is refused, all are: a resolver that
    /// mixes them is not to be trusted with the choice.
    pub fn check_resolved(&self, addresses: &[IpAddr]) -> Result<(), Refusal> {
        if addresses.is_empty() {
            return Err(Refusal::Unresolved);
        }
        let mut addresses = addresses.iter();
        addresses.try_for_each(|address| self.check_address(*address))
    }

    /// Looks at one address.
    pub fn check_address(&self, address: IpAddr) -> Result<(), Refusal> {
        let plain = address.to_canonical();
        let is_open = |net: &IpNet| net.contains(&address) || net.contains(&plain);
        if self.allowed.iter().any(is_open) {
            return Ok(());
        }
        match range_of(address) {
            None => Ok(()),
            Some(range) => Err(Refusal::Address { address, range }),
        }
    }

    fn check_port(&self, port: u16) -> Result<(), Refusal> {
        if self.http || self.ports.contains(&port) {
            return Ok(());
        }
        let allowed: Vec<_> = self.ports.iter().map(ToString::to_string).collect();
        let allowed = allowed.join(" or ");
        Err(Refusal::Port { port, allowed })
    }
}

/// True for `localhost` and what ends in it, which lead to this machine whoever is asked (RFC 6761).
fn is_this_machine(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}
