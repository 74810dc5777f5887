//! What the tests stand on.

pub(crate) mod certificates;
pub(crate) mod name_server;
pub(crate) mod receiver;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use org_delivery::limits::Limits;
use org_delivery::outcome::{Answer, Failure};
use org_delivery::post::Poster;
use org_delivery::resolver::Resolver;
use org_delivery::roots::Roots;
use org_kernel::clock::SystemClock;
use org_webhooks::egress::EgressPolicy;

/// What is posted.
pub(crate) const BODY: &str = r#"{"id":"evt_1","type":"production.created"}"#;

/// Limits for tests that wait until a connection is given up. The rest is out of the way.
pub(crate) const HASTY: Limits = Limits {
    connect: Duration::from_millis(200),
    total: Duration::from_mins(1),
    body: 4096,
    idle_per_host: 8,
    idle: Duration::from_secs(4),
};

/// Limits for tests that wait until an answer is given up.
pub(crate) const IMPATIENT: Limits = Limits {
    connect: Duration::from_mins(1),
    total: Duration::from_millis(800),
    ..HASTY
};

/// Lets deliveries go by plain http, on every port, to 127.0.0.1 besides what is anybody's. Other
/// addresses of the loopback network stay closed.
pub(crate) fn local() -> EgressPolicy {
    let here: IpNet = "127.0.0.1/32".parse().expect("a network");
    EgressPolicy::default().with_http().with_allowed([here])
}

/// A resolver that knows no name and asks nobody.
pub(crate) fn nameless() -> Resolver {
    Resolver::asking(&[]).expect("a resolver")
}

pub(crate) fn poster(policy: EgressPolicy, resolver: Resolver) -> Poster {
    with_limits(policy, resolver, Limits::default())
}

pub(crate) fn with_limits(policy: EgressPolicy, resolver: Resolver, limits: Limits) -> Poster {
    let clock = Arc::new(SystemClock);
    Poster::new(policy.with_http(), resolver, Roots::none(), limits, clock).expect("a poster")
}

/// Posts to a URL without headers of its own.
pub(crate) async fn post(poster: &Poster, url: &str) -> Result<Answer, Failure> {
    let none: [(&str, &str); 0] = [];
    poster.post(url, &none, BODY.to_owned()).await.end
}

/// The words of an attempt that came to no answer.
pub(crate) async fn words(poster: &Poster, url: &str) -> String {
    match post(poster, url).await {
        Ok(answer) => panic!("{url}: {answer:?}"),
        Err(failure) => failure.to_string(),
    }
}

/// The URL of a receiver by plain http.
pub(crate) fn url(receiver: SocketAddr) -> String {
    format!("http://{receiver}/hook?a=1")
}
