//! Which site this is, as browsers see it: where forms may come from, and how cookies are set.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderName, ORIGIN, REFERER};
use org_web::PublicUrl;
use url::{Host, Url};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The site that a request was made to.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// `https://settings.example.org`.
    origin: String,
    /// Whether cookies are for TLS alone, which they are unless the browser is on this machine.
    secure: bool,
    /// The path under which the API is reached; empty, or with a slash first and none last.
    base: String,
}

impl Site {
    /// The site that the operator names, whatever a request says; where they name none, the one that the
    /// browser asked: by HTTP on this machine, and by HTTPS anywhere else.
    pub(crate) fn of(request: &HttpRequest, public_url: Option<&PublicUrl>) -> Self {
        let host = request.headers().get(HOST);
        let host = host.and_then(|host| host.to_str().ok());
        let asked = || {
            let host = host.unwrap_or_default();
            let scheme = if is_loopback(host) { "http" } else { "https" };
            Url::parse(&format!("{scheme}://{host}/")).ok()
        };
        let named = public_url.and_then(|url| Url::parse(&url.to_string()).ok());
        // A request that names no host is answered, and no form of it is one of ours.
        let Some(url) = named.or_else(asked) else {
            return Self {
                origin: String::new(),
                secure: true,
                base: String::new(),
            };
        };
        Self {
            origin: url.origin().ascii_serialization(),
            secure: url.scheme() == "https" || !is_loopback(url.authority()),
            base: url.path().trim_end_matches('/').to_owned(),
        }
    }

    /// Whether cookies are for TLS alone.
    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    /// The address of a path of ours.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.base)
    }

    /// Whether a form was sent from a page of this site. Browsers say so in `Origin`; where one does not,
    /// it must say so elsewhere.
    pub(crate) fn is_origin_of(&self, request: &HttpRequest) -> bool {
        let header = |name| {
            let value = request.headers().get(name)?;
            Some(value.to_str().unwrap_or_default())
        };
        if let Some(origin) = header(ORIGIN) {
            return !self.origin.is_empty() && origin == self.origin;
        }
        if let Some(site) = header(SEC_FETCH_SITE) {
            return site == "same-origin";
        }
        let referer = header(REFERER).and_then(|referer| Url::parse(referer).ok());
        referer.is_some_and(|referer| referer.origin().ascii_serialization() == self.origin)
    }
}

/// Whether a `Host` is this machine itself, as browsers see it.
fn is_loopback(host: &str) -> bool {
    let url = Url::parse(&format!("http://{host}/")).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use org_kernel::field::FromText;

    use super::*;

    fn asked(host: &str, headers: &[(&str, &str)]) -> HttpRequest {
        let request = TestRequest::post().insert_header(("Host", host));
        let add = |request: TestRequest, header: &(&str, &str)| request.insert_header(*header);
        headers.iter().fold(request, add).to_http_request()
    }

    #[test]
    fn only_this_machine_is_asked_without_tls() {
        for (host, origin, secure) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080", false),
            ("[::1]:8080", "http://[::1]:8080", false),
            ("localhost", "http://localhost", false),
            (
                "localhost.example.org",
                "https://localhost.example.org",
                true,
            ),
            ("192.168.1.4:8080", "https://192.168.1.4:8080", true),
            ("settings.example.org", "https://settings.example.org", true),
        ] {
            let site = Site::of(&asked(host, &[]), None);
            assert_eq!(
                (site.url(""), site.is_secure()),
                (origin.to_owned(), secure)
            );
        }
    }

    #[test]
    fn the_operators_word_counts_whatever_host_a_proxy_asks_for() {
        let public = PublicUrl::from_text("https://api.example.org").expect("an address");
        for host in ["10.0.0.7:8080", "127.0.0.1:8080", "evil.example"] {
            let request = asked(host, &[("Origin", "https://api.example.org")]);
            let site = Site::of(&request, Some(&public));
            assert_eq!(site.url("/settings"), "https://api.example.org/settings");
            assert!(site.is_secure() && site.is_origin_of(&request), "{host}");
        }
    }

    #[test]
    fn cookies_go_without_tls_on_this_machine_alone() {
        for (public, secure) in [
            ("http://127.0.0.1:8080", false),
            ("http://localhost", false),
            ("http://intranet.example.org", true),
            ("https://localhost", true),
        ] {
            let public = PublicUrl::from_text(public).expect("an address");
            let site = Site::of(&asked("x", &[]), Some(&public));
            assert_eq!(site.is_secure(), secure, "{public}");
        }
    }

    #[test]
    fn a_form_is_taken_from_our_own_pages_alone() {
        let ours = |headers: &[(&str, &str)]| {
            let request = asked("127.0.0.1:8080", headers);
            Site::of(&request, None).is_origin_of(&request)
        };
        assert!(ours(&[("Origin", "http://127.0.0.1:8080")]));
        assert!(ours(&[("Sec-Fetch-Site", "same-origin")]));
        for headers in [
            &[][..],
            &[("Origin", "null")],
            &[("Origin", "http://127.0.0.1:81")],
            &[("Origin", "https://127.0.0.1:8080")],
            &[("Origin", "null"), ("Sec-Fetch-Site", "same-origin")],
            &[("Sec-Fetch-Site", "same-site")],
            &[("Referer", "http://evil.example/http://127.0.0.1:8080")],
        ] {
            assert!(!ours(headers), "{headers:?}");
        }
    }
}
