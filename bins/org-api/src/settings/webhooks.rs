//! How webhooks are delivered, and where to.

use std::net::SocketAddr;
use std::num::NonZeroU16;

use org_delivery::resolver::{Resolver, Unconfigured};
use org_delivery::roots::Roots;
use org_kernel::choices;
use org_kernel::field::FromText;
use org_webhooks::egress::EgressPolicy;
use time::Duration;

use super::address::network;
use super::reading::{Reading, items};
use super::setting::{Kind, Reach, Setting, number, setting};
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

pub(super) const SETTINGS: &[Setting] = &[
    setting("webhook_delivery", Kind::Text, "MODE")
        .of(Reach::Webhooks)
        .usual("record")
        .does("Whether deliveries are sent (`live`) or only recorded (`record`)")
        .more(", in which case nothing calls out"),
    setting("webhook_allow", Kind::List, "CIDR")
        .of(Reach::Webhooks)
        .does("Networks that deliveries may go to whatever they are"),
    setting("webhook_allow_http", Kind::Switch, "")
        .of(Reach::Webhooks)
        .usual("false")
        .does("Let deliveries go over http and to every port"),
    setting("webhook_ports", Kind::List, "PORTS")
        .of(Reach::Webhooks)
        .usual("443,8443")
        .does("The ports that deliveries may go to"),
    setting("webhook_resolver", Kind::List, "ADDR")
        .of(Reach::Webhooks)
        .usually("the system's")
        .does("The name servers to ask")
        .more(", as `192.0.2.53:53`"),
    setting("webhook_ca", Kind::Text, "FILE")
        .of(Reach::Webhooks)
        .does("A PEM file with root certificates that are believed beside the system's"),
    setting("webhook_retention_days", number(1, 3650), "DAYS")
        .usual("90")
        .does("For how many days deliveries are kept")
        .more("; those that are still to be sent stay"),
];

impl Webhooks {
    /// What finds out where a host leads.
    pub(crate) fn resolver(&self) -> Result<Resolver, Unconfigured> {
        match self.resolver.as_slice() {
            [] => Resolver::system(),
            name_servers => Resolver::asking(name_servers),
        }
    }

    pub(super) fn read(from: &Reading) -> Result<Self, Failure> {
        let days = from.required_number::<u16>("webhook_retention_days")?;
        Ok(Self {
            egress: egress(from)?,
            delivery: from.required("webhook_delivery", Delivery::from_text)?,
            resolver: from.list("webhook_resolver", name_server)?,
            ca: from.optional("webhook_ca", certificates)?,
            kept_for: Duration::days(days.into()),
        })
    }
}

fn egress(from: &Reading) -> Result<EgressPolicy, Failure> {
    let policy = EgressPolicy::default()
        .with_ports(from.required("webhook_ports", ports)?)
        .with_allowed(from.list("webhook_allow", network)?);
    Ok(if from.switch("webhook_allow_http")? {
        policy.with_http()
    } else {
        policy
    })
}

fn ports(text: &str) -> Result<Vec<u16>, &'static str> {
    let ports = items(text).map(|port| port.parse().ok());
    let ports: Option<Vec<NonZeroU16>> = ports.collect();
    let ports = ports.filter(|ports| !ports.is_empty());
    let ports = ports.ok_or("must be one or more ports from 1 to 65535")?;
    Ok(ports.into_iter().map(NonZeroU16::get).collect())
}

fn name_server(text: &str) -> Result<SocketAddr, String> {
    let parsed = text.parse().ok();
    let parsed = parsed.filter(|address: &SocketAddr| address.port() != 0);
    parsed.ok_or_else(|| format!("{text:?} must be an address with a port, like 192.0.2.53:53"))
}

fn certificates(file: &str) -> Result<Vec<u8>, String> {
    let refused = |why: String| format!("{file}: {why}");
    let pem = std::fs::read(file).map_err(|error| refused(error.to_string()))?;
    let roots = Roots::none().with_pem(&pem);
    roots.map_err(|error| refused(error.to_string()))?;
    Ok(pem)
}
