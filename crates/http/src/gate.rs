//! What is asked of every request before anything is done for it: that its head is of a size that
//! somebody may mean, and that the server has room for one more.
//!
//! Whether the process is up, and whether it is ready, is answered whatever else it is doing.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use org_web::{Ticket, hold_head};

use crate::api::Api;
use crate::failure::Failure;

/// Always answered.
const EXEMPT: [&str; 2] = ["/healthz", "/readyz"];

/// There is room for no more requests.
#[derive(Debug, thiserror::Error)]
#[error("as many requests are being answered as may be")]
struct NoRoom;

/// Lets a request in, or turns it away; the edge tells of it in both cases.
pub(crate) async fn gate(
    api: &Api,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    let mut response = match let_in(api, &request) {
        Ok(_ticket) => next.call(request).await?,
        Err(failure) => request.into_response(HttpResponse::from_error(failure)),
    };
    // The client comes back to another server, if there is one.
    if api.bounds.gate.is_closing() {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

fn let_in(api: &Api, request: &ServiceRequest) -> Result<Option<Ticket>, Failure> {
    hold_head(request.head()).map_err(Failure::HeadTooLarge)?;
    if EXEMPT.contains(&request.path()) {
        return Ok(None);
    }
    let ticket = api.bounds.gate.enter();
    ticket.map(Some).ok_or_else(|| Failure::unavailable(NoRoom))
}
