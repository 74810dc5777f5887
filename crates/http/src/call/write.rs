//! One request that writes, once everything about it has been checked that needs no transaction.
//!
//! What is left happens in one transaction: the client's key is claimed, the work is done, its answer
//! is written down and kept under the key, and all of it is committed together. So a server that is
//! killed has either done everything or nothing, and a repeat of the request is answered with the
//! bytes of the first answer. Nothing is sent before the commit.

use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use org_auth::scope::RequiredScope;
use org_auth::verifier::Verified;
use org_domain::transaction::Transaction;
use org_kernel::actor::Actor;
use org_kernel::audit::Origin;
use org_kernel::field::FieldErrors;
use org_kernel::idempotency::{self as kept, Answer, Claim};
use org_kernel::{StoreError, WriteError};

use super::idempotency::{self, Named};
use super::{admit, body, read};
use crate::answer::{Changed, Created, Item, Located, Written, written};
use crate::api::Api;
use crate::failure::Failure;
use crate::input::Input;
use crate::route::BASE;
use org_web::audited;

/// What a write is asked, with the objects that it names.
pub(crate) trait Names: Input {
    /// Whether what is asked is likely to read a little and then to insert one record, and is to be tried
    /// [briefly](org_domain::transaction::Transactions::transact_briefly).
    const IS_BRIEF: bool = false;

    /// Whether the organization has every object that it names. Looks, and waits for nobody.
    fn exist(&self, tx: &mut dyn Transaction) -> Result<bool, StoreError>;
}

/// A write that passed every check but those of objects and of state.
pub(crate) struct Write<S, I> {
    api: Arc<Api>,
    caller: Verified,
    request: HttpRequest,
    named: Option<Named>,
    input: I,
    scope: PhantomData<fn() -> S>,
}

/// What is done in the transaction; it may be done again from its beginning.
type Work<I, T> = fn(&Api, &mut dyn Transaction, &I) -> Result<T, WriteError<Failure>>;

impl<S: RequiredScope, I: Names> Write<S, I> {
    /// Makes the checks, and fails with the first that does.
    pub(crate) async fn receive(
        api: Arc<Api>,
        request: HttpRequest,
        payload: Payload,
    ) -> Result<Self, Failure> {
        let (caller, payload) = admit::<S>(&api, &request, payload).await?;
        let body = body::receive(&request, payload).await?;
        let (key, errors) = match idempotency::key(&request) {
            Ok(key) => (key, FieldErrors::default()),
            Err(errors) => (None, errors),
        };
        let input = read(&request, body.fields, errors)?;
        let named = key.map(|key| Named {
            key,
            request: idempotency::fingerprint(&request, &body.bytes),
        });
        Ok(Self {
            api,
            caller,
            request,
            named,
            input,
            scope: PhantomData,
        })
    }

    /// Makes an object, which is answered with 201 and where it is.
    pub(crate) async fn create<T: Located>(self, work: Work<I, T>) -> Result<Created<T>, Failure> {
        let base = format!("{BASE}/{}", self.caller.org_slug);
        let written = self.run(StatusCode::CREATED, work, move |object| {
            Some(format!("{base}{}", object.path()))
        });
        written.await.map(Created::from)
    }

    /// Changes an object, which is answered with 200.
    pub(crate) async fn change<T: Item>(self, work: Work<I, T>) -> Result<Changed<T>, Failure> {
        let written = self.run(StatusCode::OK, work, |_| None);
        written.await.map(Changed::from)
    }

    async fn run<T: Item>(
        self,
        status: StatusCode,
        work: Work<I, T>,
        location: impl Fn(&T) -> Option<String> + Send + 'static,
    ) -> Result<Written, Failure> {
        let origin = Origin {
            actor: Actor::Key(self.caller.key),
            request: Some(audited(&self.request, status)),
        };
        let Self {
            api,
            caller,
            named,
            input,
            ..
        } = self;
        let server = Arc::clone(&api);
        let attempt = move || {
            let attempt = |tx: &mut dyn Transaction| {
                once(&server, tx, named.as_ref(), &input, |tx| {
                    let object = work(&server, tx, &input)?;
                    let answer = written::answer(status, location(&object), &object);
                    answer.map_err(WriteError::Refused)
                })
            };
            let written = if I::IS_BRIEF {
                let transactions = &server.transactions;
                transactions.run_briefly(caller.org, &origin, attempt)
            } else {
                server.transactions.run(caller.org, &origin, attempt)
            };
            // Also of a failure: it may have come after the commit.
            server.wrote(caller.key);
            written
        };
        api.calls.run(attempt).await
    }
}

/// Does the work, unless it was done before under its name.
fn once(
    api: &Api,
    tx: &mut dyn Transaction,
    named: Option<&Named>,
    input: &impl Names,
    work: impl FnOnce(&mut dyn Transaction) -> Result<Answer, WriteError<Failure>>,
) -> Result<Written, WriteError<Failure>> {
    let Some(Named { key, request }) = named else {
        return work(tx).map(Written::first);
    };
    let now = api.clock.now();
    let refusal = match tx.claim(key, request, now)? {
        Claim::Answered(answer) => return Ok(Written::again(answer)),
        Claim::Mismatch => Failure::IdempotencyKeyMismatch,
        Claim::InUse => Failure::IdempotencyKeyInUse,
        Claim::Won => {
            let answer = match work(tx) {
                Err(WriteError::Refused(failure)) if failure.is_kept() => failure.to_answer(),
                outcome => outcome?,
            };
            tx.keep(key, request, &answer, now.saturating_add(kept::KEPT_FOR))?;
            return Ok(Written::first(answer));
        }
    };
    // An object that is not there is told before the state of a key.
    let refusal = if input.exist(tx)? {
        refusal
    } else {
        Failure::NotFound
    };
    Err(WriteError::Refused(refusal))
}
