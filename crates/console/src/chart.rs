//! A chart of columns, and the same figures as a table.
//!
//! It is a drawing without words, so that it can be stretched to whatever width there is; what is to be
//! read stands around it. The colours are those of the stylesheet, by class.

#[cfg(test)]
mod tests;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::local::Local;

/// The classes of the series, from the ground up.
const CLASSES: [&str; 4] = ["one", "two", "three", "four"];

/// How wide a column is drawn, of the ten units that it has.
const WIDTH: u64 = 8;

/// What is to be shown.
#[derive(Clone, Debug)]
pub(crate) struct Figures<'a> {
    /// What the chart shows: `Requests a day`.
    pub(crate) title: &'a str,
    /// What is to be learned from it in one sentence, or several.
    pub(crate) summary: String,
    /// What one column stands for: `Day`.
    pub(crate) each: &'a str,
    /// What each part of a column is called, from the ground up: at most four.
    pub(crate) series: &'a [&'a str],
    /// Said behind every figure: `ms`, or nothing.
    pub(crate) unit: &'a str,
    /// The columns from left to right.
    pub(crate) columns: Vec<Column>,
}

/// One column, and one row of the table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    label: String,
    values: Vec<Option<u64>>,
}

impl Column {
    /// Figures that are there, one for each series.
    pub(crate) fn of(label: String, values: impl IntoIterator<Item = u64>) -> Self {
        let values = values.into_iter().map(Some).collect();
        Self { label, values }
    }

    /// Of one series; where there is no figure, nothing is drawn and a dash is written.
    pub(crate) fn maybe(label: String, value: Option<u64>) -> Self {
        let values = vec![value];
        Self { label, values }
    }

    fn height(&self) -> u64 {
        self.values.iter().flatten().sum()
    }
}

/// A chart, ready to stand in a page: `{{ chart }}`.
#[derive(Debug, Template)]
#[template(path = "chart.html")]
pub(crate) struct Chart {
    title: String,
    summary: String,
    each: String,
    /// What each series is called, and its class.
    series: Vec<(String, &'static str)>,
    /// How wide the drawing is, in its own units; it is a hundred high.
    width: u64,
    /// What is written at the top of the drawing, and at half its height.
    top: String,
    half: String,
    bars: Vec<Bars>,
}

impl HtmlSafe for Chart {}

/// What is drawn of a column, and written of it.
#[derive(Debug)]
struct Bars {
    label: String,
    x: u64,
    cells: Vec<String>,
    parts: Vec<Part>,
}

/// A rectangle: of which class it is, and where it begins and how high it is, from the top.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    class: &'static str,
    y: String,
    height: String,
}

impl Chart {
    /// Draws these figures, and writes them as `local` does.
    pub(crate) fn draw(figures: Figures<'_>, local: &Local) -> Self {
        let highest = figures.columns.iter().map(Column::height).max();
        let top = round_up(highest.unwrap_or_default());
        let written = |figure: u64| match figures.unit {
            "" => local.number(figure),
            unit => format!("{}\u{a0}{unit}", local.number(figure)),
        };
        let cell = |value: &Option<u64>| value.map_or_else(|| "–".to_owned(), written);
        let bars = (0..).zip(&figures.columns).map(|(place, column)| Bars {
            label: column.label.clone(),
            x: place * 10 + 1,
            cells: column.values.iter().map(cell).collect(),
            parts: parts(&column.values, top),
        });
        let bars: Vec<_> = bars.collect();
        Self {
            title: figures.title.to_owned(),
            width: 10 * figures.columns.len() as u64,
            top: written(top),
            half: if top.is_multiple_of(2) {
                written(top / 2)
            } else {
                String::new()
            },
            each: figures.each.to_owned(),
            series: figures
                .series
                .iter()
                .map(ToString::to_string)
                .zip(CLASSES)
                .collect(),
            summary: figures.summary,
            bars,
        }
    }
}

/// The parts of a column that can be seen, one upon the other.
fn parts(values: &[Option<u64>], top: u64) -> Vec<Part> {
    let mut below = 0;
    let mut parts = Vec::new();
    for (class, value) in CLASSES.into_iter().zip(values) {
        let value = value.unwrap_or_default();
        if value > 0 {
            below += value;
            parts.push(Part {
                class,
                y: percent(top - below, top),
                height: percent(value, top),
            });
        }
    }
    parts
}

/// A share of the whole, in hundredths, to two digits.
fn percent(share: u64, whole: u64) -> String {
    let scaled = u128::from(share) * 10_000 / u128::from(whole);
    format!("{}.{:02}", scaled / 100, scaled % 100)
}

/// The next number that reads well on an axis: 1, 2 or 5, with zeros.
fn round_up(highest: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        for step in [1, 2, 5] {
            let Some(candidate) = power.checked_mul(step) else {
                return u64::MAX;
            };
            if candidate >= highest {
                return candidate;
            }
        }
        power = power.saturating_mul(10);
    }
}
