//! What an operator is told once, because it looks like a server that was set up otherwise than it is
//! used.

use std::sync::Once;

use actix_web::HttpRequest;
use actix_web::http::header::ORIGIN;
use org_web::Proxies;

use crate::site::Site;

/// What was told already. Whoever wants to fill the log cannot do so with it.
#[derive(Debug)]
pub(crate) struct Notes {
    origin: Once,
    proxy: Once,
}

impl Default for Notes {
    fn default() -> Self {
        Self {
            origin: Once::new(),
            proxy: Once::new(),
        }
    }
}

impl Notes {
    /// A form was sent from a page of another address: another site's, or ours under a name that we do not
    /// know.
    pub(crate) fn foreign_origin(&self, request: &HttpRequest, site: &Site) {
        let origin = request.headers().get(ORIGIN);
        self.origin.call_once(|| {
            tracing::warn!(
                known_as = site.url(""),
                came_from = ?origin,
                "a form of the settings came from another address than this server's; if people use that \
                 address, name it with --public-url"
            );
        });
    }

    /// A proxy says where requests come from, and is not believed: to the limits of signing in, everybody
    /// behind it is one.
    pub(crate) fn unheard_proxy(&self, request: &HttpRequest, proxies: &Proxies) {
        if proxies.overlook(request) {
            self.proxy.call_once(|| {
                tracing::warn!(
                    peer = ?request.peer_addr().map(|peer| peer.ip()),
                    "a request says in X-Forwarded-For or Forwarded where it comes from, and is not \
                     believed; if it came through a proxy of yours, name that with --trusted-proxy"
                );
            });
        }
    }
}
