//! Every page and every action, in one table, which the router and the tests read.

use std::collections::BTreeSet;

use actix_web::http::Method;
use org_auth::user::Role;

use crate::route::{Endpoint, get, open, post};
use crate::{
    account, assets, audit, deliveries, keys, organization, overview, people, sign_in, webhooks,
};

/// What is published of a page or an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: String,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// The role that it needs; none where nobody has to be signed in.
    pub role: Option<Role>,
}

/// All of them, in the order of the router.
pub fn route_table() -> Vec<Route> {
    let route = |endpoint: Endpoint| Route {
        method: endpoint.method.to_string(),
        path: endpoint.path,
        role: endpoint.role,
    };
    endpoints().into_iter().map(route).collect()
}

/// The pattern of every path that is served, that of the files included.
pub fn patterns() -> BTreeSet<String> {
    let paths = endpoints()
        .into_iter()
        .map(|endpoint| endpoint.path.to_owned());
    paths
        .chain([format!("/settings{}", assets::PATH)])
        .collect()
}

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let mut all = Vec::new();
    all.extend(signing_in());
    all.push(get("/settings", overview::show));
    all.extend(keys());
    all.extend(organization());
    all.extend(people());
    all.extend(audit());
    all.extend(account());
    all.extend(webhooks());
    all.extend(deliveries());
    all
}

fn signing_in() -> Vec<Endpoint> {
    vec![
        open(Method::GET, "/settings/sign-in", sign_in::ask_password),
        open(Method::POST, "/settings/sign-in", sign_in::send_password),
        open(Method::GET, "/settings/sign-in/code", sign_in::ask_code),
        open(Method::POST, "/settings/sign-in/code", sign_in::send_code),
        open(
            Method::GET,
            "/settings/link/{secret}",
            sign_in::look_at_link,
        ),
        open(Method::POST, "/settings/link/{secret}", sign_in::use_link),
        post("/settings/sign-out", sign_in::sign_out),
    ]
}

fn account() -> Vec<Endpoint> {
    vec![
        get("/settings/account", account::account),
        post("/settings/account/name", account::rename),
        get("/settings/account/password", account::ask_password),
        post("/settings/account/password", account::change_password),
        get("/settings/account/second-factor", account::look),
        post("/settings/account/second-factor", account::begin),
        get("/settings/account/second-factor/confirm", account::waiting),
        post("/settings/account/second-factor/confirm", account::confirm),
        post("/settings/account/second-factor/off", account::switch_off),
        get("/settings/account/recovery-codes", account::ask_codes),
        post("/settings/account/recovery-codes", account::make_codes),
        post("/settings/account/sessions/end-others", account::end_others),
        post("/settings/account/sessions/{session}/end", account::end),
    ]
}

fn organization() -> Vec<Endpoint> {
    vec![
        get("/settings/organization", organization::show),
        get("/settings/organization/edit", organization::form),
        post("/settings/organization/edit", organization::submit),
    ]
}

fn people() -> Vec<Endpoint> {
    vec![
        get("/settings/people", people::list),
        get("/settings/people/invite", people::invitation),
        post("/settings/people/invite", people::invite),
        get("/settings/people/leave", people::before_leaving),
        post("/settings/people/leave", people::leave),
        get("/settings/people/{id}", people::show),
        post("/settings/people/{id}", people::change),
        get("/settings/people/{id}/link", people::before_a_link),
        post("/settings/people/{id}/link", people::make_link),
        get("/settings/people/{id}/remove", people::before_removing),
        post("/settings/people/{id}/remove", people::remove),
        get(
            "/settings/people/{id}/transfer",
            people::before_transferring,
        ),
        post("/settings/people/{id}/transfer", people::transfer),
    ]
}

fn audit() -> Vec<Endpoint> {
    vec![
        get("/settings/audit", audit::list),
        get("/settings/audit/export.csv", audit::export),
    ]
}

/// What stands before the parameter is no key's id.
fn keys() -> Vec<Endpoint> {
    vec![
        get("/settings/keys", keys::list),
        post("/settings/keys", keys::create),
        get("/settings/keys/new", keys::new),
        get("/settings/keys/{key}", keys::show),
        get("/settings/keys/{key}/rotate", keys::rotation),
        post("/settings/keys/{key}/rotate", keys::rotate),
        get("/settings/keys/{key}/revoke", keys::confirm_revocation),
        post("/settings/keys/{key}/revoke", keys::revoke),
    ]
}

/// What stands before the parameter is no endpoint's id.
fn webhooks() -> Vec<Endpoint> {
    vec![
        get("/settings/webhooks", webhooks::list::show),
        get("/settings/webhooks/new", webhooks::create::form),
        post("/settings/webhooks/new", webhooks::create::submit),
        get("/settings/webhooks/{endpoint}", webhooks::page::show),
        get("/settings/webhooks/{endpoint}/edit", webhooks::edit::form),
        post("/settings/webhooks/{endpoint}/edit", webhooks::edit::submit),
        post(
            "/settings/webhooks/{endpoint}/enable",
            webhooks::switching::enable,
        ),
        get(
            "/settings/webhooks/{endpoint}/disable",
            webhooks::switching::ask_disable,
        ),
        post(
            "/settings/webhooks/{endpoint}/disable",
            webhooks::switching::disable,
        ),
        get(
            "/settings/webhooks/{endpoint}/rotate",
            webhooks::rotate::ask,
        ),
        post(
            "/settings/webhooks/{endpoint}/rotate",
            webhooks::rotate::submit,
        ),
        get(
            "/settings/webhooks/{endpoint}/delete",
            webhooks::delete::ask,
        ),
        post(
            "/settings/webhooks/{endpoint}/delete",
            webhooks::delete::submit,
        ),
        get(
            "/settings/webhooks/{endpoint}/replay",
            webhooks::replay::ask,
        ),
        post(
            "/settings/webhooks/{endpoint}/replay",
            webhooks::replay::submit,
        ),
        post("/settings/webhooks/{endpoint}/test", webhooks::test::submit),
    ]
}

fn deliveries() -> Vec<Endpoint> {
    vec![
        get("/settings/deliveries", deliveries::list::show),
        get("/settings/deliveries/{delivery}", deliveries::page::show),
        get(
            "/settings/deliveries/{delivery}/verify",
            deliveries::verify::show,
        ),
        post(
            "/settings/deliveries/{delivery}/resend",
            deliveries::resend::submit,
        ),
    ]
}
