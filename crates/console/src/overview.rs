//! What an administrator wants to see first: what needs attention, and how the last day was.
//!
//! Each store is asked for itself, so that what happens meanwhile may be in one figure and not yet in
//! another. With a script it is asked for again while it is looked at, and changes in
//! place; without one it is whole all the same.

mod attention;
mod charts;
mod facts;
mod receivers;
#[cfg(test)]
mod samples;
mod steps;
#[cfg(test)]
mod tests;

use askama::Template;

use self::attention::{Attention, attention};
use self::charts::charts;
use self::facts::Facts;
use self::receivers::{Receiver, State, receivers};
use self::steps::Steps;
use crate::chart::Chart;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

/// How many things that need attention are shown at a time.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "overview/show.html")]
struct Overview {
    frame: Frame,
    attention: Vec<Attention>,
    /// How many things more need attention.
    more: u64,
    steps: Steps,
    charts: [Chart; 3],
    receivers: Vec<Receiver>,
    /// How many receivers are not shown.
    hidden: u64,
}

/// `GET /settings`.
pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let (org, now) = (visit.org(), visit.now());
    let facts = visit
        .ask::<_, _, Refusal>(move |console| Facts::ask(console, org, now))
        .await?;
    let frame = visit.frame("Overview", Section::Overview);
    let mut attention = attention(&facts, visit.user());
    let more = attention.len().saturating_sub(SHOWN) as u64;
    attention.truncate(SHOWN);
    let (receivers, hidden) = receivers(&facts);
    page(&Overview {
        charts: charts(&facts, &frame.local),
        steps: Steps::of(&facts),
        frame,
        attention,
        more,
        receivers,
        hidden,
    })
}
