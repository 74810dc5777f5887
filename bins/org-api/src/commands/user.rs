//! `org-api user …`

mod show;

use std::sync::Arc;

use org_auth::entropy::SystemEntropy;
use org_auth::passwords::Passwords;
use org_auth::people::People;
use org_auth::rate::SignInAttempts;
use org_auth::second_factors::SecondFactors;
use org_auth::user::{Email, User};
use org_auth::user_store::NotInserted;
use org_auth::users::{Invitation, InviteError, IssuedLink, Users};
use org_kernel::StoreError;
use org_kernel::audit::Origin;
use serde_json::json;

use crate::cli::{NewUserArgs, UserCommand, UserLinkArgs};
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::output::{Output, flag};
use crate::settings::Settings;

/// What every one of these commands works with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) settings: &'a Settings,
    pub(super) database: &'a Database,
    pub(super) output: Output,
}

pub(super) fn run(command: &UserCommand, desk: Desk<'_>) -> Result<(), Failure> {
    match command {
        UserCommand::Create(arguments) => create(arguments, desk),
        UserCommand::List { org } => show::list(org, desk),
        UserCommand::Link(arguments) => link(arguments, desk),
    }
}

pub(super) fn users(database: &Database) -> Users {
    let entropy = Arc::new(SystemEntropy::new());
    Users::new(People::of(&database.store()), clock(), ids(), entropy)
}

/// Where a link leads to on the server that is reached at `base`.
pub(super) fn address_of(link: &IssuedLink, base: impl std::fmt::Display) -> String {
    format!("{base}/settings/link/{}", link.secret.expose())
}

/// Where a server is reached that listens at an address: one that listens everywhere, on this machine.
fn reached_at(listen: &str) -> String {
    for (everywhere, here) in [("0.0.0.0:", "127.0.0.1:"), ("[::]:", "[::1]:")] {
        if let Some(port) = listen.strip_prefix(everywhere) {
            return format!("{here}{port}");
        }
    }
    listen.to_owned()
}

/// The user of an organization with this address.
pub(super) fn find(
    database: &Database,
    org_slug: &str,
    email: &Email,
) -> Result<Option<User>, StoreError> {
    let found = People::of(&database.store())
        .users
        .account(org_slug, email)?;
    Ok(found.map(|account| account.user))
}

fn create(arguments: &NewUserArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let email: Email = flag("email", &arguments.email)?;
    let name = match &arguments.name {
        Some(name) => flag("name", name)?,
        None => flag("name", email.local_part())?,
    };
    let users = users(desk.database);
    let invitation = Invitation {
        id: users.fresh_id(),
        email,
        name,
        role: flag("role", &arguments.role)?,
        org: desk.database.organization(&arguments.org)?.id,
    };
    let invited = users.invite(invitation, &Origin::OPERATOR);
    let link = invited.map_err(|error| match error {
        InviteError::Refused(NotInserted::EmailTaken) => {
            let (email, org) = (&arguments.email, &arguments.org);
            Failure::Failed(format!("--email: {org} has a user {email} already"))
        }
        error => Failure::of(&error),
    })?;
    show_link(&link, desk)
}

fn link(arguments: &UserLinkArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let email: Email = flag("email", &arguments.email)?;
    let org = desk.database.organization(&arguments.org)?;
    let found = find(desk.database, org.facts.slug.as_str(), &email)?;
    let user = found.ok_or_else(|| {
        let slug = &org.facts.slug;
        Failure::Failed(format!("--email: {slug} has no user {email}"))
    })?;
    if arguments.reset_second_factor {
        second_factors(desk.database).reset(&user, &Origin::OPERATOR)?;
    }
    let link = users(desk.database).new_link(user.user_ref(), &Origin::OPERATOR)?;
    show_link(&link, desk)
}

/// Second factors, for whoever only switches them off.
fn second_factors(database: &Database) -> SecondFactors {
    let people = People::of(&database.store());
    let entropy = Arc::new(SystemEntropy::new());
    let attempts = Arc::new(SignInAttempts::new(clock()));
    let passwords = Passwords::new(people.clone(), attempts, clock(), ids(), entropy.clone());
    SecondFactors::new(people, passwords, None, clock(), ids(), entropy)
}

fn show_link(link: &IssuedLink, desk: Desk<'_>) -> Result<(), Failure> {
    let address = match &desk.settings.public_url {
        Some(public_url) => address_of(link, public_url),
        None => address_of(
            link,
            format_args!("http://{}", reached_at(desk.settings.listen.as_str())),
        ),
    };
    let answer = json!({
        "id": link.user.id,
        "link": address,
        "expiresAt": link.expires_at,
    });
    desk.output.show(&answer, |_| {
        let (id, until) = (link.user.id, link.expires_at);
        format!(
            "{id}\n{address}\nThe link is shown this once. It lets them in once, until {until}."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::reached_at;

    #[test]
    fn a_link_leads_to_where_a_browser_can_go() {
        for (listen, reached) in [
            ("127.0.0.1:8080", "127.0.0.1:8080"),
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:80", "[::1]:80"),
            ("settings.example.org:80", "settings.example.org:80"),
        ] {
            assert_eq!(reached_at(listen), reached);
        }
    }
}
