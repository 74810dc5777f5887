//! One request to an endpoint that needs a key, once everything about it has been checked.
//!
//! The checks are made here and nowhere else, one after the other, in the published order: the key,
//! the rate limit, the slug, the scope, the shape. (The router made those before; what comes after
//! is the handler's.) The scope is part of the handler's type, so a handler without one does not
//! compile.

mod admission;
mod body;
mod idempotency;
mod key;
mod write;

pub(crate) use admission::Counted;
pub(crate) use body::{MAX_BODY, pass_by};
pub(crate) use idempotency::IDEMPOTENCY_KEY;
pub(crate) use write::{Names, Write};

use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Payload;
use org_auth::scope::RequiredScope;
use org_auth::verifier::Verified;
use org_domain::library::Library;
use org_domain::query::{Lists, Query};
use org_kernel::field::FieldErrors;
use org_kernel::id::OrgId;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::answer::{Answer, List};
use crate::api::Api;
use crate::failure::Failure;
use crate::input::{Arguments, Input, Listing};
use crate::reads::Reads;

/// A request that passed every check, with what it asks.
pub(crate) struct Call<S, I> {
    api: Arc<Api>,
    caller: Verified,
    input: I,
    scope: PhantomData<fn() -> S>,
}

impl<S: RequiredScope, I: Input> Call<S, I> {
    /// Makes the checks, and fails with the first that does.
    pub(crate) async fn receive(
        api: Arc<Api>,
        request: HttpRequest,
        payload: Payload,
    ) -> Result<Self, Failure> {
        let (caller, payload) = admit::<S>(&api, &request, payload).await?;
        let input = shape(&request, payload).await?;
        Ok(Self {
            api,
            caller,
            input,
            scope: PhantomData,
        })
    }
}

/// Makes every check before that of the shape; the body of a request that fails goes by.
async fn admit<S: RequiredScope>(
    api: &Arc<Api>,
    request: &HttpRequest,
    payload: Payload,
) -> Result<(Verified, Payload), Failure> {
    match check::<S>(api, request).await {
        Ok(caller) => Ok((caller, payload)),
        Err(failure) => {
            pass_by(payload).await;
            Err(failure)
        }
    }
}

async fn check<S: RequiredScope>(
    api: &Arc<Api>,
    request: &HttpRequest,
) -> Result<Verified, Failure> {
    let caller = key::verify(api, request).await?;
    admission::count(api, request, &caller).await?;
    admission::check_slug(request, &caller)?;
    admission::check_scope::<S>(&caller)?;
    Ok(caller)
}

/// Checks the shape of a request, which is all that is checked of one that needs no key.
pub(crate) async fn shape<I: Input>(request: &HttpRequest, payload: Payload) -> Result<I, Failure> {
    let body = body::receive(request, payload).await?;
    read(request, body.fields, FieldErrors::default())
}

/// Reads what is asked; `errors` is what is wrong with it already.
fn read<I: Input>(
    request: &HttpRequest,
    body: Result<Map<String, Value>, String>,
    errors: FieldErrors,
) -> Result<I, Failure> {
    let path = request.match_info().iter().collect();
    Arguments::read(path, request.query_string(), body, errors)
}

impl<S, I: Send + Sync + 'static> Call<S, I> {
    /// Asks something of what can be read, on a blocking thread, for the key's organization, and answers
    /// what is found.
    pub(crate) async fn answer<F, E, T>(
        self,
        question: impl Fn(&Reads, OrgId, &I) -> Result<F, E> + Clone + Send + 'static,
    ) -> Result<Answer<T>, Failure>
    where
        T: From<F> + Serialize + 'static,
        Failure: From<E>,
    {
        let Self {
            api, caller, input, ..
        } = self;
        let (org, input) = (caller.org, Arc::new(input));
        let question = move |reads: &Reads| {
            let found = question(reads, org, &input)?;
            Answer::of(&T::from(found))
        };
        api.read(caller.key, question).await
    }
}

impl<S, Q: Query + Sync + 'static> Call<S, Listing<Q>>
where
    dyn Library: Lists<Q>,
{
    /// Answers the page of the list that was asked for.
    pub(crate) async fn list<T>(self) -> Result<Answer<List<T>>, Failure>
    where
        T: From<Q::Item> + Serialize + 'static,
    {
        self.answer(|reads, org, asked| reads.library.list(org, &asked.query, asked.page))
            .await
    }
}
