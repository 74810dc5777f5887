//! What becomes of what.

use serde_json::{Value, json};

use super::support::{concert, each, entry, program, rows, rows_of, with};

fn one(kind: &str, program: Value) -> Value {
    let [row] = &rows_of(kind, program)[..] else {
        panic!("one {kind}")
    };
    row.clone()
}

#[test]
fn a_program_makes_a_production_a_service_a_work_and_a_performance() {
    let soloist = json!({
        "soloistName": "Ax,  Emanuel", "soloistInstrument": "Piano", "soloistRoles": "S",
    });
    let entry = entry(
        "51035*2",
        "Mozart,  Wolfgang  Amadeus",
        "CONCERTO, PIANO NO. 14",
    );
    let entry = with(entry, "movement", "Andantino");
    let entry = with(entry, "conductorName", "Seidl, Anton");
    let entry = with(entry, "soloists", json!([soloist]));
    let soloists = json!([{ "name": "Ax, Emanuel", "instrument": "Piano" }]);
    assert_eq!(
        rows(&[program(json!([entry]))]),
        [
            json!({
                "kind": "work", "externalId": "51035", "title": "CONCERTO, PIANO NO. 14",
                "composer": "Mozart, Wolfgang Amadeus",
                "movements": [{ "number": 2, "title": "Andantino" }],
            }),
            json!({
                "kind": "production", "externalId": "p-0.1", "title": "Mozart",
                "season": "1893-94", "series": "Subscription Season", "type": "SUBSCRIPTION",
                "status": "COMPLETED", "startDate": "1893-12-16", "endDate": "1893-12-16",
                "conductor": "Seidl, Anton", "venue": "Carnegie Hall",
                "programme": [{
                    "kind": "WORK", "workExternalId": "51035", "title": "CONCERTO, PIANO NO. 14",
                    "composer": "Mozart, Wolfgang Amadeus", "conductor": "Seidl, Anton",
                    "soloists": soloists, "notes": "Andantino",
                }],
            }),
            json!({
                "kind": "service", "externalId": "p-0.1/1", "productionExternalId": "p-0.1",
                "type": "CONCERT", "status": "COMPLETED", "title": "Subscription Season",
                "startAt": "1893-12-17T01:15:00.000Z", "endAt": "1893-12-17T03:15:00.000Z",
                "venue": "Carnegie Hall",
            }),
            json!({
                "kind": "performance", "externalId": "p-0.1/1/1",
                "productionExternalId": "p-0.1", "workExternalId": "51035",
                "date": "1893-12-16", "season": "1893-94", "series": "Subscription Season",
                "orchestra": "New York Symphony", "composer": "Mozart, Wolfgang Amadeus",
                "title": "CONCERTO, PIANO NO. 14", "movement": "Andantino",
                "conductor": "Seidl, Anton", "soloists": soloists, "venue": "Carnegie Hall",
                "location": "Manhattan, NY",
            }),
        ]
    );
}

#[test]
fn a_title_names_up_to_three_surnames_once_each_or_else_the_series() {
    let of = |composers: &[&str]| {
        let works = composers.iter().map(|composer| entry("7*", composer, "x"));
        one("production", program(works.collect::<Value>()))["title"].clone()
    };
    assert_eq!(
        of(&["Bach,  Johann", "Dvorak [Dvořák],  Antonín"]),
        "Bach, Dvorak [Dvořák]"
    );
    assert_eq!(of(&["Bach, J. S.", "Bach, C. P. E.", "Pola"]), "Bach, Pola");
    assert_eq!(of(&["A,", "B,", "C,", "D,"]), "A, B, C");
    assert_eq!(of(&[]), "Subscription Season");
    let without = with(program(json!([])), "works", Value::Null);
    assert_eq!(one("production", without)["title"], "Subscription Season");
}

#[test]
fn a_production_reaches_from_its_first_to_its_last_day() {
    let days = ["2024-09-20", "2024-09-22", "2024-09-21"];
    let concerts = days.map(|day| with(concert("Tour"), "Date", format!("{day}T04:00:00Z")));
    let given = with(program(json!([])), "concerts", json!(concerts));
    let production = one("production", given.clone());
    assert_eq!(production["startDate"], "2024-09-20");
    assert_eq!(production["endDate"], "2024-09-22");
    assert_eq!(production["status"], "CONFIRMED", "today is not past");
    assert_eq!(
        each(&rows_of("service", given), "status"),
        ["COMPLETED", "CONFIRMED", "COMPLETED"]
    );
}

#[test]
fn a_concert_of_which_no_time_is_known_begins_with_its_day() {
    let untimed = with(concert("Tour"), "Time", "None");
    let service = one(
        "service",
        with(program(json!([])), "concerts", json!([untimed])),
    );
    assert_eq!(service["startAt"], "1893-12-16T05:00:00.000Z");
    assert_eq!(service["endAt"], "1893-12-16T07:00:00.000Z");
}

#[test]
fn venue_and_conductor_are_the_first_that_there_are() {
    let nowhere = with(concert("Tour"), "Venue", "None");
    let concerts = json!([with(nowhere, "Location", "None"), concert("Special")]);
    let works = json!([
        entry("1*", "A,", "x"),
        with(entry("2*", "B,", "y"), "conductorName", "Seidl,  Anton"),
        with(entry("3*", "C,", "z"), "conductorName", "Paur, Emil"),
    ]);
    let given = with(program(works), "concerts", concerts);
    let production = one("production", given.clone());
    assert_eq!(production["venue"], "Carnegie Hall");
    assert_eq!(production["conductor"], "Seidl, Anton");
    assert_eq!(
        (&production["series"], &production["type"]),
        (&json!("Tour"), &json!("TOUR"))
    );
    let first = &rows_of("performance", given)[0];
    assert_eq!(
        (&first["venue"], &first["location"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn intervals_stand_in_the_programme_alone() {
    let works = json!([
        entry("1*", "A,", "x"),
        { "ID": "0*", "interval": "Intermission", "soloists": [] },
        { "ID": "0*" },
        entry("2*", "B,", "y"),
    ]);
    let programme = one("production", program(works.clone()))["programme"].clone();
    let items = programme.as_array().expect("a list");
    assert_eq!(
        each(items, "kind"),
        ["WORK", "INTERMISSION", "INTERMISSION", "WORK"]
    );
    assert_eq!(
        each(items, "title"),
        ["x", "Intermission", "Intermission", "y"]
    );
    assert_eq!(each(items, "workExternalId")[1], &Value::Null);
    assert_eq!(
        each(
            &rows_of("performance", program(works.clone())),
            "externalId"
        ),
        ["p-0.1/1/1", "p-0.1/1/4"],
        "places count every row of the program"
    );
    assert_eq!(rows_of("work", program(works)).len(), 2);
}

#[test]
fn an_intermission_with_a_works_number_is_both() {
    let pause = json!({ "ID": "4346*", "interval": "Intermission-Short", "soloists": [] });
    let rows = rows(&[program(json!([pause]))]);
    assert_eq!(
        rows[0],
        json!({
            "kind": "work", "externalId": "4346", "title": "Intermission-Short",
            "composer": "(no composer)", "movements": [],
        })
    );
    assert_eq!(rows[1]["programme"][0]["kind"], "INTERMISSION");
    assert_eq!(rows[1]["programme"][0]["workExternalId"], "4346");
    assert_eq!(rows[1]["title"], "Subscription Season");
    assert_eq!(rows[3]["workExternalId"], "4346");
    assert_eq!(
        (&rows[3]["title"], &rows[3]["composer"]),
        (&rows[0]["title"], &rows[0]["composer"])
    );
}

#[test]
fn rows_without_a_number_refer_to_no_work() {
    let works = json!([
        entry("", "Foster, Stephen", "OLD FOLKS"),
        { "ID": "", "workTitle": "SPEECH" },
        { "ID": "", "composerName": "Anybody," },
        { "ID": "", "interval": "Pause" },
        {},
    ]);
    assert!(rows_of("work", program(works.clone())).is_empty());
    let performance = one("performance", program(works.clone()));
    assert_eq!(performance["title"], "OLD FOLKS");
    assert_eq!(performance["workExternalId"], Value::Null);
    let programme = one("production", program(works))["programme"].clone();
    let items = programme.as_array().expect("a list");
    assert_eq!(each(items, "title"), ["OLD FOLKS", "SPEECH", "Pause"]);
    assert_eq!(each(items, "kind"), ["WORK", "WORK", "INTERMISSION"]);
}

#[test]
fn soloists_may_be_missing_null_or_nobody() {
    let nobody = json!({ "soloistName": "", "soloistInstrument": "", "soloistRoles": "" });
    let somebody = json!({ "soloistName": "Cook, Barbara", "soloistInstrument": " " });
    let works = json!([
        with(entry("1*", "A,", "x"), "soloists", Value::Null),
        { "ID": "2*", "workTitle": "y", "composerName": "B," },
        with(entry("3*", "C,", "z"), "soloists", json!([nobody, somebody])),
    ]);
    let performances = rows_of("performance", program(works));
    let cook = json!([{ "name": "Cook, Barbara", "instrument": null }]);
    assert_eq!(
        each(&performances, "soloists"),
        [&json!([]), &json!([]), &cook]
    );
}

#[test]
fn a_recording_is_a_service_of_its_own_type() {
    let given = with(
        program(json!([])),
        "concerts",
        json!([concert("Recording Session")]),
    );
    assert_eq!(one("service", given.clone())["type"], "RECORDING");
    assert_eq!(one("production", given)["type"], "RECORDING");
}

#[test]
fn an_evening_may_stand_in_two_programs() {
    let twin = with(program(json!([])), "id", "q-0.1");
    let rows = rows(&[program(json!([])), twin]);
    assert_eq!(rows.len(), 4);
}
