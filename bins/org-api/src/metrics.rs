//! Metrics, on an address of their own: it is for those who watch the server, and for nobody else.
//!
//! It answers while the server drains, and so tells of its end too.

mod figures;

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::header::{ALLOW, CONTENT_TYPE};
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer, guard};
use org_kernel::chain;
use org_metrics::Metrics;
use org_web::Surface;

pub(crate) use self::figures::{Figures, Sources};
use crate::failure::Failure;
use crate::settings::{Settings, wrong};

/// How many connections there may be: whoever scrapes has one.
const CONNECTIONS: usize = 16;

/// How long a client may take to ask.
const PATIENCE: Duration = Duration::from_secs(5);

/// Begins to count, if anybody is to be told.
pub(crate) fn begin(settings: &Settings) -> Result<Option<Arc<Metrics>>, Failure> {
    if settings.observing.metrics_listen.is_none() {
        return Ok(None);
    }
    let api = org_http::routes::patterns();
    let console = org_console::routes::patterns();
    let api = api.iter().map(|route| (Surface::Api, route.as_str()));
    let console = console
        .iter()
        .map(|route| (Surface::Console, route.as_str()));
    let metrics = Metrics::new(env!("CARGO_PKG_VERSION"), api.chain(console))?;
    Ok(Some(Arc::new(metrics)))
}

/// Takes the address for metrics, if there is one.
pub(crate) fn listen(settings: &Settings) -> Result<Option<TcpListener>, Failure> {
    let Some(listen) = &settings.observing.metrics_listen else {
        return Ok(None);
    };
    let addresses = listen.resolve();
    let addresses =
        addresses.map_err(|error| wrong("metrics_listen", format!("{listen}: {error}")))?;
    let listener = TcpListener::bind(addresses.as_slice()).map_err(|error| {
        Failure::during(
            format!("setting `metrics_listen`: cannot listen on {listen}"),
            &error,
        )
    })?;
    Ok(Some(listener))
}

/// Metrics that are served, until they are [ended](Self::end).
pub(crate) struct Served(Option<ServerHandle>);

impl Served {
    pub(crate) async fn end(self) {
        if let Some(server) = self.0 {
            server.stop(true).await;
        }
    }
}

/// Begins to serve them, if there is an address.
pub(crate) fn serve(
    listener: Option<TcpListener>,
    figures: Option<Arc<Figures>>,
) -> io::Result<Served> {
    let (Some(listener), Some(figures)) = (listener, figures) else {
        return Ok(Served(None));
    };
    let address = listener.local_addr()?;
    let figures = Data::from(figures);
    let server = HttpServer::new(move || {
        let reads = guard::Any(guard::Get()).or(guard::Head());
        let metrics = web::resource("/metrics")
            .route(web::route().guard(reads).to(scrape))
            .default_service(web::to(only_read));
        App::new().app_data(Data::clone(&figures)).service(metrics)
    })
    .workers(1)
    .max_connections(CONNECTIONS)
    .client_request_timeout(PATIENCE)
    .shutdown_timeout(PATIENCE.as_secs())
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        if let Err(error) = server.await {
            tracing::error!(error = chain(&error), "metrics are not served any more");
        }
    });
    tracing::info!(metrics = %address, "serving metrics");
    Ok(Served(Some(handle)))
}

async fn only_read() -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((ALLOW, "GET, HEAD"))
        .finish()
}

async fn scrape(figures: Data<Figures>) -> HttpResponse {
    match figures.into_inner().told().await {
        Ok(text) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, org_metrics::CONTENT_TYPE))
            .body(text),
        Err(failure) => {
            tracing::error!(error = failure, "the metrics could not be told");
            HttpResponse::InternalServerError().finish()
        }
    }
}
