//! The console's cookies: that of a session, that of a visit before there is one, and the name of the
//! organization, so that nobody has to type it again.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::site::Site;

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Jar {
    /// Holds the token of a session.
    Session,
    /// Holds the short name of the organization that somebody last signed in to.
    Organization,
    /// Holds a secret for the forms of a browser that is not signed in.
    Visit,
}

impl Jar {
    /// Where there is TLS, the name binds the cookie to this very host.
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-org_api_session",
            (Self::Session, false) => "org_api_session",
            (Self::Organization, true) => "__Host-org_api_organization",
            (Self::Organization, false) => "org_api_organization",
            (Self::Visit, true) => "__Host-org_api_visit",
            (Self::Visit, false) => "org_api_visit",
        }
    }

    /// What a browser sent.
    pub(crate) fn read(self, request: &HttpRequest, site: &Site) -> Option<String> {
        let cookie = request.cookie(self.name(site.is_secure()))?;
        Some(cookie.value().to_owned())
    }

    /// Has a browser keep something for so many seconds; or, without that, until it is closed.
    pub(crate) fn set(self, site: &Site, value: String, seconds: Option<i64>) -> Cookie<'static> {
        let mut cookie = Cookie::build(self.name(site.is_secure()), value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(site.is_secure())
            .finish();
        cookie.set_max_age(seconds.map(Duration::seconds));
        cookie
    }

    /// Has a browser forget it.
    pub(crate) fn forget(self, site: &Site) -> Cookie<'static> {
        self.set(site, String::new(), Some(0))
    }
}
