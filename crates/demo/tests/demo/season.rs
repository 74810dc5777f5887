//! The season as people live it: when they play, where, and what has been played.

use org_kernel::instant::Instant;
use serde_json::Value;
use time::{Date, Duration};

use super::table::{SOME_DAY, instant, local_date, many_days, many_seasons, of_kind, text};

const CONCERTS: [&str; 3] = ["CONCERT", "CHAMBER_CONCERT", "EDUCATION_CONCERT"];

fn services(today: Date) -> Vec<Value> {
    of_kind(&org_demo::rows(today), "service")
}

fn is_concert(service: &Value) -> bool {
    CONCERTS.contains(&text(service, "type"))
}

/// The status of the production that a service belongs to.
fn production_status(rows: &[Value], service: &Value) -> String {
    let production = rows.iter().find(|row| {
        row["kind"] == "production" && row["externalId"] == service["productionExternalId"]
    });
    text(production.expect("a production"), "status").to_owned()
}

#[test]
fn the_players_are_in_one_place_at_a_time() {
    for today in many_seasons() {
        let mut calls: Vec<(Instant, Instant, String)> = services(today)
            .iter()
            .map(|service| {
                let name = text(service, "externalId").to_owned();
                (instant(service, "startAt"), instant(service, "endAt"), name)
            })
            .collect();
        calls.sort();
        for pair in calls.windows(2) {
            assert!(
                pair[0].1 <= pair[1].0,
                "{today}: {} and {}",
                pair[0].2,
                pair[1].2
            );
        }
    }
}

#[test]
fn the_great_hall_is_never_used_twice_at_a_time() {
    for today in many_seasons() {
        let hall = services(today)
            .into_iter()
            .filter(|service| service["venue"] == "Auenhof, Great Hall")
            .map(|service| (instant(&service, "startAt"), instant(&service, "endAt")));
        let mut uses: Vec<_> = hall.collect();
        uses.sort();
        assert!(uses.len() > 50);
        assert!(
            uses.windows(2).all(|pair| pair[0].1 <= pair[1].0),
            "{today}"
        );
    }
}

#[test]
fn what_lies_behind_is_completed_and_what_lies_ahead_is_not() {
    for today in many_days() {
        let rows = org_demo::rows(today);
        for service in of_kind(&rows, "service") {
            let given_up = ["POSTPONED", "CANCELLED"].contains(&text(&service, "status"));
            let behind = local_date(&service, "startAt") < today.to_string().as_str();
            let completed = service["status"] == "COMPLETED";
            assert_eq!(completed, behind && !given_up, "{today}: {service}");
        }
    }
}

#[test]
fn productions_are_as_far_as_their_days() {
    for today in many_days() {
        let written = today.to_string();
        for production in of_kind(&org_demo::rows(today), "production") {
            let status = text(&production, "status");
            let (first, last) = (text(&production, "startDate"), text(&production, "endDate"));
            let allowed: &[&str] = match status {
                "POSTPONED" | "CANCELLED" => continue,
                _ if last < written.as_str() => &["COMPLETED"],
                _ if first <= written.as_str() => &["IN_PROGRESS"],
                _ => &["DRAFT", "TENTATIVE", "CONFIRMED"],
            };
            assert!(allowed.contains(&status), "{today}: {production}");
        }
    }
}

#[test]
fn on_every_day_something_is_a_draft_something_postponed_and_something_cancelled() {
    for today in many_days() {
        let productions = of_kind(&org_demo::rows(today), "production");
        for status in ["DRAFT", "POSTPONED", "CANCELLED"] {
            assert!(
                productions.iter().any(|it| it["status"] == status),
                "{today}: {status}"
            );
        }
    }
}

#[test]
fn what_is_given_up_keeps_no_service() {
    let rows = org_demo::rows(SOME_DAY);
    for service in of_kind(&rows, "service") {
        for given_up in ["POSTPONED", "CANCELLED"] {
            let production = production_status(&rows, &service);
            assert_eq!(
                service["status"] == given_up,
                production == given_up,
                "{service}"
            );
        }
    }
}

#[test]
fn every_production_has_its_services_on_its_own_days() {
    for today in many_seasons() {
        let rows = org_demo::rows(today);
        let services = of_kind(&rows, "service");
        for production in of_kind(&rows, "production") {
            let own: Vec<_> = services
                .iter()
                .filter(|service| service["productionExternalId"] == production["externalId"])
                .collect();
            assert!(
                (4..=8).contains(&own.len()),
                "{} in {production}",
                own.len()
            );
            let days = text(&production, "startDate")..=text(&production, "endDate");
            assert!(
                own.iter()
                    .all(|it| days.contains(&local_date(it, "startAt")))
            );
        }
    }
}

#[test]
fn everything_but_the_next_seasons_lies_in_the_season_of_the_day() {
    for today in many_days() {
        let begun = today.year() - i32::from(u8::from(today.month()) < 9);
        let season = format!("{begun}-{:02}", (begun + 1) % 100);
        for production in of_kind(&org_demo::rows(today), "production") {
            let next = text(&production, "externalId").starts_with("next-season");
            assert_eq!(production["season"] == season.as_str(), !next, "{today}");
            let days = format!("{begun}-09-01")..=format!("{}-08-31", begun + 1);
            let first = text(&production, "startDate").to_owned();
            assert_eq!(days.contains(&first), !next, "{today}: {production}");
        }
    }
}

#[test]
fn nobody_plays_at_night_and_concerts_have_their_call() {
    for service in services(SOME_DAY) {
        let clock = |field: &str| text(&service, field)[11..16].to_owned();
        assert!(
            ("09:00".."20:45").contains(&clock("startAt").as_str()),
            "{service}"
        );
        assert!(clock("endAt").as_str() <= "22:45", "{service}");
        assert_eq!(
            service["dress"].is_string(),
            is_concert(&service) || service["type"] == "OPEN_REHEARSAL"
        );
        if is_concert(&service) {
            let lead = instant(&service, "startAt").to_utc() - instant(&service, "callAt").to_utc();
            assert_eq!(lead, Duration::minutes(30), "{service}");
        } else {
            assert!(service["callAt"].is_null(), "{service}");
        }
    }
}

#[test]
fn every_day_of_a_tour_with_a_performance_has_its_concert() {
    let rows = org_demo::rows(SOME_DAY);
    let concerts: Vec<_> = of_kind(&rows, "service")
        .into_iter()
        .filter(is_concert)
        .collect();
    let tours = of_kind(&rows, "tour");
    let tour = tours
        .iter()
        .find(|tour| tour["externalId"] == "danube-and-rhine")
        .expect("the tour of the season");
    let legs = tour["legs"].as_array().expect("legs");
    assert!((8..=10).contains(&legs.len()));
    for leg in legs
        .iter()
        .filter(|leg| text(leg, "dayType").ends_with("PERFORMANCE"))
    {
        let venue = format!("{}, {}", text(leg, "venue"), text(leg, "city"));
        let given = concerts.iter().any(|concert| {
            concert["venue"] == venue.as_str() && local_date(concert, "startAt") == leg["date"]
        });
        assert!(given, "{leg}");
    }
}
