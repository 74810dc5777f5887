//! One attempt: one POST, and what came of it.

use std::sync::Arc;

use org_kernel::clock::Clock;
use org_webhooks::egress::EgressPolicy;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, RequestBuilder, Response, redirect};
use tokio::time::{Instant, timeout_at};

use crate::limits::Limits;
use crate::outcome::{Answer, Failure, Outcome};
use crate::resolver::{Checked, Resolver};
use crate::roots::Roots;
use crate::{answer, failure, retry_after};

/// How the server calls itself to receivers.
const USER_AGENT: &str = concat!("org-api/", env!("CARGO_PKG_VERSION"));

/// Posts messages. It keeps connections for the next message to the same host; clones share them.
#[derive(Clone)]
pub struct Poster {
    policy: Arc<EgressPolicy>,
    limits: Limits,
    client: Client,
    clock: Arc<dyn Clock>,
}

/// Why nothing can be posted.
#[derive(Debug, thiserror::Error)]
pub enum PosterError {
    /// There is no root certificate, and so no receiver could be believed.
    #[error(
        "there are no root certificates for TLS: install the package ca-certificates, \
         or name a file of them in SSL_CERT_FILE"
    )]
    NoRoots,
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(#[from] reqwest::Error),
}

impl Poster {
    /// One that posts where `policy` lets it, to what `resolver` finds there, believing receivers whom
    /// `roots` vouch for. `clock` tells how far away the time in a `Retry-After` is. Without roots, it is
    /// an error unless plain http is open.
    pub fn new(
        policy: EgressPolicy,
        resolver: Resolver,
        roots: Roots,
        limits: Limits,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PosterError> {
        if roots.is_empty() {
            if !policy.opens_http() {
                return Err(PosterError::NoRoots);
            }
            tracing::warn!("there are no root certificates: no https receiver will be believed");
        }
        let policy = Arc::new(policy);
        let checked = Checked::new(resolver, Arc::clone(&policy));
        let client = client(checked, roots, limits)?;
        Ok(Self {
            policy,
            limits,
            client,
            clock,
        })
    }

    /// Posts `body` as JSON, with `headers` (names and values) besides those that every message has. The
    /// URL and all that its host leads to are looked at before anything is dialled.
    pub async fn post<N, V>(&self, url: &str, headers: &[(N, V)], body: String) -> Outcome
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let started = Instant::now();
        let end = match all_headers(headers) {
            Ok(headers) => self.attempt(url, headers, body, started).await,
            Err(failure) => Err(failure),
        };
        Outcome {
            duration: started.elapsed(),
            end,
        }
    }

    async fn attempt(
        &self,
        url: &str,
        headers: HeaderMap,
        body: String,
        started: Instant,
    ) -> Result<Answer, Failure> {
        let destination = self.policy.check_url(url).map_err(Failure::Refused)?;
        let request = self.client.post(destination.url).headers(headers);
        let deadline = started + self.limits.total;
        let mut response = self.send(request.body(body), deadline).await?;
        Ok(Answer {
            status: response.status().as_u16(),
            body: answer::beginning(&mut response, self.limits.body, deadline).await,
            retry_after: retry_after::read(response.headers(), self.clock.now()),
        })
    }

    async fn send(&self, request: RequestBuilder, until: Instant) -> Result<Response, Failure> {
        let Limits { connect, total, .. } = self.limits;
        timeout_at(until, request.send())
            .await
            .map_err(|_| failure::line(&format!("no answer within {total:?}")))?
            .map_err(|error| failure::unanswered(&error, connect))
    }
}

impl std::fmt::Debug for Poster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Poster");
        shown.field("policy", &self.policy);
        shown.field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// A client that goes nowhere but where it is sent: through no proxy, behind no redirect, and to the
/// addresses that `checked` gives out. An answer is taken as it comes, in HTTP/1.1 and not inflated.
fn client(checked: Checked, roots: Roots, limits: Limits) -> Result<Client, PosterError> {
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .dns_resolver(checked)
        .tls_backend_preconfigured(roots.into_tls()?)
        .http1_only()
        .user_agent(USER_AGENT)
        .connect_timeout(limits.connect)
        .pool_max_idle_per_host(limits.idle_per_host)
        .pool_idle_timeout(limits.idle)
        .tcp_nodelay(true)
        .build()?;
    Ok(client)
}

fn all_headers<N: AsRef<str>, V: AsRef<str>>(headers: &[(N, V)]) -> Result<HeaderMap, Failure> {
    let mut all = HeaderMap::with_capacity(headers.len() + 1);
    all.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in headers {
        let name = name.as_ref();
        let unsendable = || failure::line(&format!("the header {name} cannot be sent"));
        let header = HeaderName::try_from(name).map_err(|_| unsendable())?;
        let value = HeaderValue::try_from(value.as_ref()).map_err(|_| unsendable())?;
        all.insert(header, value);
    }
    Ok(all)
}
