//! What is logged, and what is not.

use super::heard::Heard;
use super::*;

/// One at a time: what is decided of a place that logs holds for all who hear of it, and two who come at
/// once may miss what the other wants of it.
static ALONE: Mutex<()> = Mutex::new(());

/// What is logged of the same few lines, where `info` and above are usual.
fn logged(filter: Option<&str>) -> Vec<String> {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let heard = Heard::default();
    let settings = settings(filter, LogFormat::Json);
    let log = log(&settings, LevelFilter::INFO, heard.clone(), false).expect("a filter");
    tracing::subscriber::with_default(log, || {
        tracing::error!("error");
        tracing::info!("info");
        tracing::debug!(target: "elsewhere", "debug elsewhere");
        tracing::info_span!("request").in_scope(|| tracing::debug!("debug in a span"));
    });
    let message = |line: &serde_json::Value| line["message"].as_str().map(str::to_owned);
    heard.lines().iter().filter_map(message).collect()
}

fn settings(filter: Option<&str>, log_format: LogFormat) -> Observing {
    Observing {
        log: filter.map(str::to_owned),
        log_format,
        metrics_listen: None,
        otlp_endpoint: None,
    }
}

/// How one line is written, to a terminal or to something else.
fn written(format: LogFormat, terminal: bool) -> String {
    let heard = Heard::default();
    let settings = settings(None, format);
    let log = log(&settings, LevelFilter::WARN, heard.clone(), terminal).expect("no filter");
    tracing::subscriber::with_default(log, || tracing::warn!(number = 7, "told"));
    heard.text()
}

#[test]
fn a_line_is_for_people_on_a_terminal_and_for_programs_otherwise() {
    for (format, terminal) in [(LogFormat::Auto, false), (LogFormat::Json, true)] {
        let text = written(format, terminal);
        let line: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            (&line["message"], &line["number"]),
            (&"told".into(), &7.into())
        );
    }
    for (format, terminal) in [(LogFormat::Auto, true), (LogFormat::Pretty, false)] {
        let text = written(format, terminal);
        assert!(!text.starts_with('{') && text.contains("told"), "{text}");
        assert_eq!(text.contains('\x1b'), terminal, "{text}");
    }
}

#[test]
fn what_is_usual_is_logged_unless_a_filter_says_otherwise() {
    assert_eq!(logged(None), ["error", "info"]);
    assert_eq!(logged(Some("")), ["error", "info"]);
}

#[test]
fn a_filter_may_ask_for_less() {
    assert_eq!(logged(Some("error")), ["error"]);
    assert!(logged(Some("off")).is_empty());
}

#[test]
fn a_filter_may_name_a_target() {
    assert_eq!(logged(Some("elsewhere=debug")), ["debug elsewhere"]);
}

#[test]
fn a_filter_may_name_a_span() {
    let lines = ["error", "info", "debug in a span"];
    assert_eq!(logged(Some("info,[request]=debug")), lines);
}
