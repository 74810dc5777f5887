//! What is counted, whatever is asked.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use org_kernel::id_source::SystemIds;
use org_web::{Arrival, Limit, Presence, Proxies, ProxyHeader, TraceContext};

use super::*;

const ROUTE: &str = "/api/org/v1/{slug}/works";

fn metrics() -> Arc<Metrics> {
    let routes = [(Surface::Api, ROUTE), (Surface::Console, "/settings")];
    Arc::new(Metrics::new("1.2.3", routes).expect("metrics"))
}

fn text(metrics: &Metrics) -> String {
    metrics.render(&Reading::default()).expect("text")
}

/// Whether a line of the text is this one.
fn tells(metrics: &Metrics, line: &str) -> bool {
    text(metrics).lines().any(|told| told == line)
}

fn answered(metrics: &Metrics, method: &str, route: &str, status: u16, limited: Option<Limit>) {
    let request = TestRequest::default().to_srv_request();
    metrics.answered(&Answered {
        surface: Surface::Api,
        method: &Method::from_bytes(method.as_bytes()).expect("a method"),
        route,
        status: StatusCode::from_u16(status).expect("a status"),
        trace: &TraceContext::of(&request, uuid::Uuid::from_u128(1)),
        took: Duration::from_micros(700),
        limited,
        replayed: false,
    });
}

#[test]
fn a_request_is_counted_by_route_and_status_and_timed_by_route() {
    let metrics = metrics();
    answered(&metrics, "GET", ROUTE, 200, None);
    answered(&metrics, "GET", ROUTE, 200, None);
    answered(&metrics, "GET", ROUTE, 429, Some(Limit::Read));
    let labels = format!("method=\"GET\",route=\"{ROUTE}\"");
    for line in [
        format!("org_api_http_requests_total{{{labels},status=\"200\",surface=\"api\"}} 2"),
        format!("org_api_http_requests_total{{{labels},status=\"429\",surface=\"api\"}} 1"),
        format!(
            "org_api_http_request_duration_seconds_bucket{{{labels},surface=\"api\",le=\"0.0005\"}} 0"
        ),
        format!(
            "org_api_http_request_duration_seconds_bucket{{{labels},surface=\"api\",le=\"0.001\"}} 3"
        ),
        "org_api_http_requests_limited_total{limit=\"read\"} 1".to_owned(),
        "org_api_http_requests_limited_total{limit=\"attempts\"} 0".to_owned(),
    ] {
        assert!(tells(&metrics, &line), "{line} in {}", text(&metrics));
    }
}

/// Methods and statuses come from outside, and routes never do.
#[test]
fn whatever_is_asked_there_are_no_more_series_than_were_foreseen() {
    let metrics = metrics();
    let sort = |number: u16| {
        answered(&metrics, &format!("M{number}"), ROUTE, 200, None);
        answered(&metrics, "GET", &format!("/{number}"), 200, None);
        answered(&metrics, "GET", ROUTE, 700 + number, None);
    };
    sort(1);
    let series = text(&metrics).lines().count();
    (2..100).for_each(sort);
    assert_eq!(text(&metrics).lines().count(), series);
    for labels in [
        format!("method=\"other\",route=\"{ROUTE}\",status=\"200\""),
        "method=\"GET\",route=\"none\",status=\"200\"".to_owned(),
        format!("method=\"GET\",route=\"{ROUTE}\",status=\"other\""),
    ] {
        let line = format!("org_api_http_requests_total{{{labels},surface=\"api\"}} 99");
        assert!(tells(&metrics, &line), "{line} in {}", text(&metrics));
    }
}

#[test]
fn a_request_whose_client_goes_away_is_not_in_flight_any_more() {
    let metrics = metrics();
    let observer = Arc::clone(&metrics) as Arc<dyn Observer>;
    let console =
        |number| format!("org_api_http_requests_in_flight{{surface=\"console\"}} {number}");
    let request = TestRequest::default().to_srv_request();
    let proxies = Proxies::new(Vec::new(), ProxyHeader::default());
    let arrival = Arrival::of(&request, "none".into(), &proxies, &SystemIds);
    let begin = || {
        Presence::of(
            &observer,
            Surface::Console,
            arrival.clone(),
            request.method(),
        )
    };
    let (first, second) = (begin(), begin());
    assert!(tells(&metrics, &console(2)));
    drop(first);
    assert!(tells(&metrics, &console(1)));
    drop(second);
    assert!(tells(&metrics, &console(0)));
    let unanswered = "org_api_http_requests_unanswered_total{surface=\"console\"} 2";
    assert!(tells(&metrics, unanswered));
}

#[test]
fn what_the_database_does_not_say_is_left_out() {
    let metrics = metrics();
    assert!(tells(&metrics, "org_api_database_up 0"));
    assert!(!text(&metrics).contains("org_api_webhook_oldest_undelivered_age_seconds"));
    let reading = Reading {
        backlog: Some(Backlog {
            paused: 7,
            oldest: Duration::from_millis(1500),
            ..Backlog::default()
        }),
        ..Reading::default()
    };
    let told = metrics.render(&reading).expect("text");
    for line in [
        "org_api_database_up 1",
        "org_api_webhook_deliveries_waiting{state=\"paused\"} 7",
        "org_api_webhook_oldest_undelivered_age_seconds 1.5",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} in {told}");
    }
}

#[test]
fn requests_that_wait_are_told_by_what_they_wait_for() {
    let reading = Reading {
        queued_keys: 2,
        queued_calls: 7,
        ..Reading::default()
    };
    let told = metrics().render(&reading).expect("text");
    for line in [
        "org_api_http_requests_queued{for=\"key\"} 2",
        "org_api_http_requests_queued{for=\"call\"} 7",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} in {told}");
    }
}
