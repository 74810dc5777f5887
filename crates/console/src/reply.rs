//! Answers.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, LOCATION};
use askama::Template;

use crate::refusal::Refusal;

/// A response of ours.
pub(crate) type Reply = HttpResponse;

/// What a handler answers.
pub(crate) type Answer = Result<Reply, Refusal>;

/// A page.
pub(crate) fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// A page with another status, such as that of a form that is shown again.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(Refusal::internal)?;
    Ok(HttpResponse::build(status)
        .content_type(ContentType::html())
        .body(html))
}

/// A form in which something is wrong.
pub(crate) fn again(template: &impl Template) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// A form whose object was changed, or made, meanwhile.
pub(crate) fn outdated(template: &impl Template) -> Answer {
    page_with(StatusCode::CONFLICT, template)
}

/// Sends the browser to another page. The path begins with `/settings`.
#[expect(clippy::unnecessary_wraps, reason = "handlers answer so")]
pub(crate) fn see_other(path: &str) -> Answer {
    Ok(redirect(path))
}

/// The same; `done` is the code of what was done, which that page says in words (see `notices`).
pub(crate) fn done(path: &str, done: &str) -> Answer {
    let joint = if path.contains('?') { '&' } else { '?' };
    see_other(&format!("{path}{joint}done={done}"))
}

/// Sends the browser to another page.
pub(crate) fn redirect(path: &str) -> Reply {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .finish()
}
