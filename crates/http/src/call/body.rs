//! The body of a request: its size, its type, its syntax.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use actix_web::web::{Bytes, Payload};
use futures_util::StreamExt as _;
use org_kernel::json;
use org_web::Deadline;
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::failure::Failure;

/// The largest body, in bytes.
pub(crate) const MAX_BODY: usize = 256 * 1024;

/// The fields of the body, none if there is no body; or, inside, what is wrong with its text.
type Fields = Result<Map<String, Value>, String>;

/// A body as it was sent, and as it was read.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) fields: Fields,
}

/// Takes the body in. An empty one, and `{}`, are taken whatever their type.
pub(super) async fn receive(request: &HttpRequest, payload: Payload) -> Result<Body, Failure> {
    let bytes = match read(request, payload).await {
        Ok(bytes) => bytes,
        Err(Unread::TooLarge) => return Err(Failure::PayloadTooLarge),
        Err(Unread::Broken(message)) => {
            return Ok(Body {
                bytes: Bytes::new(),
                fields: Err(message.to_owned()),
            });
        }
    };
    if is_nothing(&bytes) {
        let fields = Ok(Map::new());
        return Ok(Body { bytes, fields });
    }
    if !is_json(request) {
        return Err(Failure::UnsupportedMediaType);
    }
    let fields = match json::parse(&bytes) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err("must be a JSON object".to_owned()),
        Err(error) => Err(format!("must be JSON: {error}")),
    };
    Ok(Body { bytes, fields })
}

/// How long a body may take to arrive that nobody wants.
const IMPATIENCE: Duration = Duration::from_secs(1);

/// Lets the body of a request that is refused already go by, if it is not too long, nor too slow. If
/// it stayed where it is, the connection would have to be closed, and what was sent after it on the
/// same connection might be answered all the same.
pub(crate) async fn pass_by(payload: Payload) {
    let mut payload = payload.into_inner();
    let all = async {
        let mut passed = 0;
        while let Some(Ok(chunk)) = payload.next().await {
            passed += chunk.len();
            if passed > MAX_BODY {
                return;
            }
        }
    };
    // Whether or not it has gone by, the request is answered as it would have been.
    let _ = timeout(IMPATIENCE, all).await;
}

/// Why there is no body.
enum Unread {
    TooLarge,
    Broken(&'static str),
}

/// A body that is announced as too large is not waited for.
async fn read(request: &HttpRequest, payload: Payload) -> Result<Bytes, Unread> {
    let announced = request.headers().get(CONTENT_LENGTH);
    let announced: Option<usize> = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length| length > MAX_BODY) {
        return Err(Unread::TooLarge);
    }
    let body = payload.to_bytes_limited(MAX_BODY);
    let body = match Deadline::of(request) {
        Some(deadline) => deadline.within(body).await,
        None => Some(body.await),
    };
    body.ok_or(Unread::Broken("must arrive in time"))?
        .map_err(|_limit| Unread::TooLarge)?
        .map_err(|_connection| Unread::Broken("must arrive whole"))
}

fn is_nothing(body: &[u8]) -> bool {
    let inner = body.trim_ascii();
    let inner = inner
        .strip_prefix(b"{")
        .and_then(|inner| inner.strip_suffix(b"}"))
        .unwrap_or(inner);
    inner.trim_ascii().is_empty()
}

fn is_json(request: &HttpRequest) -> bool {
    let mut types = request.headers().get_all(CONTENT_TYPE);
    let mut encodings = request.headers().get_all(CONTENT_ENCODING);
    types.next().is_some_and(names_json)
        && types.next().is_none()
        && encodings.all(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// `application/json`, alone or with a `charset` that is UTF-8.
fn names_json(value: &HeaderValue) -> bool {
    let Ok(value) = value.to_str() else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let is_utf8 = |charset: &str| charset.trim_matches('"').eq_ignore_ascii_case("utf-8");
    let fits = |parameter: &str| match parameter.split_once('=') {
        Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => {
            is_utf8(charset.trim())
        }
        _ => true,
    };
    essence.eq_ignore_ascii_case("application/json") && parts.all(fits)
}
