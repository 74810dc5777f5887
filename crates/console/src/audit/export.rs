//! The trail as a file: all that the filters find, read and sent a piece at a time, so that neither the
//! length of a trail nor the pace of a browser takes memory.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use org_kernel::audit::EntryQuery;
use org_kernel::chain;
use org_kernel::id::OrgId;

use super::filter::Filter;
use super::list::show;
use super::names::Names;
use super::sheet;
use crate::console::Console;
use crate::refusal::Refusal;
use crate::reply::Answer;
use crate::visit::{Admin, Visit};

/// How many entries are in memory at a time.
const PIECE: u32 = 1000;

pub(crate) async fn export(visit: Visit<Admin>) -> Answer {
    let facts = &visit.organization().facts;
    let filter = Filter::read(visit.query(), visit.org(), &facts.time_zone)?;
    if !filter.form.is_good() {
        return show(&visit, filter).await;
    }
    let mut pieces = Pieces {
        console: Arc::clone(&visit.console),
        org: visit.org(),
        next: Some(EntryQuery {
            limit: PIECE,
            ..filter.query
        }),
    };
    // What fails before the first piece is still answered with a page that says so.
    let beginning = sheet::beginning().map_err(Refusal::internal)?;
    let first = pieces.read().await?.unwrap_or_default();
    let begun = stream::iter([Ok(beginning.into()), Ok(first)]);
    let now = visit.now();
    let day = facts.time_zone.date_at(now).unwrap_or(now.to_utc().date());
    let name = format!("attachment; filename=\"{}-audit-{day}.csv\"", facts.slug);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .streaming(begun.chain(rest(pieces))))
}

/// What is left to read.
struct Pieces {
    console: Arc<Console>,
    org: OrgId,
    /// None once there is nothing more.
    next: Option<EntryQuery>,
}

impl Pieces {
    /// The lines of the next entries; `None` after the last.
    async fn read(&mut self) -> Result<Option<Bytes>, Refusal> {
        let Some(query) = self.next.take() else {
            return Ok(None);
        };
        let (console, org) = (Arc::clone(&self.console), self.org);
        let read = self.console.exports.run::<_, Refusal, Refusal>(move || {
            let entries = console.ports.trail.entries(&query)?;
            let names = Names::of(&console, org, &entries)?;
            let lines = sheet::lines(&entries, &names).map_err(Refusal::internal)?;
            let is_full = entries.len() == PIECE as usize;
            let next = entries.last().filter(|_| is_full).map(|last| EntryQuery {
                after: Some((last.at, last.id)),
                ..query
            });
            Ok((lines, next))
        });
        let (lines, next) = read.await?;
        self.next = next;
        Ok((!lines.is_empty()).then(|| lines.into()))
    }
}

/// The pieces after the first. One that fails breaks the response off, so that no browser takes what it
/// has for the whole.
fn rest(pieces: Pieces) -> impl Stream<Item = Result<Bytes, Refusal>> {
    stream::try_unfold(pieces, |mut pieces| async move {
        match pieces.read().await {
            Ok(Some(lines)) => Ok(Some((lines, pieces))),
            Ok(None) => Ok(None),
            Err(failure) => {
                tracing::error!(error = chain(&failure), "an export was broken off");
                Err(failure)
            }
        }
    })
}
