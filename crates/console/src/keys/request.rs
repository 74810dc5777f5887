//! A new key, as it is typed.

use org_auth::api_keys::KeyRequest;
use org_auth::rate::OwnLimits;
use org_auth::scope::ScopeSet;
use org_domain::time_zone::TimeZone;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use time::{Date, Duration};

use crate::form::Form;

/// How long a key may last, as the form offers it: the value of the choice, and its words.
pub(super) const LIVES: [(&str, &str); 5] = [
    ("30", "30 days"),
    ("90", "90 days"),
    ("365", "365 days"),
    (UNTIL_A_DAY, "Until the end of a day"),
    ("never", "For ever, until it is revoked"),
];

/// The choice that a day belongs to.
pub(super) const UNTIL_A_DAY: &str = "date";

/// What is chosen unless something else is.
pub(super) const USUAL_LIFE: &str = "365";

/// Reads the fields in the order in which they are shown; none, when something is wrong with them.
pub(super) fn read(
    form: &mut Form,
    org: OrgId,
    id: KeyId,
    now: Instant,
    zone: &TimeZone,
) -> Option<KeyRequest> {
    let name = form.required("name");
    let scopes = scopes(form);
    let expires_at = expiry(form, now, zone);
    let limits = OwnLimits {
        reads: form.optional("reads"),
        writes: form.optional("writes"),
    };
    if !form.is_good() {
        return None;
    }
    Some(KeyRequest {
        id: Some(id),
        org,
        name: name?,
        scopes,
        limits,
        expires_at,
    })
}

/// A key that may do nothing is of no use to anybody.
fn scopes(form: &mut Form) -> ScopeSet {
    let chosen = ScopeSet::parse(form.typed().all("scope"));
    match chosen {
        Ok(scopes) if scopes.is_empty() => {
            form.reject(
                "scope",
                "choose at least one: a key without a scope may do nothing",
            );
            scopes
        }
        Ok(scopes) => scopes,
        Err(invalid) => {
            form.reject("scope", invalid);
            ScopeSet::NONE
        }
    }
}

/// A day that was typed is never passed over: whoever typed it meant it.
fn expiry(form: &mut Form, now: Instant, zone: &TimeZone) -> Option<Instant> {
    let chosen = form.value("expiry").to_owned();
    if chosen != UNTIL_A_DAY && !form.value("until").trim().is_empty() {
        form.reject(
            "until",
            "choose “Until the end of a day” as well, or empty this",
        );
    }
    let days = |days| now.checked_add(Duration::days(days));
    match chosen.as_str() {
        "never" => None,
        "30" => days(30),
        "90" => days(90),
        "365" => days(365),
        UNTIL_A_DAY => end_of_day(form, now, zone),
        _ => {
            form.reject("expiry", "choose one of these");
            None
        }
    }
}

/// The last day counts, as it does to whoever names it.
fn end_of_day(form: &mut Form, now: Instant, zone: &TimeZone) -> Option<Instant> {
    let day: Date = form.required("until")?;
    let end = day.next_day().and_then(|day| zone.start_of_day(day));
    match end {
        Some(end) if end > now => Some(end),
        Some(_) => {
            form.reject("until", "must be today or later");
            None
        }
        None => {
            form.reject("until", "must be in the years 1 to 9999");
            None
        }
    }
}
