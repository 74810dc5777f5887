//! What whoever counts requests is told of each.

use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use org_auth::rate::Class;
use org_web::{Answered, Arrival, Limit, Presence, Surface};

use crate::answer::written::REPLAYED;
use crate::call::Counted;

pub(super) fn tell<B>(
    presence: &Presence,
    response: &ServiceResponse<B>,
    arrival: &Arrival,
    took: Duration,
) {
    presence.answered(&Answered {
        surface: Surface::Api,
        method: response.request().method(),
        route: arrival.route(),
        status: response.status(),
        trace: arrival.trace(),
        took,
        limited: limited(response),
        replayed: response.headers().contains_key(REPLAYED),
    });
}

/// Only a good key's requests are counted as something; others are refused for their address.
fn limited<B>(response: &ServiceResponse<B>) -> Option<Limit> {
    if response.status() != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let extensions = response.request().extensions();
    let counted = extensions.get::<Counted>();
    Some(match counted.map(|counted| counted.class) {
        Some(Class::Read) => Limit::Read,
        Some(Class::Write) => Limit::Write,
        None => Limit::Attempts,
    })
}
