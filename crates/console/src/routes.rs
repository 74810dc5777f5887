//! Every page and every action, in one table, which the router and the tests read.

use actix_web::http::Method;
use org_auth::user::Role;

use crate::route::{Endpoint, open};
use crate::sign_in;

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

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let mut all = Vec::new();
    all.extend(signing_in());
    all
}

fn signing_in() -> Vec<Endpoint> {
    vec![
        open(Method::GET, "/settings/sign-in", sign_in::form),
        open(Method::POST, "/settings/sign-in", sign_in::submit),
    ]
}
