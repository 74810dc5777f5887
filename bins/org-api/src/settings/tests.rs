//! The list of settings is whole, and each is read within its bounds.

use std::collections::BTreeSet;

use figment::value::Value;

use super::reading::Reading;
use super::*;

/// What reading these values says is wrong, a line each.
fn wrong_with(values: impl IntoIterator<Item = (&'static Setting, Value)>) -> Vec<String> {
    let mut layers = Layers::new();
    layers.add(values.into_iter().map(|(setting, value)| One {
        name: setting.name,
        value,
        from: "a test".to_owned(),
    }));
    let reading = Reading::of(layers.given, layers.wrong);
    let read = Settings::read(&reading);
    assert!(read.is_ok(), "what is usual is right: {read:?}");
    match reading.end() {
        Ok(()) => Vec::new(),
        Err(failure) => {
            let lines = failure.line().expect("a line").lines();
            lines.map(str::to_owned).collect()
        }
    }
}

fn numbers() -> impl Iterator<Item = (&'static Setting, u64, u64)> {
    all().filter_map(|setting| match setting.kind {
        Kind::Number { least, most } => Some((setting, least, most)),
        Kind::Text | Kind::Switch | Kind::List => None,
    })
}

#[test]
fn each_setting_is_told_once() {
    let names: BTreeSet<_> = all().map(|setting| setting.name).collect();
    assert_eq!(names.len(), all().count());
    for setting in all() {
        assert!(!setting.what.is_empty(), "{}", setting.name);
    }
}

#[test]
fn what_is_usual_is_right() {
    assert_eq!(wrong_with([]), [""; 0]);
}

#[test]
fn a_number_is_read_up_to_its_bounds() {
    for (setting, least, most) in numbers() {
        for number in [least, most] {
            let text = Value::from(number.to_string());
            assert_eq!(wrong_with([(setting, text)]), [""; 0], "{}", setting.name);
            let number = Value::from(number);
            assert_eq!(wrong_with([(setting, number)]), [""; 0], "{}", setting.name);
        }
    }
}

#[test]
fn beyond_its_bounds_a_number_is_refused() {
    for (setting, least, most) in numbers() {
        let below = i128::from(least) - 1;
        let above = most + 1;
        let beyond = format!("{}0", u64::MAX);
        for text in [
            &below.to_string(),
            &above.to_string(),
            &beyond,
            "",
            "many",
            "1.5",
        ] {
            let lines = wrong_with([(setting, Value::from(text))]);
            let expected = format!(
                "setting `{}`: must be a number from {least} to {most} (from a test)",
                setting.name
            );
            assert_eq!(lines, [expected], "{text:?}");
        }
    }
}

#[test]
fn every_setting_that_is_wrong_has_a_line() {
    let wrong = |setting: &Setting| match setting.kind {
        Kind::Switch => Value::from(7),
        Kind::Text | Kind::Number { .. } | Kind::List => Value::from(true),
    };
    let settings: Vec<_> = all().filter(|setting| setting.is_in_the_file()).collect();
    let lines = wrong_with(settings.iter().map(|&setting| (setting, wrong(setting))));
    assert_eq!(lines.len(), settings.len(), "{lines:#?}");
    for setting in settings {
        let start = format!("setting `{}`: must be ", setting.name);
        let found = lines.iter().any(|line| line.starts_with(&start));
        assert!(found, "{start} in {lines:#?}");
    }
}

#[test]
fn a_list_may_be_written_as_one_or_as_a_text() {
    let ports = find("webhook_ports").expect("a setting");
    for value in [
        Value::from("443, 8443,"),
        Value::from("443"),
        Value::from(443),
        Value::from(vec![443, 8443]),
        Value::from(vec!["443", "8443"]),
    ] {
        assert_eq!(wrong_with([(ports, value.clone())]), [""; 0], "{value:?}");
    }
    for value in [
        Value::from(""),
        Value::from(vec![vec![443]]),
        Value::from("0"),
    ] {
        assert_eq!(wrong_with([(ports, value.clone())]).len(), 1, "{value:?}");
    }
}

#[test]
fn where_a_redis_may_be() {
    let url = find("redis_url").expect("a setting");
    for text in [
        "redis://127.0.0.1",
        "redis://:secret@[::1]:6379/2",
        "rediss://cache.example:6380",
        "unix:///run/redis.sock",
        "redis+unix:///run/redis.sock?db=1",
    ] {
        assert_eq!(wrong_with([(url, Value::from(text))]), [""; 0], "{text}");
    }
    for text in [
        "",
        "redis",
        "redis://",
        "http://h/",
        "unix://",
        "redis://:secret@",
    ] {
        let lines = wrong_with([(url, Value::from(text))]);
        assert_eq!(lines.len(), 1, "{text}: {lines:?}");
        assert!(!lines[0].contains("secret"), "{lines:?}");
    }
}

#[test]
fn a_redis_keeps_its_password_in_a_log() {
    let url: RedisUrl = "redis://anna:pass@cache.example/2".parse().expect("a URL");
    assert_eq!(format!("{url:?}"), "redis://…@cache.example/2");
}

#[test]
fn where_a_server_may_listen() {
    for text in ["127.0.0.1:0", "[::1]:8080", "localhost:80", "[::]:65535"] {
        assert!(text.parse::<Listen>().is_ok(), "{text}");
    }
    for text in [
        "",
        ":8080",
        "localhost",
        "::1:80x",
        "h:65536",
        "a b:80",
        "h:",
    ] {
        assert!(text.parse::<Listen>().is_err(), "{text}");
    }
}
