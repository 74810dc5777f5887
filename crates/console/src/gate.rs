//! What is asked of every request before anything is done for it: that its head is of a size that
//! somebody may mean, and that the server, which the API shares, has room for one more.

use std::sync::Arc;

use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use org_web::{Ticket, hold_head};

use crate::call::Call;
use crate::console::Console;
use crate::refusal::Refusal;
use crate::refused;

/// There is room for no more requests.
#[derive(Debug, thiserror::Error)]
#[error("as many requests are being answered as may be")]
struct NoRoom;

/// Lets a request in, or turns it away; the edge tells of it in both cases.
pub(crate) async fn gate(
    console: &Arc<Console>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    let mut response = match let_in(console, &request) {
        Ok(_ticket) => next.call(request).await?,
        Err(refusal) => {
            let call = Call::without_form(Arc::clone(console), request.request().clone());
            request.into_response(refused::answer(&call, None, &refusal))
        }
    };
    // The browser comes back to another server, if there is one.
    if console.bounds.gate.is_closing() {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

fn let_in(console: &Console, request: &ServiceRequest) -> Result<Ticket, Refusal> {
    hold_head(request.head()).map_err(|_| Refusal::HeadTooLarge)?;
    let ticket = console.bounds.gate.enter();
    ticket.ok_or_else(|| Refusal::Unavailable(NoRoom.into()))
}
