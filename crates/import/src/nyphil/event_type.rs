//! What the archive's event types say of productions and services.

/// The first entry with a word that occurs in the event type, case aside, decides.
const TYPES: [(&[&str], &str); 17] = [
    (&["recording"], "RECORDING"),
    (&["broadcast", "radio", "television"], "BROADCAST"),
    (&["tour", "runout"], "TOUR"),
    (
        &[
            "for schools",
            "lecture",
            "insight series",
            "inside the music",
        ],
        "EDUCATION",
    ),
    (&["young people"], "FAMILY"),
    (&["private"], "PRIVATE"),
    (&["chamber", "recital"], "CHAMBER"),
    (&["parks", "stadium", "outdoor"], "OUTDOOR"),
    (&["festival"], "FESTIVAL"),
    (&["benefit", "fundraising", "gala"], "GALA"),
    (&["promenade", "pops", "summertime classics"], "POPS"),
    (&["film"], "FILM"),
    (&["ballet"], "BALLET"),
    (&["opera"], "OPERA"),
    (&["residency"], "RESIDENCY"),
    (&["community"], "COMMUNITY"),
    (&["subscription season"], "SUBSCRIPTION"),
];

/// The type of a production whose first concert is of this event type.
pub(super) fn production_type(event_type: Option<&str>) -> &'static str {
    let event_type = event_type.unwrap_or_default().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| event_type.contains(word));
    let found = TYPES.iter().find(|(words, _)| says(words));
    found.map_or("OTHER", |(_, kind)| kind)
}

/// The type of a service of this event type.
pub(super) fn service_type(event_type: Option<&str>) -> &'static str {
    match production_type(event_type) {
        "RECORDING" => "RECORDING",
        _ => "CONCERT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_type_says_what_a_production_is() {
        for (event_type, kind) in [
            ("Subscription Season", "SUBSCRIPTION"),
            ("Non-Subscription", "OTHER"),
            ("Tour - Young People's Concerts for Schools", "TOUR"),
            ("Runout", "TOUR"),
            ("Young People's Concerts for Schools", "EDUCATION"),
            ("Very Young People's Concert", "FAMILY"),
            ("Chamber Concert (Private)", "PRIVATE"),
            ("Chamber", "CHAMBER"),
            ("Festival - Chamber", "CHAMBER"),
            ("Parks - Free Indoor Concert", "OUTDOOR"),
            ("Pension Fund Benefit Concert", "GALA"),
            ("Recording Session", "RECORDING"),
            ("Special", "OTHER"),
        ] {
            assert_eq!(production_type(Some(event_type)), kind, "{event_type}");
        }
        assert_eq!(production_type(None), "OTHER");
    }

    #[test]
    fn a_service_is_a_concert_unless_it_is_a_recording() {
        assert_eq!(service_type(Some("Recording")), "RECORDING");
        assert_eq!(service_type(Some("Tour")), "CONCERT");
        assert_eq!(service_type(None), "CONCERT");
    }
}
