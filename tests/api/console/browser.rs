//! A browser, without eyes: it keeps cookies, follows nothing, and sends forms as their pages hold them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ureq::http;

use crate::client::Answer;
use crate::server::PATIENCE;

/// One person's browser.
pub(super) struct Browser {
    address: String,
    /// What it takes the server for.
    host: String,
    /// Where it is, by the word of a proxy.
    place: String,
    agent: ureq::Agent,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Browser {
    /// A browser at `place` that has been nowhere; it finds the server at `address`, under the name
    /// `host`, as behind a proxy.
    pub(super) fn new(address: &str, host: &str, place: Ipv4Addr) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            address: address.to_owned(),
            host: host.to_owned(),
            place: place.to_string(),
            agent: config.into(),
            cookies: RefCell::default(),
        }
    }

    /// Looks at a page.
    pub(super) fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path), String::new())
    }

    /// Fills in the form that is sent to `action`, which stands on the page at `page`, and sends it.
    pub(super) fn fill_in(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page);
        let form = form(&html(&shown), action);
        let mut all = hidden(&form);
        all.extend(
            fields
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned())),
        );
        let all: Vec<_> = all
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        self.post(action, &all, Some(&self.origin()))
    }

    /// Sends exactly these fields, as a page of this origin would.
    pub(super) fn post(&self, path: &str, fields: &[(&str, &str)], origin: Option<&str>) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = self.request("POST", path);
        request = request.header("Content-Type", "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header("Origin", origin);
        }
        self.send(request, body)
    }

    /// The origin of the server's own pages.
    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it keeps under this name.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Puts a cookie in the place of what was kept.
    pub(super) fn keep(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.borrow_mut();
        cookies.insert(name.to_owned(), value.to_owned());
    }

    fn request(&self, method: &str, path: &str) -> http::request::Builder {
        let uri = format!("http://{}{path}", self.address);
        let cookies = self.cookies.borrow();
        let sent: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = http::Request::builder()
            .method(method)
            .uri(uri)
            .header("Host", &self.host)
            .header("X-Forwarded-For", &self.place);
        if sent.is_empty() {
            request
        } else {
            request.header("Cookie", sent.join("; "))
        }
    }

    fn send(&self, request: http::request::Builder, body: String) -> Answer {
        let request = request.body(body).expect("a request");
        let response = self.agent.run(request).expect("an answer");
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie");
            let (name, rest) = cookie.split_once('=').expect("a name");
            let value = rest.split(';').next().unwrap_or_default();
            let gone = cookie.contains("Max-Age=0");
            let mut cookies = self.cookies.borrow_mut();
            if gone {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Answer::of(response).expect("the whole answer")
    }
}

/// The text of a page.
pub(super) fn html(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).expect("a page in UTF-8")
}

/// The form of a page that is sent to this action.
fn form(page: &str, action: &str) -> String {
    let start = page.find(&format!("action=\"{action}\""));
    let start = start.unwrap_or_else(|| panic!("no form to {action} in {page}"));
    let end = page[start..].find("</form>").expect("its end");
    page[start..start + end].to_owned()
}

/// The hidden fields of a form.
fn hidden(form: &str) -> Vec<(String, String)> {
    let inputs = form.split("<input type=\"hidden\" ").skip(1);
    let attribute = |input: &str, name: &str| {
        let (_, rest) = input
            .split_once(&format!("{name}=\""))
            .expect("the attribute");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    inputs
        .map(|input| (attribute(input, "name"), attribute(input, "value")))
        .collect()
}
