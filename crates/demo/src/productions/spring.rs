//! The tour, the end of the season, and what is already planned for the next.

use super::programme::{INTERMISSION, encore, work};
use super::schedule::{
    FRI, LARGE_WEEK, MON, NEXT, PLAIN_DRESS, SAT, SUN, THU, TUE, WED, concert, rehearsal,
};
use super::{Plan, Production, TEMPLATE};
use crate::calendar::{Start, at};
use crate::names::{GREAT_SERIES, LEHTOVUO, OPEN_AIR_STAGE, REHEARSAL_STUDIO, TREGARTHY};
use crate::soloists::{SORVIGNO, Soloist, VASAREL, player};

const NINTH_SOLOISTS: &[Soloist] = &[
    player("Lena Wachtelberg", "soprano"),
    player("Marisol Etcheverría-Pons", "mezzo-soprano"),
    player("Corrado Malespini", "tenor"),
    player("Vasyl Hrebenchuk", "bass"),
    player("Auenhof Chorus", "chorus"),
];

const AMSTERDAM: &str = "Canal House, Amsterdam";

pub(super) const PRODUCTIONS: &[Production] = &[
    Production {
        id: "tour-danube-and-rhine",
        code: "TOUR",
        title: "Danube and Rhine",
        subtitle: Some("Six concerts in four countries"),
        kind: "TOUR",
        start: Start::Week(29),
        venue: "On tour",
        description: "Up one river, down the other. Rooms and trains are in the tour's own papers.",
        programme: &[
            work("weber-freischuetz"),
            work("mendelssohn-violin").with(&[SORVIGNO]),
            INTERMISSION,
            work("beethoven-7"),
            encore("dvorak-slavonic-8"),
        ],
        schedule: &[
            rehearsal(FRI, at(10, 0), REHEARSAL_STUDIO),
            concert(NEXT + MON, at(19, 30), "Donaubogen Hall, Linz"),
            concert(NEXT + TUE, at(20, 0), "Isarsaal, Munich"),
            concert(NEXT + WED, at(20, 0), "Kornspeicher, Nuremberg"),
            concert(NEXT + SAT, at(20, 0), "Rheinhalle am Speicher, Cologne"),
            concert(NEXT + SUN, at(20, 15), AMSTERDAM),
            rehearsal(NEXT + NEXT + MON, at(11, 0), AMSTERDAM).minutes(120),
            concert(NEXT + NEXT + TUE, at(20, 0), "Salle des Tilleuls, Brussels"),
        ],
        ..TEMPLATE
    },
    Production {
        id: "great-6",
        code: "GS-6",
        title: "For an Orchestra of Soloists",
        subtitle: Some("Haydn and Bartók"),
        series: Some(GREAT_SERIES),
        plan: Plan::Open,
        start: Start::Week(34),
        conductor: Some(LEHTOVUO),
        description: "Haydn's last symphony, and the concerto that Bartók wrote for everybody.",
        programme: &[work("haydn-104"), INTERMISSION, work("bartok-concerto")],
        ..TEMPLATE
    },
    Production {
        id: "open-air",
        code: "OA",
        title: "Fireworks in the Garden",
        subtitle: Some("Open air"),
        kind: "OUTDOOR",
        plan: Plan::Cancelled,
        start: Start::Week(37),
        conductor: Some(TREGARTHY),
        venue: OPEN_AIR_STAGE,
        description: "Cancelled: the garden's old trees are being made safe. Tickets are refunded.",
        programme: &[
            work("handel-fireworks"),
            work("smetana-moldau"),
            work("dvorak-slavonic-8"),
            work("ravel-bolero"),
        ],
        schedule: &[
            rehearsal(THU, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(FRI, at(16, 0), OPEN_AIR_STAGE),
            rehearsal(SAT, at(9, 0), OPEN_AIR_STAGE)
                .of("LOAD_IN")
                .minutes(240),
            rehearsal(SAT, at(17, 0), OPEN_AIR_STAGE)
                .of("SOUND_CHECK")
                .minutes(60),
            concert(SAT, at(20, 30), OPEN_AIR_STAGE).dressed(PLAIN_DRESS),
        ],
        ..TEMPLATE
    },
    Production {
        id: "season-finale",
        code: "FIN",
        title: "All Together",
        subtitle: Some("Beethoven's Ninth"),
        plan: Plan::Open,
        start: Start::Week(40),
        description: "The season ends with everybody on the stage.",
        programme: &[
            work("beethoven-egmont"),
            INTERMISSION,
            work("beethoven-9").with(NINTH_SOLOISTS),
        ],
        schedule: LARGE_WEEK,
        ..TEMPLATE
    },
    Production {
        id: "next-season-titan",
        code: "NEXT-1",
        title: "Titan",
        subtitle: Some("Schumann and Mahler"),
        series: Some(GREAT_SERIES),
        plan: Plan::Open,
        start: Start::WeekOfNextSeason(20),
        description: "A first sketch for next season; dates are held in the hall.",
        programme: &[
            work("schumann-piano").with(&[VASAREL]),
            INTERMISSION,
            work("mahler-1"),
        ],
        ..TEMPLATE
    },
];
