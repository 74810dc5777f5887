//! The orchestra that the tests read: one of everything that makes a difference.

use serde_json::{Map, Value, json};

/// Rows to import, each after those that it refers to.
pub(crate) fn rows() -> Vec<Map<String, Value>> {
    let rows = [
        works(),
        productions(),
        services(),
        members(),
        rooms(),
        instruments(),
        tours(),
        reports(),
        performances(),
    ];
    rows.concat().into_iter().map(object).collect()
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    let Value::Object(object) = value else {
        panic!("a row is an object")
    };
    object
}

fn works() -> Vec<Value> {
    vec![
        json!({ "kind": "work", "externalId": "new-world", "title": "Symphony No. 9 in E minor", "nickname": "From the New World",
            "composer": "Dvořák, Antonín", "composerBirthYear": 1841, "composerDeathYear": 1904, "arranger": null,
            "catalogue": "Op. 95", "key": "E minor", "yearComposed": 1893, "genre": "Symphony", "durationMinutes": 42,
            "instrumentation": "2.2.2.2 – 4.2.3.1 – timp, perc – str", "rights": "PUBLIC_DOMAIN",
            "movements": [{ "number": 1, "title": "Adagio", "durationMinutes": 12 }, { "number": 2, "title": "Largo" }] }),
        json!({ "kind": "work", "externalId": "percent", "title": "100 % _pure_ \\ study", "composer": "Anonymous" }),
    ]
}

fn productions() -> Vec<Value> {
    vec![
        json!({ "kind": "production", "externalId": "p1", "code": "S04", "title": "From the New World", "subtitle": "Two homesick Bohemians",
            "season": "2025-26", "series": "Saturdays", "type": "SUBSCRIPTION", "status": "CONFIRMED",
            "startDate": "2026-03-11", "endDate": "2026-03-14", "conductor": "Halvorsen, Ingrid", "venue": "Great Hall",
            "description": "Line one\nLine \"two\"",
            "programme": [
                { "kind": "WORK", "workExternalId": "new-world", "title": "Symphony No. 9", "composer": "Dvořák, Antonín",
                  "conductor": "Halvorsen, Ingrid", "soloists": [{ "name": "Marchetti, Elena", "instrument": "English horn" }, { "name": "Chorus" }],
                  "durationMinutes": 42, "notes": "Attacca" },
                { "kind": "INTERMISSION", "title": "Intermission" },
            ] }),
        json!({ "kind": "production", "externalId": "p2", "title": "Open day", "startDate": "2026-09-01", "endDate": "2026-09-01" }),
    ]
}

fn services() -> Vec<Value> {
    vec![
        json!({ "kind": "service", "externalId": "s1", "productionExternalId": "p1", "type": "REHEARSAL",
            "startAt": "2026-03-11T10:00:00+01:00", "endAt": "2026-03-11T12:30:00+01:00" }),
        json!({ "kind": "service", "externalId": "s2", "productionExternalId": "p1", "type": "CONCERT", "status": "CONFIRMED",
            "title": "Saturday series 4", "startAt": "2026-03-14T19:30:00+01:00", "endAt": "2026-03-14T21:45:00.5+01:00",
            "callAt": "2026-03-14T19:00:00+01:00", "venue": "Great Hall", "conductor": "Halvorsen, Ingrid", "dress": "Tails", "notes": "Broadcast" }),
        json!({ "kind": "service", "externalId": "s3", "productionExternalId": "p2", "type": "OUTREACH",
            "startAt": "2026-09-01T09:00:00Z", "endAt": "2026-09-01T15:00:00Z" }),
    ]
}

fn members() -> Vec<Value> {
    vec![
        json!({ "kind": "member", "externalId": "m1", "name": "Lindqvist, Åsa", "role": "PRINCIPAL", "section": "HORN", "chair": 1,
            "instrument": "Horn", "status": "ON_LEAVE", "joinedOn": "2014-09-01", "email": "asa@example.org" }),
        json!({ "kind": "member", "externalId": "m2", "name": "Ferreira, Joana", "role": "PERSONNEL_MANAGER" }),
    ]
}

fn rooms() -> Vec<Value> {
    vec![
        json!({ "kind": "resource", "externalId": "r1", "name": "Great Hall", "type": "HALL", "venue": "Concert House", "capacity": 1840,
            "setupMinutes": 60, "teardownMinutes": 30, "status": "OUT_OF_SERVICE", "statusReason": "New floor" }),
        json!({ "kind": "resource", "externalId": "r2", "name": "Bus", "type": "VEHICLE" }),
    ]
}

fn instruments() -> Vec<Value> {
    vec![
        json!({ "kind": "instrument", "externalId": "i1", "name": "Wagner tuba", "category": "BRASS", "maker": "Alexander", "model": "110",
            "yearMade": 1987, "condition": "GOOD", "location": "Store", "status": "ON_LOAN", "onLoanToExternalId": "m1",
            "serial": "SN-47-11", "insuredValueCents": 1_234_567 }),
        json!({ "kind": "instrument", "externalId": "i2", "name": "Celesta", "category": "KEYBOARD" }),
    ]
}

fn tours() -> Vec<Value> {
    vec![
        json!({ "kind": "tour", "externalId": "t1", "name": "Adriatic tour", "status": "CONFIRMED", "startDate": "2026-05-04", "endDate": "2026-05-05",
        "legs": [
            { "date": "2026-05-04", "dayType": "TRAVEL_AND_PERFORMANCE", "city": "Ljubljana", "country": "SI", "venue": "Cankarjev dom", "notes": "By bus" },
            { "date": "2026-05-05", "dayType": "FREE" },
        ] }),
    ]
}

fn reports() -> Vec<Value> {
    vec![
        json!({ "kind": "report", "externalId": "rep1", "name": "Services by player", "reportKind": "services-by-player", "format": "CSV",
            "rowCount": 412, "byteSize": 38_204, "generatedAt": "2026-03-01T05:00:00Z", "expiresAt": "2026-06-01T05:00:00Z" }),
        json!({ "kind": "report", "externalId": "rep2", "name": "Season overview", "reportKind": "season", "format": "PDF", "status": "QUEUED" }),
    ]
}

fn performances() -> Vec<Value> {
    vec![
        json!({ "kind": "performance", "externalId": "x1", "date": "1893-12-16", "season": "1893-94", "series": "Subscription", "orchestra": "New York Philharmonic",
            "composer": "Dvořák, Antonín", "workExternalId": "new-world", "title": "Symphony No. 9", "movement": "Largo", "conductor": "Seidl, Anton",
            "soloists": [{ "name": "Marchetti, Elena", "instrument": "English horn" }], "venue": "Carnegie Hall", "location": "Manhattan, NY" }),
        json!({ "kind": "performance", "externalId": "x2", "date": "2026-03-14", "composer": "Dvořák, Antonín", "workExternalId": "new-world",
            "title": "Symphony No. 9", "productionExternalId": "p1" }),
    ]
}
