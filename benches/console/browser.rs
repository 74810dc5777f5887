//! A browser, as far as pages have to be loaded: cookies, one connection that is kept open, and what a
//! page loads.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::server::PATIENCE;

/// What was answered.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

#[derive(Clone)]
pub(crate) struct Browser {
    base: String,
    agent: ureq::Agent,
    cookies: BTreeMap<String, String>,
    key: Option<String>,
}

impl Browser {
    /// One in which nobody is signed in.
    pub(crate) fn new(base: String) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .max_idle_age(Duration::from_mins(1))
            .build();
        Self {
            base,
            agent: config.into(),
            cookies: BTreeMap::new(),
            key: None,
        }
    }

    /// The same connection, with a key of the API where there is one.
    pub(crate) fn with_key(&self, key: Option<String>) -> Self {
        Self {
            key,
            ..self.clone()
        }
    }

    /// Uses the one-time link with this secret, which makes a first password.
    pub(crate) fn sign_in(&mut self, secret: &str) {
        let path = format!("/settings/link/{secret}");
        let page = self.send("GET", &path, "");
        let page = String::from_utf8(page.body).expect("a page in UTF-8");
        let token = between(&page, "name=\"token\" value=\"", "\"").expect("a form");
        let form = format!("token={token}&password=correct+horse+battery+staple");
        let answer = self.send("POST", &path, &form);
        let said = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, 303, "the link lets in: {said}");
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.clone().send("GET", path, "")
    }

    /// How many bytes a page loads besides itself.
    pub(crate) fn assets_of(&self, page: &Page) -> usize {
        let page = String::from_utf8_lossy(&page.body);
        let quoted = page.split('"');
        let assets: BTreeSet<_> = quoted
            .filter(|text| text.starts_with("/settings/assets/"))
            .collect();
        let weights = assets.into_iter().map(|path| {
            let asset = self.get(path);
            assert_eq!(asset.status, 200, "{path}");
            asset.body.len()
        });
        weights.sum()
    }

    fn send(&mut self, method: &str, path: &str, form: &str) -> Page {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("cookie", self.cookies());
        if method == "POST" {
            request = request
                .header("origin", &self.base)
                .header("content-type", "application/x-www-form-urlencoded");
        }
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let request = request.body(form.to_owned()).expect("a request");
        let mut response = self.agent.run(request).expect("the server answers");
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie");
            let cookie = cookie
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='));
            let (name, value) = cookie.expect("a name and a value");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Page {
            status: response.status().as_u16(),
            body: response.body_mut().read_to_vec().expect("a body"),
        }
    }

    fn cookies(&self) -> String {
        let pairs = self.cookies.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(found, _)| found)
}
