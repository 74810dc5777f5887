//! A response, taken in whole.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::test::read_body;
use actix_web::web::Bytes;
use serde_json::Value;

/// Headers that are the same on every answer, or tell nothing.
const UNREMARKABLE: &[&str] = &[
    "cache-control",
    "traceparent",
    "x-content-type-options",
    "x-request-id",
];

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Response {
    pub(crate) async fn take<B: MessageBody>(response: ServiceResponse<B>) -> Self {
        let header = |(name, value): (
            &actix_web::http::header::HeaderName,
            &actix_web::http::header::HeaderValue,
        )| {
            (
                name.to_string(),
                value.to_str().expect("a readable header").to_owned(),
            )
        };
        let mut headers: Vec<_> = response.headers().iter().map(header).collect();
        headers.sort();
        Self {
            status: response.status().as_u16(),
            headers,
            body: read_body(response).await,
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} stands once");
        value
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or("none")
            .to_owned()
    }

    pub(crate) fn details(&self) -> Value {
        self.json()["error"]["details"].clone()
    }

    /// The ids, or another field, of a list's items.
    pub(crate) fn items(&self, field: &str) -> Vec<Value> {
        let json = self.json();
        let items = json["data"]["items"].as_array().expect("a list");
        items.iter().map(|item| item[field].clone()).collect()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    /// Status and the headers that matter.
    pub(crate) fn head(&self) -> String {
        let matters = |name: &str| !UNREMARKABLE.contains(&name);
        let headers = self.headers.iter().filter(|(name, _)| matters(name));
        let lines = headers.map(|(name, value)| format!("\n{name}: {value}"));
        self.status.to_string() + &lines.collect::<String>()
    }

    /// Status, the headers that matter, and the body, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        let body = serde_json::to_string_pretty(&self.json()).expect("JSON");
        format!("{}\n\n{body}", self.head())
    }
}
