//! A browser, as far as the tests of pages need one.

use std::sync::Arc;

use actix_web::App;
use actix_web::http::header::{HOST, LOCATION, ORIGIN};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use url::form_urlencoded;

use super::World;
use crate::app::configure;
use crate::console::Console;
use crate::tokens::Tokens;

const SITE: &str = "http://127.0.0.1:8080";

/// The secret of whoever is not signed in, as the sign-in page gives one.
const VISIT: &str = "visit";

/// Asks for pages, with the cookie of a session if somebody is signed in, and else with that of a visit.
pub(crate) struct Browser<'a> {
    world: &'a World,
    session: Option<String>,
    /// The server that is asked; without one, each request has one of its own.
    console: Option<Arc<Console>>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Where a redirect leads.
    pub(crate) location: Option<String>,
    pub(crate) body: String,
    pub(crate) headers: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    pub(super) fn of(world: &'a World, session: Option<String>) -> Self {
        Self {
            world,
            session,
            console: None,
        }
    }

    /// The same browser, which asks this one server.
    pub(crate) fn on(self, console: &Arc<Console>) -> Self {
        let console = Some(Arc::clone(console));
        Self { console, ..self }
    }

    /// Looks at a page.
    pub(crate) async fn get(&self, path: &str) -> Page {
        self.ask(TestRequest::get().uri(path)).await
    }

    /// Asks for a page as one does by itself, while nobody may be looking.
    pub(crate) async fn get_unattended(&self, path: &str) -> Page {
        let request = TestRequest::get().uri(path);
        self.ask(request.insert_header(("x-unattended", "true")))
            .await
    }

    /// Sends a form as its page would, with the token and the origin that it has.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let secret = self.session.as_deref().unwrap_or(VISIT);
        let token = Tokens::under(secret).token(path);
        let mut all = vec![("token", token.as_str())];
        all.extend(fields);
        self.post_as_it_is(path, &all, Some(SITE)).await
    }

    /// Sends exactly these fields, from a page of this origin.
    pub(crate) async fn post_as_it_is(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        origin: Option<&str>,
    ) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = TestRequest::post()
            .uri(path)
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(body);
        if let Some(origin) = origin {
            request = request.insert_header((ORIGIN, origin));
        }
        self.ask(request).await
    }

    async fn ask(&self, request: TestRequest) -> Page {
        let console = self.console.clone();
        let console = console.unwrap_or_else(|| self.world.console());
        let app = App::new().configure(configure(console));
        let service = init_service(app).await;
        let cookie = match &self.session {
            Some(session) => format!("org_api_session={session}"),
            None => format!("org_api_visit={VISIT}"),
        };
        let request = request
            .insert_header((HOST, "127.0.0.1:8080"))
            .insert_header(("cookie", cookie));
        let response = call_service(&service, request.to_request()).await;
        let header = |value: &actix_web::http::header::HeaderValue| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let headers = response.headers().iter();
        Page {
            status: response.status().as_u16(),
            location: response.headers().get(LOCATION).map(header),
            headers: headers
                .map(|(name, value)| (name.to_string(), header(value)))
                .collect(),
            body: String::from_utf8(read_body(response).await.to_vec()).expect("a page in UTF-8"),
        }
    }
}

impl Page {
    /// Whether this text is on the page, as it is written in HTML.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(other, _)| other == name);
        found.next().map(|(_, value)| value.as_str())
    }

    /// Holds the page to a status and some texts.
    ///
    /// # Panics
    /// When it has another status, or lacks one of the texts.
    pub(crate) fn shows(&self, status: u16, texts: &[&str]) {
        assert_eq!(self.status, status, "{}", self.body);
        for text in texts {
            assert!(self.has(text), "no {text:?} in {}", self.body);
        }
    }
}
