//! The instruments that the orchestra owns. Makers are invented, as are numbers and values.

use serde_json::{Value, json};

struct Instrument {
    id: &'static str,
    name: &'static str,
    category: &'static str,
    maker: &'static str,
    year_made: i32,
    model: Option<&'static str>,
    condition: &'static str,
    keeping: Keeping,
    serial: &'static str,
    insured_value_cents: i64,
}

/// Where an instrument is kept, and by whom.
enum Keeping {
    At(&'static str),
    /// With the member of this external id.
    LentTo(&'static str),
    /// In this workshop.
    Repair(&'static str),
    /// For show, in this place.
    Retired(&'static str),
}

use Keeping::{At, LentTo, Repair, Retired};

const fn instrument(id: &'static str, name: &'static str, category: &'static str) -> Instrument {
    Instrument {
        id,
        name,
        category,
        maker: "",
        year_made: 0,
        model: None,
        condition: "GOOD",
        keeping: At(STORE),
        serial: "",
        insured_value_cents: 0,
    }
}

impl Instrument {
    const fn made(mut self, maker: &'static str, year: i32) -> Self {
        self.maker = maker;
        self.year_made = year;
        self
    }

    const fn model(mut self, model: &'static str) -> Self {
        self.model = Some(model);
        self
    }

    const fn kept(mut self, keeping: Keeping, condition: &'static str) -> Self {
        self.keeping = keeping;
        self.condition = condition;
        self
    }

    /// With its serial number, and its value in euros.
    const fn insured(mut self, serial: &'static str, value: i64) -> Self {
        self.serial = serial;
        self.insured_value_cents = value * 100;
        self
    }

    fn row(&self) -> Value {
        let (status, location, member) = match self.keeping {
            At(place) => ("AVAILABLE", Some(place), None),
            LentTo(member) => ("ON_LOAN", None, Some(member)),
            Repair(workshop) => ("IN_REPAIR", Some(workshop), None),
            Retired(place) => ("RETIRED", Some(place), None),
        };
        json!({
            "kind": "instrument",
            "externalId": self.id,
            "name": self.name,
            "category": self.category,
            "maker": self.maker,
            "model": self.model,
            "yearMade": self.year_made,
            "condition": self.condition,
            "location": location,
            "status": status,
            "onLoanToExternalId": member,
            "serial": self.serial,
            "insuredValueCents": self.insured_value_cents,
        })
    }
}

const STORE: &str = "Auenhof, Instrument Store";
const PERCUSSION_STORE: &str = "Auenhof, Percussion Store";

const INSTRUMENTS: &[Instrument] = &[
    instrument("violin-hollinger", "Violin", "STRINGS")
        .made("Matthäus Hollinger, Vienna", 1782)
        .kept(LentTo("vornholt"), "EXCELLENT")
        .insured("MH-1782-03", 265_000),
    instrument("violin-sarvani", "Violin", "STRINGS")
        .made("Pietro Sarvani, Brescia", 1841)
        .kept(LentTo("peverati"), "GOOD")
        .insured("PS-1841-11", 88_000),
    instrument("viola-kesslhofer", "Viola", "STRINGS")
        .made("Anna Kesslhofer, Salzburg", 1978)
        .kept(LentTo("torockoi"), "EXCELLENT")
        .insured("AK-0178", 32_000),
    instrument("cello-dorval", "Cello", "STRINGS")
        .made("Étienne Dorval, Mirecourt", 1864)
        .kept(LentTo("haslwanger"), "GOOD")
        .insured("ED-1864-02", 140_000),
    instrument("bass-brunnlechner", "Five-string double bass", "STRINGS")
        .made("Josef Brunnlechner, Graz", 1926)
        .kept(LentTo("hrdlicny"), "FAIR")
        .insured("JB-26-7", 41_000),
    instrument("piccolo", "Piccolo", "WOODWIND")
        .made("Lindauer & Voss", 2016)
        .kept(LentTo("kurebayashi"), "EXCELLENT")
        .insured("LV-20161", 7_200),
    instrument("alto-flute", "Alto flute", "WOODWIND")
        .made("Lindauer & Voss", 2012)
        .insured("LV-12044", 11_500),
    instrument("cor-anglais", "Cor anglais", "WOODWIND")
        .made("Ateliers Morcenx", 2019)
        .kept(LentTo("dunlochry"), "EXCELLENT")
        .insured("AM-3317", 14_800),
    instrument("contrabassoon", "Contrabassoon", "WOODWIND")
        .made("Pfeifhauser", 2004)
        .kept(Repair("Workshop Nagelbrink, Linz"), "IN_REPAIR")
        .insured("PF-04-118", 43_000),
    instrument("wagner-tubas", "Wagner tubas, set of four", "BRASS")
        .made("Hornbau Zellwegen", 1995)
        .insured("HZ-95-1/4", 52_000),
    instrument("rotary-trumpet", "Rotary trumpet in C", "BRASS")
        .made("Hornbau Zellwegen", 2018)
        .kept(LentTo("windisch"), "EXCELLENT")
        .insured("HZ-18-260", 5_900),
    instrument("contrabass-tuba", "Contrabass tuba in B-flat", "BRASS")
        .made("Hornbau Zellwegen", 2009)
        .kept(LentTo("scalvenzi"), "GOOD")
        .insured("HZ-09-071", 18_700),
    instrument(
        "timpani-viennese",
        "Viennese timpani, set of four",
        "PERCUSSION",
    )
    .made("Paukenwerk Retzbach", 1988)
    .kept(At(PERCUSSION_STORE), "GOOD")
    .insured("PR-88-4", 36_000),
    instrument("marimba", "Marimba, five octaves", "PERCUSSION")
        .made("Oakwright", 2014)
        .model("C5")
        .kept(At(PERCUSSION_STORE), "GOOD")
        .insured("OW-5-0932", 16_300),
    instrument("celesta", "Celesta", "KEYBOARD")
        .made("Klangbau Ferch", 2001)
        .model("Five octaves")
        .kept(At("Auenhof, Great Hall"), "GOOD")
        .insured("KF-0107", 38_500),
    instrument("harpsichord", "Harpsichord, two manuals", "EARLY")
        .made("Werkstatt Ilmenau & Roth", 1999)
        .kept(At("Auenhof, Chamber Hall"), "FAIR")
        .insured("IR-99-3", 27_000),
    instrument("concert-harp", "Concert harp, 47 strings", "HARP")
        .made("Arpe Colombarini", 2010)
        .model("Concerto 47")
        .kept(LentTo("laubrac"), "GOOD")
        .insured("AC-1047", 44_000),
    instrument("harmonium", "Harmonium", "KEYBOARD")
        .made("Gebrüder Tannwald", 1903)
        .kept(Retired("Auenhof, foyer"), "POOR")
        .insured("GT-4415", 1_800),
];

pub(crate) fn rows() -> Vec<Value> {
    INSTRUMENTS.iter().map(Instrument::row).collect()
}
