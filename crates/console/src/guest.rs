//! A request of whoever is not signed in, or need not be.

use std::ops::Deref;

use actix_web::http::header::{HeaderValue, SET_COOKIE};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::call::Call;
use crate::cookies::Jar;
use crate::frame::Frame;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::tokens::Tokens;

/// A request, and the secret of the visit that it belongs to.
pub(crate) struct Guest {
    call: Call,
    secret: String,
    is_new: bool,
}

impl Deref for Guest {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.call
    }
}

impl Guest {
    /// Checks that a form came from a page of ours.
    pub(crate) fn begin(call: Call) -> Result<Self, Refusal> {
        let known = Jar::Visit.read(&call.request, &call.site);
        call.hold(known.as_deref().map(Tokens::under).as_ref())?;
        let is_new = known.is_none();
        let secret = match known {
            Some(secret) => secret,
            None => new_secret(&call)?,
        };
        Ok(Self {
            call,
            secret,
            is_new,
        })
    }

    /// What is around a page.
    pub(crate) fn frame(&self, title: impl Into<String>) -> Frame {
        Frame::of_guest(&self.call, Tokens::under(&self.secret), title.into())
    }

    /// Has the browser keep the secret of its visit, if it is new.
    pub(crate) fn keep(&self, mut reply: Reply) -> Reply {
        if self.is_new {
            let cookie = Jar::Visit.set(&self.call.site, self.secret.clone(), None);
            if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
                reply.headers_mut().append(SET_COOKIE, cookie);
            }
        }
        reply
    }
}

fn new_secret(call: &Call) -> Result<String, Refusal> {
    let mut bytes = [0; 32];
    let entropy = &call.console.ports.entropy;
    entropy.fill(&mut bytes).map_err(Refusal::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
