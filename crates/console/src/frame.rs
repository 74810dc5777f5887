//! What is around every page: its title, the way to the others, and who is signed in.

use org_auth::user::Role;
use org_kernel::instant::Instant;
use org_web::Arrival;

use crate::call::Call;
use crate::local::Local;
use crate::notices;
use crate::tokens::Tokens;
use crate::visit::Identity;

/// The pages by their subject, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Overview,
    Keys,
    Webhooks,
    Deliveries,
    Organization,
    People,
    Audit,
    Account,
}

impl Section {
    const ALL: [Self; 8] = [
        Self::Overview,
        Self::Keys,
        Self::Webhooks,
        Self::Deliveries,
        Self::Organization,
        Self::People,
        Self::Audit,
        Self::Account,
    ];

    /// What it is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Keys => "API keys",
            Self::Webhooks => "Webhooks",
            Self::Deliveries => "Delivery log",
            Self::Organization => "Organization",
            Self::People => "People",
            Self::Audit => "Audit trail",
            Self::Account => "Your account",
        }
    }

    /// Where it is.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Overview => "/settings",
            Self::Keys => "/settings/keys",
            Self::Webhooks => "/settings/webhooks",
            Self::Deliveries => "/settings/deliveries",
            Self::Organization => "/settings/organization",
            Self::People => "/settings/people",
            Self::Audit => "/settings/audit",
            Self::Account => "/settings/account",
        }
    }

    const fn is_for(self, role: Role) -> bool {
        match self {
            Self::Audit => matches!(role, Role::Admin | Role::Owner),
            _ => true,
        }
    }
}

/// Who is signed in, as pages show it.
pub(crate) struct Who {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) organization: String,
}

/// What `layout.html` shows around a page.
pub(crate) struct Frame {
    pub(crate) title: String,
    /// The section that the page is in; none before anybody is signed in.
    pub(crate) section: Option<Section>,
    pub(crate) who: Option<Who>,
    pub(crate) local: Local,
    pub(crate) now: Instant,
    /// What was just done.
    pub(crate) notice: Option<&'static str>,
    /// By which the log knows the request.
    pub(crate) request: String,
    tokens: Tokens,
}

impl Frame {
    pub(crate) fn around(
        call: &Call,
        identity: &Identity,
        title: String,
        section: Section,
    ) -> Self {
        let organization = &identity.organization.facts;
        let who = Who {
            name: identity.user.name.to_string(),
            role: identity.user.role,
            organization: organization.name.to_string(),
        };
        let local = Local::of(organization);
        Self {
            section: Some(section),
            who: Some(who),
            ..Self::new(call, identity.tokens.clone(), title, local)
        }
    }

    pub(crate) fn of_guest(call: &Call, tokens: Tokens, title: String) -> Self {
        Self::new(call, tokens, title, Local::new("en", "UTC"))
    }

    fn new(call: &Call, tokens: Tokens, title: String, local: Local) -> Self {
        Self {
            title,
            section: None,
            who: None,
            local,
            now: call.now(),
            notice: notices::words(call.query().one("done"), call.path()),
            request: Arrival::at(&call.request).id().to_string(),
            tokens,
        }
    }

    /// The sections that whoever is signed in may see.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let role = self.who.as_ref().map(|who| who.role);
        let seen = |section: &Section| role.is_some_and(|role| section.is_for(role));
        Section::ALL.into_iter().filter(seen).collect()
    }

    /// Whether keys, webhooks and the profile are theirs to manage.
    pub(crate) fn is_admin(&self) -> bool {
        self.who.as_ref().is_some_and(|who| who.role >= Role::Admin)
    }

    /// Whether people are theirs to manage.
    pub(crate) fn is_owner(&self) -> bool {
        self.who.as_ref().is_some_and(|who| who.role == Role::Owner)
    }

    /// The token of a form that is sent to this path.
    pub(crate) fn token(&self, path: &str) -> String {
        self.tokens.token(path)
    }
}
