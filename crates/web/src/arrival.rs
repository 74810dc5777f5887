//! Where a request comes from, as the audit trail tells of it.

use std::net::IpAddr;

use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest};
use org_kernel::audit;
use org_kernel::id_source::IdSource;

use crate::proxies::Proxies;
use crate::request_id::RequestId;

/// What is known of a request before anything is asked of it. The edge leaves it in the request's
/// extensions, for everything within.
#[derive(Clone, Debug)]
pub struct Arrival {
    id: RequestId,
    address: IpAddr,
}

impl Arrival {
    /// Reads what a request says of itself; an id that it lacks is given to it.
    pub fn of(request: &ServiceRequest, proxies: &Proxies, ids: &dyn IdSource) -> Self {
        Self {
            id: RequestId::of(request, ids),
            address: proxies.client_of(request.request()).to_canonical(),
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

    /// The client's address; an IPv4 address is never written as IPv6.
    pub fn address(&self) -> IpAddr {
        self.address
    }
}

/// What the trail tells of a request that is answered with `status`.
pub fn audited(request: &HttpRequest, status: StatusCode) -> audit::Request {
    let Arrival { id, address } = Arrival::at(request);
    audit::Request {
        id: id.to_string(),
        address,
        method: request.method().to_string(),
        route: request.match_pattern().unwrap_or_else(|| "none".to_owned()),
        status: status.as_u16(),
    }
}
