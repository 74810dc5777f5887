//! Every page of the console's table, with something in the place of each parameter.

use org_console::{Route, route_table};

use crate::browser::Browser;
use crate::stage::{Stage, first_of};

pub(crate) struct Page {
    pub(crate) route: &'static str,
    pub(crate) path: String,
    /// Whether it is for those who are not signed in.
    pub(crate) is_open: bool,
}

/// All that can be looked at, of what the owner's pages link to.
pub(crate) fn pages(stage: &Stage, owner: &Browser) -> Vec<Page> {
    let pages = route_table().into_iter();
    let pages = pages.filter(|route| route.method == "GET");
    let page = |route: Route| Page {
        route: route.path,
        path: filled(route.path, stage, owner),
        is_open: route.role.is_none(),
    };
    pages.map(page).collect()
}

fn filled(route: &str, stage: &Stage, owner: &Browser) -> String {
    let mut path = String::new();
    for part in route.split('/').skip(1) {
        let value = match part {
            "{secret}" => stage.unused_link().to_owned(),
            "{id}" if path == "/settings/people" => stage.person().to_owned(),
            part if part.starts_with('{') => first_of(owner, &path),
            part => part.to_owned(),
        };
        path = format!("{path}/{value}");
    }
    path
}
