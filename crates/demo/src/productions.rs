//! The productions of the season, with their programmes; and one that the next season holds.
//!
//! A production is planned once, in days from its own first Monday. Its dates, its status and those
//! of its services follow from the day for which the rows are made.

mod autumn;
mod programme;
mod schedule;
mod spring;
mod status;
mod winter;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::calendar::{Season, Start, Today};
use crate::names::{GREAT_HALL, TEREBESI};
use programme::Item;
pub(crate) use schedule::{Call, Length};
pub(crate) use status::Plan;

/// A production as it was planned.
pub(crate) struct Production {
    pub(crate) id: &'static str,
    code: &'static str,
    title: &'static str,
    subtitle: Option<&'static str>,
    series: Option<&'static str>,
    kind: &'static str,
    pub(crate) plan: Plan,
    start: Start,
    pub(crate) conductor: Option<&'static str>,
    venue: &'static str,
    description: &'static str,
    programme: &'static [Item],
    pub(crate) schedule: &'static [Call],
}

/// What most productions have in common.
const TEMPLATE: Production = Production {
    id: "",
    code: "",
    title: "",
    subtitle: None,
    series: None,
    kind: "SUBSCRIPTION",
    plan: Plan::Firm,
    start: Start::Week(0),
    conductor: Some(TEREBESI),
    venue: GREAT_HALL,
    description: "",
    programme: &[],
    schedule: schedule::SUBSCRIPTION_WEEK,
};

impl Production {
    /// The day that is planned as `day`, counted from 0.
    pub(crate) fn day(&self, season: Season, day: i32) -> Date {
        season.day(self.start) + day.days()
    }

    /// The days of the first call and of the last.
    pub(crate) fn span(&self, season: Season) -> (Date, Date) {
        let days = self.schedule.iter().map(|call| call.day);
        let (first, last) = (days.clone().min(), days.max());
        let day = |planned: Option<i32>| self.day(season, planned.unwrap_or(0));
        (day(first), day(last))
    }

    /// How long a performance takes, with what is not music.
    pub(crate) fn minutes(&self) -> i32 {
        self.programme.iter().filter_map(Item::minutes).sum()
    }

    fn row(&self, today: &Today) -> Value {
        let (first, last) = self.span(today.season());
        let programme: Vec<Value> = self.programme.iter().map(Item::json).collect();
        json!({
            "kind": "production",
            "externalId": self.id,
            "code": self.code,
            "title": self.title,
            "subtitle": self.subtitle,
            "season": Season::containing(first).name(),
            "series": self.series,
            "type": self.kind,
            "status": self.plan.of_production(today, first, last),
            "startDate": first.to_string(),
            "endDate": last.to_string(),
            "conductor": self.conductor,
            "venue": self.venue,
            "description": self.description,
            "programme": programme,
        })
    }
}

pub(crate) fn all() -> impl Iterator<Item = &'static Production> {
    [
        autumn::PRODUCTIONS,
        winter::PRODUCTIONS,
        spring::PRODUCTIONS,
    ]
    .into_iter()
    .flatten()
}

pub(crate) fn rows(today: &Today) -> Vec<Value> {
    all().map(|production| production.row(today)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_solo_part_has_its_soloist() {
        let items = all().flat_map(|production| production.programme);
        let concertos: Vec<_> = items.filter_map(Item::solo_part).collect();
        assert!(concertos.len() > 5);
        for (part, soloists) in concertos {
            assert!(soloists.iter().any(|it| it.instrument == part), "{part}");
        }
    }
}
