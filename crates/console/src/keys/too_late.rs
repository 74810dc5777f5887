//! What cannot be done any more, because somebody has done it, or something else, meanwhile.

use askama::Template;
use org_auth::api_key::ApiKey;
use org_kernel::id::KeyId;

use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, outdated};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "keys/too_late.html")]
struct TooLatePage {
    frame: Frame,
    words: &'static str,
    /// The key to look at, if it is one of theirs.
    key: Option<(String, String)>,
}

/// The form was sent before: the key is there, and nobody can see its secret again.
pub(super) async fn made_already(visit: &Visit<Admin>, id: KeyId) -> Answer {
    let org = visit.org();
    let found = visit.ask::<_, _, Refusal>(move |console| console.ports.keys.find(org, id));
    let words = "This key was made already, and its secret was shown once. If nobody has the secret, \
                 revoke the key and make another.";
    say(visit, "Made already", words, found.await?.as_ref())
}

/// The key is not one that can be rotated.
pub(super) fn not_to_be_rotated(visit: &Visit<Admin>, words: &'static str, key: &ApiKey) -> Answer {
    say(visit, "This key cannot be rotated", words, Some(key))
}

fn say(visit: &Visit<Admin>, title: &str, words: &'static str, key: Option<&ApiKey>) -> Answer {
    outdated(&TooLatePage {
        frame: visit.frame(title, Section::Keys),
        words,
        key: key.map(|key| (key.name.to_string(), super::path(key.id))),
    })
}
