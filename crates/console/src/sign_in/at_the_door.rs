//! Who asks to be let in, as the use cases want to know it.

use org_auth::session::Visitor;
use org_auth::sign_in::Caller;
use org_kernel::audit::Request;

use crate::call::Call;
use crate::cookies::Jar;

/// What a request says of whoever makes it.
pub(super) struct AtTheDoor {
    visitor: Visitor,
    cookie: Option<String>,
    request: Request,
}

impl AtTheDoor {
    pub(super) fn of(call: &Call) -> Self {
        Self {
            visitor: call.visitor(),
            cookie: Jar::Session.read(&call.request, &call.site),
            request: call.audited(),
        }
    }

    pub(super) fn caller(&self) -> Caller<'_> {
        Caller {
            visitor: &self.visitor,
            cookie: self.cookie.as_deref(),
            request: Some(&self.request),
        }
    }
}
