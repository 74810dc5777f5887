//! Where a request comes from and what it asks for, as the log and the audit trail tell of it.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest};
use org_kernel::audit;
use org_kernel::id_source::IdSource;

use crate::proxies::Proxies;
use crate::request_id::RequestId;
use crate::trace_context::TraceContext;

/// The route of a request that matches none.
pub const NO_ROUTE: &str = "none";

/// What is known of a request before anything is asked of it. The edge leaves it in the request's
/// extensions, for everything within.
#[derive(Clone, Debug)]
pub struct Arrival {
    id: RequestId,
    trace: TraceContext,
    address: IpAddr,
    route: Arc<str>,
}

impl Arrival {
    /// Reads what a request to `route` says of itself; an id that it lacks is given to it, and so is a
    /// trace.
    pub fn of(
        request: &ServiceRequest,
        route: Arc<str>,
        proxies: &Proxies,
        ids: &dyn IdSource,
    ) -> Self {
        let fresh = ids.uuid();
        Self {
            id: RequestId::of(request, fresh),
            trace: TraceContext::of(request, fresh),
            address: proxies.client_of(request.request()).to_canonical(),
            route,
        }
    }

    /// That of a request which the edge has let in.
    ///
    /// # Panics
    /// For a request that came in without the edge, which nothing that is served does.
    pub fn at(request: &HttpRequest) -> Self {
        let extensions = request.extensions();
        let arrival = extensions.get::<Self>();
        arrival.expect("the edge is around everything").clone()
    }

    /// By which a client and the log speak of the request.
    pub fn id(&self) -> &RequestId {
        &self.id
    }

    /// The trace that it is part of, and its own span there.
    pub fn trace(&self) -> &TraceContext {
        &self.trace
    }

    /// The pattern of its path, as the router knows it; [`NO_ROUTE`] if there is none.
    pub fn route(&self) -> &str {
        &self.route
    }

    /// The client's address; an IPv4 address is never written as IPv6.
    pub fn address(&self) -> IpAddr {
        self.address
    }
}

/// What the trail tells of a request that is answered with `status`.
pub fn audited(request: &HttpRequest, status: StatusCode) -> audit::Request {
    let arrival = Arrival::at(request);
    audit::Request {
        id: arrival.id.to_string(),
        address: arrival.address,
        method: request.method().to_string(),
        route: arrival.route.to_string(),
        status: status.as_u16(),
    }
}
