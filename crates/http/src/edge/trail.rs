//! What is kept of a request beside what it did: that it was refused, or that it was counted.

use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use org_auth::refusals::RefusedRequest;
use org_auth::scope::Scope;
use org_auth::usage::Outcome;
use org_auth::verifier::Holder;
use org_web::audited;

use crate::api::Api;
use crate::call::Counted;
use crate::failure::Failure;

/// Notes in memory what somebody else stores; nothing here waits, and nothing fails.
pub(super) fn note<B>(api: &Api, response: &ServiceResponse<B>, took: Duration) {
    let (holder, counted) = {
        let extensions = response.request().extensions();
        let holder = extensions.get::<Holder>().copied();
        (holder, extensions.get::<Counted>().copied())
    };
    // Only the requests of valid keys were counted as something.
    if let (Some(Holder { org, key }), Some(counted)) = (holder, counted) {
        let (now, outcome) = (api.clock.now(), outcome(response.status()));
        api.usage.note(key, now, counted.class, outcome);
        api.traffic.note(org, now, outcome, took);
    }
    if let Some((failure, required)) = refused(response) {
        api.refusals.note(RefusedRequest::new(
            (api.ids.uuid(), api.clock.now()),
            holder,
            failure.code().as_str(),
            required,
            audited(response.request(), response.status()),
        ));
    }
}

fn outcome(status: StatusCode) -> Outcome {
    if status == StatusCode::TOO_MANY_REQUESTS {
        Outcome::Limited
    } else if status.is_client_error() {
        Outcome::Refused
    } else if status.is_server_error() {
        Outcome::Failed
    } else {
        Outcome::Done
    }
}

/// Why the request was refused if that was for its key, or for want of a scope, which then is told
/// too. Whoever showed no key has tried nothing; and of whoever is told to wait, it was told before.
fn refused<B>(response: &ServiceResponse<B>) -> Option<(&Failure, Option<Scope>)> {
    let failure = response.response().error()?.as_error::<Failure>()?;
    match failure {
        Failure::Refused(refusal) if refusal.is_failed_attempt() => Some((failure, None)),
        Failure::ScopeMissing { required, .. } => Some((failure, Some(*required))),
        _ => None,
    }
}
