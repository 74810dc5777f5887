//! What is drawn, and what is written beside it.

use proptest::prelude::*;

use super::*;

fn local() -> Local {
    Local::new("en-GB", "UTC")
}

fn figures(columns: Vec<Column>) -> Figures<'static> {
    Figures {
        title: "Requests <a day>",
        summary: "60 in all.".to_owned(),
        each: "Day",
        series: &["Done", "Errors"],
        unit: "",
        columns,
    }
}

fn drawn(columns: Vec<Column>) -> Chart {
    Chart::draw(figures(columns), &local())
}

fn part(class: &'static str, y: &str, height: &str) -> Part {
    Part {
        class,
        y: y.to_owned(),
        height: height.to_owned(),
    }
}

#[test]
fn parts_stand_upon_each_other_and_end_at_the_ground() {
    let chart = drawn(vec![
        Column::of("1 May".to_owned(), [30, 10]),
        Column::of("2 May".to_owned(), [0, 20]),
        Column::of("3 May".to_owned(), [0, 0]),
    ]);
    let parts: Vec<_> = chart.bars.iter().map(|bars| &bars.parts[..]).collect();
    let stacked = [part("one", "40.00", "60.00"), part("two", "20.00", "20.00")];
    assert_eq!(parts, [&stacked[..], &[part("two", "60.00", "40.00")], &[]]);
    assert_eq!((&*chart.top, &*chart.half), ("50", "25"));
}

#[test]
fn every_figure_is_in_the_table_as_the_locale_writes_it() {
    let page = drawn(vec![Column::of("1 May".to_owned(), [12_345, 6])]).to_string();
    for expected in [
        "<th scope=\"row\">1 May</th>",
        "<td class=\"number\">12,345</td>",
        "<td class=\"number\">6</td>",
        "<th scope=\"col\" class=\"number\">Errors</th>",
        "60 in all.",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
}

#[test]
fn a_figure_that_is_not_there_is_not_nought() {
    let figures = Figures {
        series: &["95% are faster than"],
        unit: "ms",
        ..figures(vec![
            Column::maybe("10:00".to_owned(), None),
            Column::maybe("11:00".to_owned(), Some(7)),
        ])
    };
    let chart = Chart::draw(figures, &local());
    assert_eq!(chart.bars[0].cells, ["–"]);
    assert_eq!(chart.bars[1].cells, ["7\u{a0}ms"]);
    assert_eq!(chart.bars[0].parts, []);
}

#[test]
fn what_is_written_is_text_and_nothing_is_styled_in_place() {
    let page = drawn(vec![Column::of("<script>".to_owned(), [1, 1])]).to_string();
    assert!(
        !page.contains("<script>") && !page.contains("<a day>"),
        "{page}"
    );
    assert!(!page.contains("style="), "{page}");
    assert!(page.contains("role=\"img\""), "{page}");
}

#[test]
fn no_columns_and_no_figures_can_be_drawn() {
    for columns in [Vec::new(), vec![Column::of("1 May".to_owned(), [0, 0])]] {
        let page = drawn(columns).to_string();
        assert!(page.contains("<svg"), "{page}");
    }
}

proptest! {
    #[test]
    fn nothing_is_drawn_above_the_top(values in prop::collection::vec(0..u64::MAX / 8, 1..5)) {
        let top = round_up(values.iter().sum());
        let values: Vec<_> = values.into_iter().map(Some).collect();
        let mut end = 100.0;
        for part in parts(&values, top) {
            let [y, height] = [part.y, part.height].map(|text| text.parse::<f64>().expect("a number"));
            prop_assert!(y >= 0.0 && (end - y - height).abs() < 0.05);
            end = y;
        }
    }

    #[test]
    fn the_top_is_the_next_round_number(highest in 1..1_000_000_000_000_u64) {
        let top = round_up(highest);
        prop_assert!(top >= highest && top <= highest * 5 / 2);
        let first = top.to_string();
        prop_assert!(first.trim_end_matches('0').parse::<u8>().is_ok_and(|d| [1, 2, 5].contains(&d)));
    }
}
