//! The last resort around everything that is served.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use actix_http::{Request, Response};
use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::StatusCode;
use futures_util::FutureExt;

use super::connection::Connection;
use super::unheard::Unheard;
use crate::rescue::text_of;

/// Answers a request, also if what is around the handlers panics; the handlers are rescued by
/// themselves, and closer to what their client should be told.
pub(super) fn answer<S>(
    request: Request,
    app: &S,
    unheard: &Unheard,
) -> impl Future<Output = Result<Response<BoxBody>, Error>> + use<S>
where
    S: Service<Request, Response = ServiceResponse, Error = Error>,
{
    let connection = request.conn_data::<Rc<Connection>>();
    let under_way = connection.map(Connection::begin);
    let unheard = unheard.clone();
    let called = catch_unwind(AssertUnwindSafe(|| app.call(request)));
    async move {
        let _under_way = under_way;
        let answer = match called {
            Ok(call) => AssertUnwindSafe(call).catch_unwind().await,
            Err(panic) => Err(panic),
        };
        answer.map_or_else(
            |panic| {
                let why = text_of(&*panic);
                tracing::error!(
                    error = why,
                    "a request was given up: what is around it panicked"
                );
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Ok(unheard.response(status).map_into_boxed_body())
            },
            |answer| answer.map(Response::from),
        )
    }
}
