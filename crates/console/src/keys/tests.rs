//! The pages of keys, over the stores in memory.

mod changing;
mod listing;
mod making;
mod seeing;

use org_auth::api_key::ApiKey;
use org_auth::api_keys::{IssuedKey, KeyRequest};
use org_auth::rate::OwnLimits;
use org_auth::scope::{Scope, ScopeSet};
use org_auth::user::Role;
use org_kernel::audit::{EntryQuery, Origin};
use org_kernel::clock::Clock;
use org_kernel::field::FromText;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use time::Duration;

use crate::testing::{Browser, Page, World};

impl World {
    /// A key that may read operations, and expires after so many days if at all.
    fn key(&self, org: OrgId, name: &str, days: Option<i64>) -> IssuedKey {
        let request = KeyRequest {
            id: None,
            org,
            name: FromText::from_text(name).expect("a name"),
            scopes: ScopeSet::from_iter([Scope::ReadOperations]),
            limits: OwnLimits::default(),
            expires_at: days.map(|days| self.in_days(days)),
        };
        let issued = self.ports.keys.issue(request, &Origin::OPERATOR);
        issued.expect("issued")
    }

    fn in_days(&self, days: i64) -> Instant {
        self.clock.now().saturating_add(Duration::days(days))
    }

    fn keys_of(&self, org: OrgId) -> Vec<ApiKey> {
        self.ports.keys.list(org).expect("listed")
    }

    fn stored(&self, org: OrgId, key: KeyId) -> ApiKey {
        let found = self.ports.keys.find(org, key).expect("the store answers");
        found.expect("a key")
    }

    /// What was done to keys of Vienna, with the status that each was answered with.
    fn told(&self) -> Vec<(String, Option<u16>)> {
        let query = EntryQuery {
            org: Some(self.vienna),
            limit: 100,
            ..EntryQuery::default()
        };
        let trail = self.ports.trail.entries(&query).expect("the trail");
        let of_keys = trail
            .into_iter()
            .filter(|entry| entry.action.starts_with("api_key."));
        of_keys
            .map(|entry| (entry.action, entry.request.map(|request| request.status)))
            .collect()
    }
}

/// The value of the one hidden field of this name.
fn hidden(page: &Page, name: &str) -> String {
    let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page.body.split_once(&start).expect("the field");
    let (value, _) = rest.split_once('"').expect("its end");
    value.to_owned()
}

/// The secret that stands on a page, if one does.
fn secret(page: &Page) -> Option<&str> {
    let (_, rest) = page.body.split_once("value=\"abo_org_")?;
    let length = rest.find('"')?;
    let start = page.body.len() - rest.len() - "abo_org_".len();
    page.body.get(start..start + "abo_org_".len() + length)
}

async fn new_id(browser: &Browser<'_>, form: &str) -> String {
    let page = browser.get(form).await;
    page.shows(200, &[]);
    hidden(&page, "id")
}
