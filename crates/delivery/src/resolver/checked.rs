//! The resolver inside the HTTP client, which connects to what it is given here and to nothing else.

use std::net::SocketAddr;
use std::sync::Arc;

use org_webhooks::egress::EgressPolicy;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Resolver;

/// Gives out a name's addresses when the policy lets deliveries go to all of them, and otherwise an
/// [`Unfit`](super::Unfit). The client does not ask about an address that stands in the URL itself.
pub(crate) struct Checked {
    resolver: Resolver,
    policy: Arc<EgressPolicy>,
}

impl Checked {
    pub(crate) fn new(resolver: Resolver, policy: Arc<EgressPolicy>) -> Self {
        Self { resolver, policy }
    }
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.resolver.clone();
        let policy = Arc::clone(&self.policy);
        Box::pin(async move {
            let addresses = resolver.addresses(&policy, name.as_str()).await?;
            // The client puts the URL's port in the place of 0.
            let sockets = addresses
                .into_iter()
                .map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(sockets) as Addrs)
        })
    }
}
