//! What a profile's fields may be chosen from: values, and the words that people choose them by.

use std::sync::LazyLock;

use org_domain::organizations::Month;
use org_domain::time_zone::TimeZone;
use time::Month as Name;

/// A value, and its words.
pub(super) type Choice = (String, String);

/// The regions whose zones are named after places. What else the database has are older names of the
/// same zones, and offsets without a place.
const REGIONS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut zones: Vec<String> = TimeZone::names()
        .filter(|name| is_of_a_region(name))
        .collect();
    zones.sort();
    zones.push("UTC".to_owned());
    zones
});

fn is_of_a_region(name: &str) -> bool {
    let region = name.split_once('/').map(|(region, _)| region);
    region.is_some_and(|region| REGIONS.contains(&region))
}

/// The zones of the IANA database, and the one that is in force, whatever its name.
pub(super) fn zones(current: &str) -> Vec<Choice> {
    let is_known = ZONES.iter().any(|zone| zone == current);
    let other = (!is_known && !current.is_empty()).then(|| current.to_owned());
    let names = other.into_iter().chain(ZONES.iter().cloned());
    names
        .map(|name| (name.clone(), name.replace('_', " ")))
        .collect()
}

/// The countries by their names, and none.
pub(super) fn countries() -> Vec<Choice> {
    let mut countries: Vec<Choice> = rust_iso3166::ALL
        .iter()
        .map(|country| (country.alpha2.to_owned(), country.name.to_owned()))
        .collect();
    countries.sort_by(|one, other| one.1.cmp(&other.1));
    countries.insert(0, (String::new(), "None".to_owned()));
    countries
}

/// What people call a country.
pub(super) fn country(code: &str) -> &str {
    rust_iso3166::from_alpha2(code).map_or(code, |country| country.name)
}

/// What people call a currency.
pub(super) fn currency(code: &str) -> String {
    let known = iso_currency::Currency::from_code(code);
    known.map_or_else(|| code.to_owned(), |currency| currency.name().to_owned())
}

/// The months by their names.
pub(super) fn months() -> Vec<Choice> {
    let months = (1..=12).filter_map(Month::new);
    months
        .map(|number| (number.number().to_string(), month(number)))
        .collect()
}

/// What people call a month.
pub(super) fn month(month: Month) -> String {
    let name = Name::try_from(month.number());
    name.map_or_else(|_| month.number().to_string(), |name| name.to_string())
}

#[cfg(test)]
mod tests {
    use org_domain::contacts::Country;
    use org_kernel::field::FromText;

    use super::*;

    #[test]
    fn whatever_can_be_chosen_is_taken() {
        let zones = zones("Etc/GMT+3");
        assert_eq!(zones[0].0, "Etc/GMT+3");
        assert!(zones.len() > 300, "{}", zones.len());
        for (zone, _) in zones {
            assert!(TimeZone::from_text(&zone).is_ok(), "{zone}");
        }
        for (country, _) in &countries()[1..] {
            assert!(Country::from_text(country).is_ok(), "{country}");
        }
        for (month, _) in months() {
            assert!(Month::from_text(&month).is_ok(), "{month}");
        }
    }

    #[test]
    fn a_zone_that_is_in_force_stands_once() {
        let vienna = |(zone, _): &Choice| zone == "Europe/Vienna";
        let zones = zones("Europe/Vienna");
        assert_eq!(zones.into_iter().filter(vienna).count(), 1);
    }
}
