//! The files that pages load: the stylesheet, htmx, and a few lines of script of our own.
//!
//! Each is served under a name that has a hash of its bytes in it, so that browsers keep it for good and
//! still see a new one at once.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use actix_web::{HttpResponse, Resource, guard, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const ASSETS: &[Asset] = &[
    Asset {
        name: "console.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/console.css"),
    },
    Asset {
        name: "console.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/console.js"),
    },
    Asset {
        name: "htmx.min.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/htmx.min.js"),
    },
    Asset {
        name: "icon.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("../assets/icon.svg"),
    },
];

/// The part of each file's path that its bytes decide.
static HASHES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let hash = |asset: &Asset| URL_SAFE_NO_PAD.encode(&digest(&SHA256, asset.bytes).as_ref()[..9]);
    ASSETS.iter().map(hash).collect()
});

/// Where a file is.
///
/// # Panics
/// When there is no file of this name, which is a mistake in a template.
pub(crate) fn path(name: &str) -> String {
    let mut all = ASSETS.iter().zip(HASHES.iter());
    let (_, hash) = all
        .find(|(asset, _)| asset.name == name)
        .expect("a file of ours");
    format!("/settings/assets/{hash}/{name}")
}

/// Their pattern, within the console.
pub(crate) const PATH: &str = "/assets/{hash}/{name}";

/// Where they are mounted.
pub(crate) fn resource() -> Resource {
    let looks = guard::Any(guard::Get()).or(guard::Head());
    web::resource(PATH).route(web::route().guard(looks).to(serve))
}

/// Answers with a file. An old hash gets the file as it is, and does not keep it.
async fn serve(path: web::Path<(String, String)>) -> HttpResponse {
    let (asked, name) = path.into_inner();
    let mut all = ASSETS.iter().zip(HASHES.iter());
    let Some((asset, hash)) = all.find(|(asset, _)| asset.name == name) else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, asset.kind));
    if *hash == asked {
        let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.insert_header((CACHE_CONTROL, kept));
    }
    response.body(asset.bytes)
}
