//! Soloists, as programmes and performances list them. All of them are invented.

use serde_json::{Value, json};

/// One soloist.
#[derive(Clone, Copy)]
pub(crate) struct Soloist {
    name: &'static str,
    pub(crate) instrument: &'static str,
}

/// Somebody who plays, sings or tells.
pub(crate) const fn player(name: &'static str, instrument: &'static str) -> Soloist {
    Soloist { name, instrument }
}

impl Soloist {
    pub(crate) fn json(&self) -> Value {
        json!({ "name": self.name, "instrument": self.instrument })
    }
}

pub(crate) const VASAREL: Soloist = player("Noémie Vasarel", "piano");
pub(crate) const KOLVANOV: Soloist = player("Dmitar Kolvanov", "piano");
pub(crate) const SEOHWAN: Soloist = player("Yuna Seohwan", "piano");
pub(crate) const KARADENIZLI: Soloist = player("Elif Karadenizli", "violin");
pub(crate) const SORVIGNO: Soloist = player("Matteo Sorvigno", "violin");
pub(crate) const FJELLMOEN: Soloist = player("Astrid Fjellmoen", "violin");
pub(crate) const BENTIVEGNI: Soloist = player("Aurelio Bentivegni", "cello");

// Principals of the orchestra.
pub(crate) const BARANDIARAN: Soloist = player("Lucía Barandiarán", "clarinet");
pub(crate) const WINDISCH: Soloist = player("Caspar Windisch-Lahr", "trumpet");
