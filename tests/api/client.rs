//! A client over real sockets.

use serde_json::Value;

use crate::server::PATIENCE;

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Reads a response to its end, unless that never comes.
    pub(crate) fn of(mut response: ureq::http::Response<ureq::Body>) -> Result<Self, ureq::Error> {
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.as_str().to_owned(), value.into_owned())
        });
        Ok(Self {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body: response.body_mut().read_to_vec()?,
        })
    }

    /// The value of the one header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} stands twice");
        value
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|why| panic!("{why}: {self:?}"))
    }

    /// The `data` of a success.
    pub(crate) fn data(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self.json()["data"].clone()
    }

    /// The `data` of an object that was made.
    pub(crate) fn made(&self) -> Value {
        assert_eq!(self.status, 201, "{}", String::from_utf8_lossy(&self.body));
        self.json()["data"].clone()
    }

    /// The `code` of an error.
    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .expect("an error code")
            .to_owned()
    }
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) key: Option<&'a str>,
    /// The client's own name for a write.
    pub(crate) named: Option<&'a str>,
    pub(crate) body: Option<Value>,
}

impl<'a> Asked<'a> {
    /// A request that asks nothing.
    pub(crate) fn of(method: &'a str, path: &'a str, key: Option<&'a str>) -> Self {
        Self {
            method,
            path,
            key,
            named: None,
            body: None,
        }
    }
}

/// A client of one server.
#[derive(Clone)]
pub(crate) struct Client {
    base: String,
    agent: ureq::Agent,
}

impl Client {
    pub(crate) fn of(address: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            base: format!("http://{address}"),
            agent: config.into(),
        }
    }

    /// Gets `path` with a key, or without.
    pub(crate) fn get(&self, path: &str, key: Option<&str>) -> Answer {
        self.send(&Asked::of("GET", path, key))
    }

    /// Gets `path` with a key and with these headers.
    pub(crate) fn get_saying(&self, path: &str, key: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        request = request.header("Authorization", format!("Bearer {key}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.call().and_then(Answer::of);
        answer.unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    /// Sends a request that will be answered.
    pub(crate) fn send(&self, asked: &Asked<'_>) -> Answer {
        self.try_to_send(asked)
            .unwrap_or_else(|why| panic!("{}: {why}", asked.path))
    }

    /// Sends a request to a server that may be gone before it answers.
    pub(crate) fn try_to_send(&self, asked: &Asked<'_>) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder()
            .method(asked.method)
            .uri(format!("{}{}", self.base, asked.path));
        if let Some(key) = asked.key {
            request = request.header("Authorization", format!("Bearer {key}"));
        }
        if let Some(name) = asked.named {
            request = request.header("Idempotency-Key", name);
        }
        let body = asked
            .body
            .as_ref()
            .map(Value::to_string)
            .unwrap_or_default();
        if !body.is_empty() {
            request = request.header("Content-Type", "application/json");
        }
        Answer::of(self.agent.run(request.body(body)?)?)
    }
}
