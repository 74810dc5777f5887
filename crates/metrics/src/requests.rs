//! Requests: how many of each sort there were, and how long they took.

mod route;

use std::collections::HashMap;

use actix_web::http::StatusCode;
use org_web::{Answered, Limit, NO_ROUTE, Surface};
use prometheus::{
    Error, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts,
    Registry,
};

use route::Route;

/// From half a millisecond, which an answer from memory takes, to the half a minute after which no
/// answer comes any more; in seconds.
const BUCKETS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// The surfaces, in the order of their places in arrays.
const SURFACES: [Surface; 2] = [Surface::Api, Surface::Console];

/// What is counted of all requests of all routes.
pub(crate) struct Requests {
    families: Families,
    routes: [Routes; SURFACES.len()],
    limited: [IntCounter; 3],
    unheard: IntCounterVec,
    replays: IntCounter,
}

/// Those of one surface.
struct Routes {
    in_flight: IntGauge,
    unanswered: IntCounter,
    known: HashMap<Box<str>, Route>,
    none: Route,
}

/// The families that each route has series of.
struct Families {
    answered: IntCounterVec,
    took: HistogramVec,
}

impl Requests {
    pub(crate) fn new<'a>(
        registry: &Registry,
        routes: impl IntoIterator<Item = (Surface, &'a str)>,
    ) -> Result<Self, Error> {
        let families = Families::new(registry)?;
        let in_flight = in_flight(registry)?;
        let unanswered = unanswered(registry)?;
        let mut routes_of = SURFACES.map(|surface| Routes {
            in_flight: in_flight.with_label_values(&[label(surface)]),
            unanswered: unanswered.with_label_values(&[label(surface)]),
            known: HashMap::new(),
            none: Route::new(surface, NO_ROUTE),
        });
        for (surface, route) in routes {
            let known = &mut routes_of[place(surface)].known;
            known.insert(route.into(), Route::new(surface, route));
        }
        let limited = limited(registry)?;
        let replays = replays(registry)?;
        let unheard = unheard(registry)?;
        Ok(Self {
            families,
            routes: routes_of,
            limited: LIMITS.map(|(_, name)| limited.with_label_values(&[name])),
            replays,
            unheard,
        })
    }

    pub(crate) fn in_flight(&self, surface: Surface) -> &IntGauge {
        &self.routes[place(surface)].in_flight
    }

    pub(crate) fn unanswered(&self, surface: Surface) -> &IntCounter {
        &self.routes[place(surface)].unanswered
    }

    /// The statuses are those with which the HTTP library refuses: a handful.
    pub(crate) fn unheard(&self, status: StatusCode) {
        self.unheard.with_label_values(&[status.as_str()]).inc();
    }

    pub(crate) fn count(&self, seen: &Answered<'_>) {
        let routes = &self.routes[place(seen.surface)];
        let route = routes.known.get(seen.route).unwrap_or(&routes.none);
        route.count(&self.families, seen);
        if let Some(limit) = seen.limited {
            let place = LIMITS.iter().position(|(known, _)| *known == limit);
            if let Some(place) = place {
                self.limited[place].inc();
            }
        }
        if seen.replayed {
            self.replays.inc();
        }
    }
}

impl Families {
    fn new(registry: &Registry) -> Result<Self, Error> {
        let answered = IntCounterVec::new(
            Opts::new(
                "org_api_http_requests_total",
                "Requests that were answered, by route and status.",
            ),
            &["surface", "route", "method", "status"],
        )?;
        let took = HistogramVec::new(
            HistogramOpts::new(
                "org_api_http_request_duration_seconds",
                "How long it took until the answer was there to be sent.",
            )
            .buckets(BUCKETS.to_vec()),
            &["surface", "route", "method"],
        )?;
        registry.register(Box::new(answered.clone()))?;
        registry.register(Box::new(took.clone()))?;
        Ok(Self { answered, took })
    }
}

fn in_flight(registry: &Registry) -> Result<IntGaugeVec, Error> {
    let help = "Requests that are being answered.";
    let opts = Opts::new("org_api_http_requests_in_flight", help);
    let gauges = IntGaugeVec::new(opts, &["surface"])?;
    registry.register(Box::new(gauges.clone()))?;
    Ok(gauges)
}

fn unanswered(registry: &Registry) -> Result<IntCounterVec, Error> {
    let help = "Requests that were given up: the client had gone, or broke the body off.";
    let opts = Opts::new("org_api_http_requests_unanswered_total", help);
    let counters = IntCounterVec::new(opts, &["surface"])?;
    registry.register(Box::new(counters.clone()))?;
    Ok(counters)
}

fn unheard(registry: &Registry) -> Result<IntCounterVec, Error> {
    let help = "What clients sent that is no request, by the status with which it was refused.";
    let opts = Opts::new("org_api_http_unheard_total", help);
    let counters = IntCounterVec::new(opts, &["status"])?;
    // What is no request at all, and a head that does not come: told before the first of them.
    for status in [StatusCode::BAD_REQUEST, StatusCode::REQUEST_TIMEOUT] {
        counters.with_label_values(&[status.as_str()]);
    }
    registry.register(Box::new(counters.clone()))?;
    Ok(counters)
}

fn limited(registry: &Registry) -> Result<IntCounterVec, Error> {
    let help = "Requests that were refused because of a limit.";
    let opts = Opts::new("org_api_http_requests_limited_total", help);
    let counters = IntCounterVec::new(opts, &["limit"])?;
    registry.register(Box::new(counters.clone()))?;
    Ok(counters)
}

fn replays(registry: &Registry) -> Result<IntCounter, Error> {
    let help = "Writes that were answered as they were before, for the same idempotency key.";
    let counter = IntCounter::new("org_api_idempotency_replays_total", help)?;
    registry.register(Box::new(counter.clone()))?;
    Ok(counter)
}

/// The limits, in the order of their places in arrays, and what their labels say.
const LIMITS: [(Limit, &str); 3] = [
    (Limit::Read, "read"),
    (Limit::Write, "write"),
    (Limit::Attempts, "attempts"),
];

fn place(surface: Surface) -> usize {
    match surface {
        Surface::Api => 0,
        Surface::Console => 1,
    }
}

fn label(surface: Surface) -> &'static str {
    match surface {
        Surface::Api => "api",
        Surface::Console => "console",
    }
}
