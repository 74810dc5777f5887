//! What was lately reported. Reports lie a few days back from the day that the rows are made for.

use jiff::{ToSpan, Zoned};
use serde_json::{Value, json};

use crate::calendar::{Today, at, written};

struct Report {
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    format: &'static str,
    /// What came of it; nothing while it waits.
    outcome: Outcome,
}

enum Outcome {
    Queued,
    Failed,
    /// Made `days_ago`, and kept for so many days from then.
    Made {
        days_ago: i32,
        kept_days: i32,
        rows: i64,
        bytes: i64,
    },
}

use Outcome::{Failed, Made, Queued};

const REPORTS: &[Report] = &[
    Report {
        id: "attendance-month",
        name: "Attendance of the month",
        kind: "attendance",
        format: "CSV",
        outcome: Made {
            days_ago: 4,
            kept_days: 30,
            rows: 1_318,
            bytes: 96_214,
        },
    },
    Report {
        id: "service-count",
        name: "Services by player",
        kind: "service_count",
        format: "PDF",
        outcome: Made {
            days_ago: 9,
            kept_days: 30,
            rows: 88,
            bytes: 241_870,
        },
    },
    Report {
        id: "repertoire",
        name: "Repertoire with performances",
        kind: "repertoire",
        format: "JSON",
        outcome: Made {
            days_ago: 1,
            kept_days: 30,
            rows: 63,
            bytes: 38_402,
        },
    },
    Report {
        id: "payroll-extras",
        name: "Extras and substitutes, last season",
        kind: "payroll",
        format: "CSV",
        outcome: Made {
            days_ago: 95,
            kept_days: 30,
            rows: 214,
            bytes: 15_377,
        },
    },
    Report {
        id: "instrument-insurance",
        name: "Instruments and their insurance",
        kind: "insurance",
        format: "PDF",
        outcome: Failed,
    },
    Report {
        id: "season-overview",
        name: "Season at a glance",
        kind: "season",
        format: "PDF",
        outcome: Queued,
    },
];

impl Report {
    fn row(&self, today: &Today) -> Value {
        let times = self.times(today);
        let (rows, bytes) = match self.outcome {
            Made { rows, bytes, .. } => (Some(rows), Some(bytes)),
            Queued | Failed => (None, None),
        };
        json!({
            "kind": "report",
            "externalId": self.id,
            "name": self.name,
            "reportKind": self.kind,
            "format": self.format,
            "status": self.status(),
            "rowCount": rows,
            "byteSize": bytes,
            "generatedAt": times.as_ref().map(|(made, _)| written(made)),
            "expiresAt": times.as_ref().map(|(_, expires)| written(expires)),
        })
    }

    const fn status(&self) -> &'static str {
        match self.outcome {
            Queued => "QUEUED",
            Failed => "FAILED",
            Made {
                days_ago,
                kept_days,
                ..
            } if days_ago > kept_days => "EXPIRED",
            Made { .. } => "READY",
        }
    }

    /// When the report was made, in the small hours when nobody works, and when it expires.
    fn times(&self, today: &Today) -> Option<(Zoned, Zoned)> {
        let Made {
            days_ago,
            kept_days,
            ..
        } = self.outcome
        else {
            return None;
        };
        let made = today.date() - days_ago.days();
        let moment = |date| today.moment(date, at(5, 15));
        Some((moment(made), moment(made + kept_days.days())))
    }
}

pub(crate) fn rows(today: &Today) -> Vec<Value> {
    REPORTS.iter().map(|report| report.row(today)).collect()
}
