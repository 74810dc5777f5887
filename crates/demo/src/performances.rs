//! The performances of earlier seasons. Their dates are fixed: history does not move.

mod brannwald;
mod delorbe;
mod terebesi;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::calendar::Season;
use crate::names::{GREAT_HALL, GREAT_SERIES, HOME, ORCHESTRA};
use crate::soloists::Soloist;
use crate::works;

const NEW_YEARS_CONCERT: &str = "New Year's Concert";
const GARDEN_CONCERTS: &str = "Garden Concerts";

/// One programme, given on days that follow one another.
#[derive(Clone, Copy)]
struct Run {
    first: Date,
    days: i32,
    conductor: &'static str,
    series: &'static str,
    venue: &'static str,
    /// Plays the solo part of every work that has one.
    soloist: Option<Soloist>,
    works: &'static [&'static str],
}

const fn run(first: Date, days: i32, conductor: &'static str) -> Run {
    Run {
        first,
        days,
        conductor,
        series: GREAT_SERIES,
        venue: GREAT_HALL,
        soloist: None,
        works: &[],
    }
}

impl Run {
    const fn of_series(mut self, series: &'static str) -> Self {
        self.series = series;
        self
    }

    const fn in_venue(mut self, venue: &'static str) -> Self {
        self.venue = venue;
        self
    }

    const fn with(mut self, soloist: Soloist) -> Self {
        self.soloist = Some(soloist);
        self
    }

    const fn of(mut self, works: &'static [&'static str]) -> Self {
        self.works = works;
        self
    }

    fn rows(self) -> impl Iterator<Item = Value> {
        (0..self.days).flat_map(move |day| {
            let date = self.first + day.days();
            self.works.iter().map(move |id| self.row(date, id))
        })
    }

    fn row(&self, date: Date, id: &str) -> Value {
        let (composer, work) = works::named(id);
        let soloists: Vec<Value> = self
            .soloist
            .iter()
            .filter(|soloist| work.solo == Some(soloist.instrument))
            .map(Soloist::json)
            .collect();
        json!({
            "kind": "performance",
            "externalId": format!("{date}-{id}"),
            "date": date.to_string(),
            "season": Season::containing(date).name(),
            "series": self.series,
            "orchestra": ORCHESTRA,
            "composer": composer.name,
            "workExternalId": id,
            "title": work.title,
            "conductor": self.conductor,
            "soloists": soloists,
            "venue": self.venue,
            "location": HOME,
        })
    }
}

pub(crate) fn rows() -> Vec<Value> {
    [brannwald::RUNS, delorbe::RUNS, terebesi::RUNS]
        .into_iter()
        .flatten()
        .flat_map(|run| run.rows())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_solo_part_is_played_and_no_soloist_comes_in_vain() {
        let runs = [brannwald::RUNS, delorbe::RUNS, terebesi::RUNS];
        for run in runs.into_iter().flatten() {
            let parts: Vec<_> = run
                .works
                .iter()
                .filter_map(|id| works::named(id).1.solo)
                .collect();
            let instruments: Vec<_> = run.soloist.iter().map(|it| it.instrument).collect();
            assert_eq!(parts, instruments, "{}", run.first);
        }
    }
}
