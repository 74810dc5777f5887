//! The people and companies that the orchestra deals with. None of them exists.

use serde_json::{Value, json};

struct Contact {
    /// The external id, and the name of the mailbox.
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    company: Option<&'static str>,
    role: Option<&'static str>,
    phone: Option<&'static str>,
    place: (&'static str, &'static str),
    notes: Option<&'static str>,
    tags: &'static [&'static str],
}

const fn contact(id: &'static str, name: &'static str, kind: &'static str) -> Contact {
    Contact {
        id,
        name,
        kind,
        company: None,
        role: None,
        phone: None,
        place: ("Vienna", "AT"),
        notes: None,
        tags: &[],
    }
}

impl Contact {
    const fn works_as(mut self, role: &'static str, company: &'static str) -> Self {
        self.role = Some(role);
        self.company = Some(company);
        self
    }

    const fn in_city(mut self, city: &'static str, country: &'static str) -> Self {
        self.place = (city, country);
        self
    }

    /// The number is one of those that are kept free for fiction.
    const fn phone(mut self, number: &'static str) -> Self {
        self.phone = Some(number);
        self
    }

    const fn notes(mut self, notes: &'static str) -> Self {
        self.notes = Some(notes);
        self
    }

    const fn tagged(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    fn row(&self) -> Value {
        json!({
            "kind": "contact",
            "externalId": self.id,
            "name": self.name,
            "type": self.kind,
            "company": self.company,
            "email": format!("{}@example.org", self.id),
            "phone": self.phone,
            "city": self.place.0,
            "country": self.place.1,
            "role": self.role,
            "notes": self.notes,
            "tags": self.tags,
        })
    }
}

const CONTACTS: &[Contact] = &[
    contact("stavrinou", "Myrto Stavrinou", "AGENT")
        .works_as("Senior artist manager", "Halvard & Stavrinou Artists")
        .in_city("London", "GB")
        .phone("+44 20 7946 0182")
        .notes("Answers for pianists and violinists.\nContracts by post, riders by mail.")
        .tagged(&["soloists", "piano", "violin"]),
    contact("lundgaard", "Thorkild Lundgaard", "AGENT")
        .works_as("Conductors", "Nordlys Management")
        .in_city("Copenhagen", "DK")
        .tagged(&["conductors"]),
    contact("rental-desk", "Rental Desk", "PUBLISHER")
        .works_as("Orchestral hire", "Verlag Morgenrain")
        .in_city("Mainz", "DE")
        .notes("Parts leave eight weeks before the first rehearsal.")
        .tagged(&["library", "rental"]),
    contact("vanderelst", "Griet Vanderelst", "PRESENTER")
        .works_as("Head of programme", "Canal House Concerts")
        .in_city("Amsterdam", "NL")
        .tagged(&["tour"]),
    contact("stage-linz", "Stage Office", "VENUE")
        .works_as("Stage management", "Donaubogen Hall")
        .in_city("Linz", "AT")
        .tagged(&["tour", "stage"]),
    contact("freight", "Freight Desk", "TRANSPORT")
        .works_as("Instrument freight", "Kofferklang Logistics")
        .notes("Climate-controlled lorry; customs papers two weeks ahead.")
        .tagged(&["tour", "instruments"]),
    contact("groups", "Group Reservations", "HOTEL")
        .works_as("Reservations", "Hotel Silberanker")
        .in_city("Cologne", "DE")
        .tagged(&["tour"]),
    contact("nagelbrink", "Detlef Nagelbrink", "SUPPLIER")
        .works_as("Woodwind repairs", "Workshop Nagelbrink")
        .in_city("Linz", "AT")
        .tagged(&["instruments", "repairs"]),
    contact("abernathy-cole", "Josephine Abernathy-Cole", "SPONSOR")
        .works_as("Trustee", "Abernathy-Cole Foundation")
        .in_city("Washington", "US")
        .phone("+1 202 555 0147")
        .notes("Supports the education projects.")
        .tagged(&["education", "gala"]),
    contact("rosenzopf", "Valentin Rosenzopf", "MEDIA")
        .works_as("Music editor", "Radio Kulturwelle")
        .tagged(&["press", "broadcast"]),
];

pub(crate) fn rows() -> Vec<Value> {
    CONTACTS.iter().map(Contact::row).collect()
}
