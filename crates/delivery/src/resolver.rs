//! Where names lead.
//!
//! Names are resolved here and not by the system's library, so that the addresses that were looked at
//! are the very ones that are connected to: a host whose name leads elsewhere at the second asking is
//! not asked a second time.

mod checked;
mod settings;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::net::NetError;
use hickory_resolver::proto::rr::Name;
use org_webhooks::egress::{EgressPolicy, Refusal};

pub(crate) use checked::Checked;

/// The longest that a name is asked about, aliases and silent name servers included. It leaves a
/// connection some of its five seconds.
const PATIENCE: Duration = Duration::from_secs(4);

/// Asks name servers, and the system's file of hosts, for addresses. Answers are kept for as long as
/// they say themselves, and for a minute at the most. Clones share what is kept.
#[derive(Clone)]
pub struct Resolver(TokioResolver);

/// Why there is no resolver.
#[derive(Debug, thiserror::Error)]
#[error("names cannot be resolved: {0}")]
pub struct Unconfigured(#[source] NetError);

/// Why it is not known where a name leads.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LookupError {
    /// It is longer than names are, or a part of it is.
    #[error("the host {0} is no name that can be resolved")]
    NotAName(String),
    /// No name server answered in time.
    #[error("no name server answered about {0} in time")]
    Timeout(String),
    /// The name servers could not tell.
    #[error("the name servers could not say where {0} leads: {1}")]
    Failed(String, #[source] NetError),
}

/// Why a URL cannot be called.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Unfit {
    /// Deliveries do not go there, or its name leads nowhere.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Where it leads is not known.
    #[error(transparent)]
    Unresolved(#[from] LookupError),
}

impl Resolver {
    /// One that asks as the system is set up to: the file of hosts first, then its name servers. The
    /// system's search domains are left out: a host in a URL is a whole name.
    pub fn system() -> Result<Self, Unconfigured> {
        settings::system().map(Self).map_err(Unconfigured)
    }

    /// One that asks these name servers alone, over UDP, and over TCP where an answer is too long.
    pub fn asking(name_servers: &[SocketAddr]) -> Result<Self, Unconfigured> {
        settings::asking(name_servers)
            .map(Self)
            .map_err(Unconfigured)
    }

    /// Every address that a name leads to, of either family; none if it leads nowhere.
    pub async fn lookup(&self, host: &str) -> Result<Vec<IpAddr>, LookupError> {
        let not_a_name = |_| LookupError::NotAName(host.to_owned());
        let mut name = Name::from_ascii(host).map_err(not_a_name)?;
        name.set_fqdn(true);
        match tokio::time::timeout(PATIENCE, self.0.lookup_ip(name)).await {
            Ok(Ok(found)) => Ok(found.iter().collect()),
            Ok(Err(error)) if error.is_no_records_found() => Ok(Vec::new()),
            Ok(Err(NetError::Timeout)) | Err(_) => Err(LookupError::Timeout(host.to_owned())),
            Ok(Err(error)) => Err(LookupError::Failed(host.to_owned(), error)),
        }
    }

    /// Every address that a name leads to, if the policy lets deliveries go to all of them.
    pub(crate) async fn addresses(
        &self,
        policy: &EgressPolicy,
        host: &str,
    ) -> Result<Vec<IpAddr>, Unfit> {
        let addresses = self.lookup(host).await?;
        policy.check_resolved(&addresses)?;
        Ok(addresses)
    }

    /// Looks at a URL as an attempt does: as it is written, and at every address that its host leads to.
    pub async fn check(&self, policy: &EgressPolicy, url: &str) -> Result<(), Unfit> {
        if let Some(name) = policy.check_url(url)?.name {
            self.addresses(policy, &name).await?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Resolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Resolver").finish_non_exhaustive()
    }
}
