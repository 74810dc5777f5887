//! Receivers behind TLS, and whose word is taken for them.

use std::sync::Arc;

use org_delivery::limits::Limits;
use org_delivery::post::{Poster, PosterError};
use org_delivery::roots::{Roots, RootsError};
use org_kernel::clock::SystemClock;
use org_webhooks::egress::EgressPolicy;

use crate::support::certificates::Authority;
use crate::support::name_server::NameServer;
use crate::support::receiver::{Receiver, Reply};
use crate::support::{HASTY, local, nameless, post, words};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// A year that no test will see.
const LATER: i32 = 4000;

/// A receiver with a certificate, a poster that believes some roots, and the names between them.
struct Scene {
    receiver: Receiver,
    poster: Poster,
    _names: NameServer,
}

impl Scene {
    /// `hook.test` is a receiver whose certificate says `names`; `believed` are the poster's roots.
    async fn new(vouching: &Authority, names: &[&str], until: i32, believed: Roots) -> Self {
        let tls = Some(vouching.vouch(names, until));
        let receiver = Receiver::listen("127.0.0.1:0", Reply::Bytes(OK.to_vec()), tls).await;
        let name_server = NameServer::start().await;
        name_server.leads("hook.test", &["127.0.0.1"]);
        let (resolver, clock) = (name_server.resolver(), Arc::new(SystemClock));
        let made = Poster::new(local(), resolver, believed, Limits::default(), clock);
        Self {
            receiver,
            poster: made.expect("a poster"),
            _names: name_server,
        }
    }

    fn url(&self, host: &str) -> String {
        format!("https://{host}:{}/", self.receiver.address.port())
    }

    /// The words of an attempt at `hook.test` that fails before anything is said.
    async fn refused(&self) -> String {
        let words = words(&self.poster, &self.url("hook.test")).await;
        assert_eq!(self.receiver.requests(), [""; 0]);
        words
    }
}

#[tokio::test]
async fn a_receiver_is_believed_whom_a_root_vouches_for() {
    let authority = Authority::called("one");
    let names = ["hook.test", "127.0.0.1"];
    let scene = Scene::new(&authority, &names, LATER, authority.roots()).await;
    for host in names {
        let answered = post(&scene.poster, &scene.url(host)).await;
        assert_eq!(answered.expect(host).status, 200, "{host}");
    }
}

#[tokio::test]
async fn a_certificate_of_another_name_is_not_believed() {
    let authority = Authority::called("one");
    let scene = Scene::new(&authority, &["other.test"], LATER, authority.roots()).await;
    let words = scene.refused().await;
    assert!(
        words.contains("certificate not valid for name \"hook.test\""),
        "{words}"
    );
}

#[tokio::test]
async fn a_certificate_of_strangers_is_not_believed() {
    let (authority, stranger) = (Authority::called("one"), Authority::called("two"));
    let scene = Scene::new(&stranger, &["hook.test"], LATER, authority.roots()).await;
    let words = scene.refused().await;
    assert!(words.contains("UnknownIssuer"), "{words}");
}

#[tokio::test]
async fn a_certificate_that_is_over_is_not_believed() {
    let authority = Authority::called("one");
    let scene = Scene::new(&authority, &["hook.test"], 2010, authority.roots()).await;
    let words = scene.refused().await;
    assert!(words.contains("certificate expired"), "{words}");
}

#[tokio::test]
async fn a_certificate_has_no_more_than_its_share_of_the_line() {
    let authority = Authority::called("one");
    let names: Vec<_> = (0..500).map(|n| format!("name-{n}.test")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let scene = Scene::new(&authority, &names, LATER, authority.roots()).await;
    assert_eq!(scene.refused().await.chars().count(), 1000);
}

#[tokio::test]
async fn a_handshake_is_part_of_connecting() {
    let silent = Receiver::start(Reply::Hang(vec![])).await;
    let (roots, clock) = (Authority::called("one").roots(), Arc::new(SystemClock));
    let poster = Poster::new(local(), nameless(), roots, HASTY, clock).expect("a poster");
    let words = words(&poster, &format!("https://{}/", silent.address)).await;
    assert_eq!(words, "could not connect within 200ms");
}

/// Outside of any runtime, where a server puts itself together.
#[test]
fn without_roots_a_poster_is_refused_unless_http_is_open() {
    let make = |policy| {
        let (roots, clock) = (Roots::none(), Arc::new(SystemClock));
        Poster::new(policy, nameless(), roots, Limits::default(), clock)
    };
    let refused = make(EgressPolicy::default());
    assert!(matches!(refused, Err(PosterError::NoRoots)), "{refused:?}");
    assert!(make(EgressPolicy::default().with_http()).is_ok());
}

#[test]
fn a_file_without_certificates_is_refused() {
    let with = |pem: &[u8]| Roots::none().with_pem(pem).map(|roots| roots.is_empty());
    assert!(matches!(with(b""), Err(RootsError::Empty)));
    assert!(matches!(with(b"no PEM"), Err(RootsError::Empty)));
    let torn = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n";
    assert!(matches!(with(torn), Err(RootsError::NotPem(_))));
    let other = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(matches!(with(other), Err(RootsError::NotACertificate(_))));
}
