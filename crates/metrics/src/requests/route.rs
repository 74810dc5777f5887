//! One route's series, each made when it is first needed and found by its place from then on.

use std::sync::OnceLock;

use actix_web::http::{Method, StatusCode};
use org_web::method::{METHODS, OTHER};
use org_web::{Answered, Surface};
use prometheus::{Histogram, IntCounter};

use super::{Families, label};

/// The statuses that are told apart: those that the server answers with, or the framework does.
const STATUSES: [StatusCode; 24] = [
    StatusCode::OK,
    StatusCode::CREATED,
    StatusCode::NO_CONTENT,
    StatusCode::FOUND,
    StatusCode::SEE_OTHER,
    StatusCode::NOT_MODIFIED,
    StatusCode::PERMANENT_REDIRECT,
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::CONFLICT,
    StatusCode::GONE,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::URI_TOO_LONG,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    StatusCode::UNPROCESSABLE_ENTITY,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// One place for each, and one for all others.
const PLACES: usize = STATUSES.len() + 1;

pub(super) struct Route {
    surface: Surface,
    pattern: Box<str>,
    methods: [OnceLock<Series>; METHODS.len() + 1],
}

/// Those of one route and method.
struct Series {
    took: Histogram,
    answered: Box<[OnceLock<IntCounter>; PLACES]>,
}

impl Route {
    pub(super) fn new(surface: Surface, pattern: &str) -> Self {
        Self {
            surface,
            pattern: pattern.into(),
            methods: [const { OnceLock::new() }; METHODS.len() + 1],
        }
    }

    pub(super) fn count(&self, families: &Families, seen: &Answered<'_>) {
        let (place, method) = method(seen.method);
        let labels = [label(self.surface), &*self.pattern, method];
        let series = self.methods[place].get_or_init(|| Series {
            took: families.took.with_label_values(&labels),
            answered: Box::new([const { OnceLock::new() }; PLACES]),
        });
        series.took.observe(seen.took.as_secs_f64());
        let place = status(seen.status);
        let answered = series.answered[place].get_or_init(|| {
            let status = STATUSES.get(place).map_or(OTHER, StatusCode::as_str);
            let [surface, route, method] = labels;
            families
                .answered
                .with_label_values(&[surface, route, method, status])
        });
        answered.inc();
    }
}

fn method(method: &Method) -> (usize, &'static str) {
    let place = METHODS.iter().position(|known| *known == method.as_str());
    place.map_or((METHODS.len(), OTHER), |place| (place, METHODS[place]))
}

fn status(status: StatusCode) -> usize {
    let place = STATUSES.iter().position(|known| *known == status);
    place.unwrap_or(STATUSES.len())
}
