//! A production, as lists show it.

use org_domain::{Record, productions as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::wire::{Date, Instant, ProductionId, ProductionStatus, ProductionType, text};

/// A programme that is prepared and given, once or several times.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Production {
    id: ProductionId,
    /// The organization's own short code.
    code: Option<String>,
    title: String,
    subtitle: Option<String>,
    /// The season, as the organization names it.
    season: Option<String>,
    /// The series it is sold in.
    series: Option<String>,
    #[serde(rename = "type")]
    kind: ProductionType,
    status: ProductionStatus,
    /// Its first day.
    start_date: Date,
    /// Its last day.
    end_date: Date,
    conductor: Option<String>,
    /// The main venue.
    venue: Option<String>,
    /// What it is about.
    description: Option<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::Production>> for Production {
    fn from(record: Record<domain::Production>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            code: text(facts.code),
            title: facts.title.into_string(),
            subtitle: text(facts.subtitle),
            season: text(facts.season),
            series: text(facts.series),
            kind: facts.kind.into(),
            status: facts.status.into(),
            start_date: facts.dates.start().into(),
            end_date: facts.dates.end().into(),
            conductor: text(facts.conductor),
            venue: text(facts.venue),
            description: text(facts.description),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Item for Production {
    fn example() -> Self {
        Self {
            id: ProductionId::example(),
            code: Some("S04".to_owned()),
            title: "From the New World".to_owned(),
            subtitle: None,
            season: Some("2025-26".to_owned()),
            series: Some("Saturdays".to_owned()),
            kind: domain::ProductionType::Subscription.into(),
            status: domain::ProductionStatus::Confirmed.into(),
            start_date: Date::example("2026-03-11"),
            end_date: Date::example("2026-03-14"),
            conductor: Some("Halvorsen, Ingrid".to_owned()),
            venue: Some("Great Hall".to_owned()),
            description: Some("Two homesick Bohemians.".to_owned()),
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-11-20T16:45:12.250Z"),
        }
    }
}

#[cfg(test)]
mod tests {
    use org_domain::productions::ProductionPayload;
    use org_domain::span::DateSpan;
    use org_kernel::field::FromText;
    use org_kernel::text::{Line, Prose};
    use uuid::Uuid;

    use super::*;

    fn line<const MAX: usize>(text: &str) -> Line<MAX> {
        Line::from_text(text).expect(text)
    }

    fn record(full: bool) -> Record<domain::Production> {
        let day = |text| time::Date::from_text(text).expect("a date");
        Record {
            id: org_kernel::id::ProductionId::new(Uuid::from_u128(7)),
            facts: domain::Production {
                code: full.then(|| line("S04")),
                title: line("Grenzgänge"),
                subtitle: full.then(|| line("Mahler & Ives")),
                season: full.then(|| line("2025-26")),
                series: full.then(|| line("Samstag")),
                kind: domain::ProductionType::Festival,
                status: domain::ProductionStatus::InProgress,
                dates: DateSpan::new(day("0987-01-01"), day("9999-12-31")).expect("in order"),
                conductor: full.then(|| line("Nagano, Kent")),
                venue: full.then(|| line("Halle")),
                description: full.then(|| Prose::from_text("One\n\"two\"").expect("prose")),
            },
            created_at: "2026-01-02T03:04:05.006Z".parse().expect("an instant"),
            updated_at: "2026-02-03T04:05:06Z".parse().expect("an instant"),
        }
    }

    #[test]
    fn the_list_and_the_events_show_a_production_alike() {
        for record in [record(true), record(false)] {
            let event = serde_json::to_string(&ProductionPayload::from(&record)).expect("JSON");
            let listed = serde_json::to_string(&Production::from(record)).expect("JSON");
            assert_eq!(listed, event);
        }
    }
}
