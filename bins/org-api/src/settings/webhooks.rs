//! How webhooks are delivered, and where to.

use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::Path;

use org_delivery::resolver::{Resolver, Unconfigured};
use org_delivery::roots::Roots;
use org_kernel::choices;
use org_kernel::field::FromText;
use org_webhooks::egress::EgressPolicy;
use time::Duration;

use super::{Written, network, wrong};
use crate::failure::Failure;

/// What `serve`, `dev` and the commands on webhooks go by.
#[derive(Clone, Debug)]
pub(crate) struct Webhooks {
    /// Where deliveries may go.
    pub(crate) egress: EgressPolicy,
    pub(crate) delivery: Delivery,
    /// The name servers to ask; the system's when there are none.
    resolver: Vec<SocketAddr>,
    /// Root certificates beside the system's, as PEM that was read once already.
    pub(crate) ca: Option<Vec<u8>>,
    /// For how long deliveries are kept.
    pub(crate) kept_for: Duration,
}

choices! {
    /// Whether deliveries leave the server.
    pub(crate) enum Delivery {
        /// They are recorded, and nothing calls out.
        Record = "record",
        /// They are sent.
        Live = "live",
    }
}

impl Webhooks {
    /// What finds out where a host leads.
    pub(crate) fn resolver(&self) -> Result<Resolver, Unconfigured> {
        match self.resolver.as_slice() {
            [] => Resolver::system(),
            name_servers => Resolver::asking(name_servers),
        }
    }

    pub(super) fn read(written: &Written) -> Result<Self, Failure> {
        let resolver = written.webhook_resolver.iter();
        Ok(Self {
            egress: egress(written)?,
            delivery: Delivery::from_text(&written.webhook_delivery)
                .map_err(|invalid| wrong("webhook_delivery", invalid))?,
            resolver: resolver
                .map(|text| name_server(text))
                .collect::<Result<_, _>>()?,
            ca: written
                .webhook_ca
                .as_deref()
                .map(certificates)
                .transpose()?,
            kept_for: kept_for(written.webhook_retention_days)?,
        })
    }
}

fn egress(written: &Written) -> Result<EgressPolicy, Failure> {
    let allowed = written.webhook_allow.iter();
    let allowed = allowed.map(|text| network("webhook_allow", text));
    let allowed: Vec<_> = allowed.collect::<Result<_, _>>()?;
    let policy = EgressPolicy::default()
        .with_ports(ports(&written.webhook_ports)?)
        .with_allowed(allowed);
    Ok(if written.webhook_allow_http {
        policy.with_http()
    } else {
        policy
    })
}

fn kept_for(days: u32) -> Result<Duration, Failure> {
    if (1..=3650).contains(&days) {
        return Ok(Duration::days(days.into()));
    }
    Err(wrong("webhook_retention_days", "must be 1 to 3650"))
}

fn ports(written: &[String]) -> Result<Vec<u16>, Failure> {
    let ports = written.iter().map(|text| text.parse().ok());
    let ports: Option<Vec<NonZeroU16>> = ports.collect();
    match ports.filter(|ports| !ports.is_empty()) {
        Some(ports) => Ok(ports.into_iter().map(NonZeroU16::get).collect()),
        None => Err(wrong(
            "webhook_ports",
            "must be one or more ports from 1 to 65535",
        )),
    }
}

fn name_server(text: &str) -> Result<SocketAddr, Failure> {
    let parsed = text.parse().ok();
    let parsed = parsed.filter(|address: &SocketAddr| address.port() != 0);
    parsed.ok_or_else(|| {
        wrong(
            "webhook_resolver",
            format!("{text:?} must be an address with a port, like 192.0.2.53:53"),
        )
    })
}

fn certificates(file: &Path) -> Result<Vec<u8>, Failure> {
    let refused = |why: String| wrong("webhook_ca", format!("{}: {why}", file.display()));
    let pem = std::fs::read(file).map_err(|error| refused(error.to_string()))?;
    let roots = Roots::none().with_pem(&pem);
    roots.map_err(|error| refused(error.to_string()))?;
    Ok(pem)
}
