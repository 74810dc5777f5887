//! People of the demonstration, and the links by which they come in.

use crate::command::text;
use crate::stage::{DEMO, Stage};

/// Invites somebody of this name and role to an organization.
pub(crate) fn invite(stage: &Stage, org: &str, (name, role): (&str, &str)) -> Invited {
    let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    let arguments = [
        "user", "create", "--org", org, "--name", name, "--role", role,
    ];
    let made = stage.command(&[&arguments[..], &["--email", &email]].concat());
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
    invite(stage, DEMO, ("Vera Sanz", "VIEWER"))
}

fn path(link: &str) -> String {
    let start = link.find("/settings/").expect("a link into the settings");
    link[start..].to_owned()
}
