//! Ending sessions.

use org_kernel::id::SessionId;

use crate::refusal::Refusal;
use crate::reply::{Answer, done};
use crate::visit::{Viewer, Visit};

/// Ends one session; that of this browser is ended by signing out.
pub(crate) async fn end(visit: Visit<Viewer>) -> Answer {
    let session: SessionId = visit.id("session")?;
    let (user, origin) = (visit.user().user_ref(), visit.origin());
    let ended = visit
        .ask::<_, _, Refusal>(move |console| console.ports.sessions.end(user, session, &origin))
        .await?;
    if ended {
        done("/settings/account", "session-ended")
    } else {
        Err(Refusal::NotFound)
    }
}

/// Ends all but that of this browser.
pub(crate) async fn end_others(visit: Visit<Viewer>) -> Answer {
    let (user, kept, origin) = (visit.user().user_ref(), visit.session().id, visit.origin());
    visit
        .ask::<_, _, Refusal>(move |console| console.ports.sessions.end_others(user, kept, &origin))
        .await?;
    done("/settings/account", "other-sessions-ended")
}
