//! One request, before it is known who makes it.

use std::str::FromStr;
use std::sync::Arc;

use actix_web::http::{Method, StatusCode};
use actix_web::web::{BytesMut, Payload};
use actix_web::{HttpMessage, HttpRequest};
use futures_util::StreamExt;
use org_auth::session::{Agent, Visitor};
use org_kernel::StoreError;
use org_kernel::audit;
use org_kernel::id::{Id, Kind};
use org_kernel::instant::Instant;
use org_web::{Arrival, Blocking, Interrupted, audited};
use uuid::Uuid;

use crate::console::Console;
use crate::fields::Fields;
use crate::refusal::{NotAForm, Refusal};
use crate::site::Site;
use crate::tokens::Tokens;

/// More than any form of ours holds.
const LONGEST_FORM: usize = 64 * 1024;

/// What was asked, and of whom.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) console: Arc<Console>,
    pub(crate) request: HttpRequest,
    pub(crate) site: Site,
    query: Fields,
    form: Fields,
    /// Why what was posted is not looked at, if it is not.
    not_a_form: Option<NotAForm>,
}

impl Call {
    /// Reads a request, its form included if it has one.
    pub(crate) async fn read(
        console: Arc<Console>,
        request: HttpRequest,
        payload: Payload,
    ) -> Self {
        let form = match *request.method() {
            Method::POST => read_form(&request, payload).await,
            _ => Ok(Fields::default()),
        };
        Self {
            not_a_form: form.as_ref().err().copied(),
            form: form.unwrap_or_default(),
            ..Self::without_form(console, request)
        }
    }

    /// The same, of a request whose form is not looked at.
    pub(crate) fn without_form(console: Arc<Console>, request: HttpRequest) -> Self {
        Self {
            site: Site::of(&request, console.public_url.as_ref()),
            query: Fields::parse(request.query_string().as_bytes()),
            form: Fields::default(),
            not_a_form: None,
            console,
            request,
        }
    }

    /// Makes sure that a form came from a page of ours, whose tokens these are.
    pub(crate) fn hold(&self, tokens: Option<&Tokens>) -> Result<(), Refusal> {
        if *self.request.method() != Method::POST {
            return Ok(());
        }
        let ours = self.site.is_origin_of(&self.request);
        if !ours {
            self.console.notes.foreign_origin(&self.request, &self.site);
            return Err(Refusal::StaleForm);
        }
        if let Some(why) = self.not_a_form {
            return Err(Refusal::NotAForm(why));
        }
        let token = self.form.one("token");
        let fits = tokens.is_some_and(|tokens| tokens.fits(self.path(), token));
        if fits {
            Ok(())
        } else {
            Err(Refusal::StaleForm)
        }
    }

    /// What stands in the query.
    pub(crate) fn query(&self) -> &Fields {
        &self.query
    }

    /// What was posted.
    pub(crate) fn form(&self) -> &Fields {
        &self.form
    }

    /// The path that was asked for.
    pub(crate) fn path(&self) -> &str {
        self.request.path()
    }

    /// What stands in the path under this name.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.request.match_info().get(name).unwrap_or_default()
    }

    /// The id that stands in the path under this name; what is none is the id of nothing.
    pub(crate) fn id<K: Kind>(&self, name: &str) -> Result<Id<K>, Refusal> {
        self.param(name).parse().map_err(|_| Refusal::NotFound)
    }

    /// The id that a form of ours has for what it makes. Ours are of version 7: whatever else stands there
    /// comes from no form of ours.
    pub(crate) fn id_to_be<T>(&self, uuid: impl Fn(T) -> Uuid) -> Result<T, Refusal>
    where
        T: FromStr + Copy,
    {
        let id = self.form().one("id").parse();
        let ours = id.ok().filter(|id| uuid(*id).get_version_num() == 7);
        ours.ok_or(Refusal::StaleForm)
    }

    /// The present instant.
    pub(crate) fn now(&self) -> Instant {
        self.console.ports.clock.now()
    }

    /// Who is at the door.
    pub(crate) fn visitor(&self) -> Visitor {
        let agent = self.request.headers().get("user-agent");
        let agent = agent.map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned());
        Visitor {
            address: Arrival::at(&self.request).address(),
            agent: Agent::of(&agent.unwrap_or_default()),
        }
    }

    /// Asks the use cases something, on a blocking thread.
    pub(crate) async fn ask<T, E, F>(
        &self,
        question: impl FnOnce(&Console) -> Result<T, E> + Send + 'static,
    ) -> Result<T, F>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: From<E> + From<Interrupted>,
    {
        let console = Arc::clone(&self.console);
        self.console.calls.run(move || question(&console)).await
    }

    /// Asks what checks a password, where only a few are let in at a time.
    pub(crate) async fn at_the_door<T, E>(
        &self,
        question: impl FnOnce(&Console) -> Result<T, E> + Send + 'static,
    ) -> Result<Result<T, E>, Refusal>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.attempt_in(&self.console.doors, question).await
    }

    /// Has deliveries sent again, one request at a time; no page waits for it.
    pub(crate) async fn replay<T, E>(
        &self,
        question: impl FnOnce(&Console) -> Result<T, E> + Send + 'static,
    ) -> Result<Result<T, E>, Refusal>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.attempt_in(&self.console.replays, question).await
    }

    /// What the trail tells of a request that goes well.
    pub(crate) fn audited(&self) -> audit::Request {
        audited(&self.request, StatusCode::SEE_OTHER)
    }

    /// Asks what is not refused but answered otherwise: only a failure of the store ends the request.
    pub(crate) async fn attempt<T, E>(
        &self,
        question: impl FnOnce(&Console) -> Result<T, E> + Send + 'static,
    ) -> Result<Result<T, E>, Refusal>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.attempt_in(&self.console.calls, question).await
    }

    async fn attempt_in<T, E>(
        &self,
        places: &Blocking,
        question: impl FnOnce(&Console) -> Result<T, E> + Send + 'static,
    ) -> Result<Result<T, E>, Refusal>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let console = Arc::clone(&self.console);
        places
            .run(move || Ok::<_, StoreError>(question(&console)))
            .await
    }
}

/// Reads a form.
async fn read_form(request: &HttpRequest, mut payload: Payload) -> Result<Fields, NotAForm> {
    let kind = request.content_type();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(NotAForm::OfAnotherKind);
    }
    let mut body = BytesMut::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|_| NotAForm::OfAnotherKind)?;
        if body.len() + piece.len() > LONGEST_FORM {
            return Err(NotAForm::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Fields::parse(&body))
}
