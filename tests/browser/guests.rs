//! People of the demonstration, and the links by which they come in.

use crate::command::text;
use crate::stage::{DEMO, Stage};

/// Invites somebody of this role, and answers who it is and the path of the link.
pub(crate) fn invite(stage: &Stage, (org, email): (&str, &str), role: &str) -> Invited {
    let made = stage.command(&[
        "user", "create", "--org", org, "--email", email, "--role", role,
    ]);
    Invited {
        id: text(&made, "id"),
        link: path(&text(&made, "link")),
    }
}

/// Somebody who has not come in yet.
pub(crate) struct Invited {
    pub(crate) id: String,
    /// A path: the command does not know where this server listens.
    pub(crate) link: String,
}

/// The link of the demonstration's owner, who has joined by no other.
pub(crate) fn owners_link(stage: &Stage) -> String {
    path(&stage.said("Settings: "))
}

/// A viewer of the demonstration.
pub(crate) fn viewer(stage: &Stage) -> Invited {
    invite(stage, (DEMO, "vera.viola@example.org"), "VIEWER")
}

fn path(link: &str) -> String {
    let start = link.find("/settings/").expect("a link into the settings");
    link[start..].to_owned()
}
