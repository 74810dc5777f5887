//! How name servers are asked.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, LookupIpStrategy, NameServerConfig, ResolveHosts, ResolverConfig,
    ResolverOpts,
};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::system_conf::read_system_conf;

/// How long one name server is given to answer one question, before it is asked once more.
const TIMEOUT: Duration = Duration::from_millis(1500);
/// The longest that an answer is kept, whatever it says of itself: a receiver that moves is found.
const KEPT: Duration = Duration::from_mins(1);
/// The longest that it is kept that there is no answer.
const NOTHING_KEPT: Duration = Duration::from_secs(10);

pub(super) fn system() -> Result<TokioResolver, NetError> {
    let name_servers = match read_system_conf() {
        Ok((config, _)) => config.name_servers,
        // As resolv.conf(5) has it: without such a file, a name server on this machine is asked.
        Err(error) => {
            tracing::warn!(%error, "no name servers are configured: asking 127.0.0.1");
            vec![NameServerConfig::udp_and_tcp(Ipv4Addr::LOCALHOST.into())]
        }
    };
    build(name_servers, ResolveHosts::Always)
}

pub(super) fn asking(name_servers: &[SocketAddr]) -> Result<TokioResolver, NetError> {
    let name_servers = name_servers.iter().copied().map(name_server).collect();
    build(name_servers, ResolveHosts::Never)
}

fn name_server(address: SocketAddr) -> NameServerConfig {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
        connection.port = address.port();
        connection
    });
    NameServerConfig::new(address.ip(), true, connections.to_vec())
}

fn build(
    name_servers: Vec<NameServerConfig>,
    hosts: ResolveHosts,
) -> Result<TokioResolver, NetError> {
    let config = ResolverConfig::from_parts(None, Vec::new(), name_servers);
    let runtime = TokioRuntimeProvider::default();
    let mut builder = TokioResolver::builder_with_config(config, runtime);
    set(builder.options_mut(), hosts);
    builder.build()
}

fn set(options: &mut ResolverOpts, hosts: ResolveHosts) {
    options.timeout = TIMEOUT;
    options.attempts = 1;
    // The family that is reachable nearly everywhere first; the other is tried as well.
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    options.use_hosts_file = hosts;
    options.positive_max_ttl = Some(KEPT);
    options.negative_max_ttl = Some(NOTHING_KEPT);
}
