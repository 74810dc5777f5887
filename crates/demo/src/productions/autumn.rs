//! From the gala in September to the recording in November.

use super::programme::{INTERMISSION, encore, speech, work};
use super::schedule::{
    FRI, LARGE_WEEK, MON, PLAIN_DRESS, SAT, SUN, THU, TUE, WED, concert, dress_rehearsal, rehearsal,
};
use super::{Production, TEMPLATE};
use crate::calendar::{Start, at};
use crate::names::{
    CHAMBER_HALL, CHAMBER_SERIES, FALCONEIRA, GREAT_HALL, GREAT_SERIES, LEHTOVUO, REHEARSAL_STUDIO,
    TREGARTHY,
};
use crate::soloists::{BARANDIARAN, KARADENIZLI, KOLVANOV, SEOHWAN, VASAREL};

pub(super) const PRODUCTIONS: &[Production] = &[
    Production {
        id: "opening-gala",
        code: "GALA",
        title: "Opening Gala",
        subtitle: Some("Pictures and promises"),
        kind: "GALA",
        start: Start::Week(1),
        description: "The season opens with a concerto that needs no introduction and with \
                      pictures that everybody has seen.\n\nA reception in the foyer follows.",
        programme: &[
            work("brahms-academic"),
            speech("Welcome by the board", 10),
            work("tchaikovsky-piano-1").with(&[KOLVANOV]),
            INTERMISSION,
            work("mussorgsky-pictures"),
            encore("dvorak-slavonic-8"),
        ],
        schedule: &[
            rehearsal(WED, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(WED, at(14, 0), REHEARSAL_STUDIO),
            rehearsal(THU, at(10, 0), GREAT_HALL),
            rehearsal(FRI, at(10, 0), GREAT_HALL).notes("Soloist from 11:00."),
            dress_rehearsal(SAT, at(10, 0), GREAT_HALL),
            concert(SAT, at(19, 0), GREAT_HALL),
        ],
        ..TEMPLATE
    },
    Production {
        id: "great-1",
        code: "GS-1",
        title: "Across the Ocean",
        subtitle: Some("Dvořák's Ninth"),
        series: Some(GREAT_SERIES),
        start: Start::Week(3),
        description: "A river, a minor key, and a symphony that was written in New York.",
        programme: &[
            work("smetana-moldau"),
            work("mozart-piano-20").with(&[VASAREL]),
            INTERMISSION,
            work("dvorak-9"),
        ],
        ..TEMPLATE
    },
    Production {
        id: "great-2",
        code: "GS-2",
        title: "Vienna, Twice",
        subtitle: Some("Webern, Berg, Brahms"),
        series: Some(GREAT_SERIES),
        start: Start::Week(6),
        conductor: Some(LEHTOVUO),
        description: "Two passacaglias, a generation apart, and a concerto between them.",
        programme: &[
            work("webern-passacaglia"),
            work("berg-violin").with(&[KARADENIZLI]),
            INTERMISSION,
            work("brahms-4"),
        ],
        ..TEMPLATE
    },
    Production {
        id: "film-night",
        code: "FILM",
        title: "Film Night",
        subtitle: Some("Music that the cinema borrowed"),
        kind: "FILM",
        start: Start::Week(8),
        conductor: Some(TREGARTHY),
        description: "None of this was written for the screen. All of it has been there.",
        programme: &[
            work("strauss-zarathustra").part("Also sprach Zarathustra: Introduction", 2),
            work("barber-adagio"),
            work("grieg-peer-gynt"),
            work("strauss-danube"),
            INTERMISSION,
            work("holst-planets").part("The Planets: Mars", 7),
            work("holst-planets").part("The Planets: Jupiter", 8),
            work("gershwin-rhapsody").with(&[SEOHWAN]),
        ],
        schedule: &[
            rehearsal(WED, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(WED, at(14, 0), REHEARSAL_STUDIO),
            rehearsal(THU, at(9, 0), GREAT_HALL)
                .of("LOAD_IN")
                .titled("Screen and lights")
                .minutes(240),
            dress_rehearsal(FRI, at(10, 0), GREAT_HALL).notes("With lights."),
            concert(FRI, at(20, 0), GREAT_HALL).dressed(PLAIN_DRESS),
            concert(SAT, at(20, 0), GREAT_HALL).dressed(PLAIN_DRESS),
        ],
        ..TEMPLATE
    },
    Production {
        id: "chamber-1",
        code: "CH-1",
        title: "Seven and Five",
        subtitle: Some("Members of the orchestra play Beethoven and Schubert"),
        series: Some(CHAMBER_SERIES),
        kind: "CHAMBER",
        start: Start::Week(9),
        conductor: None,
        venue: CHAMBER_HALL,
        description: "What the players chose for themselves.",
        programme: &[
            work("beethoven-septet"),
            INTERMISSION,
            work("schubert-quintet"),
        ],
        schedule: &[
            rehearsal(TUE, at(17, 0), CHAMBER_HALL).titled("Septet"),
            rehearsal(WED, at(17, 0), CHAMBER_HALL).titled("Quintet"),
            dress_rehearsal(FRI, at(11, 0), CHAMBER_HALL),
            concert(FRI, at(19, 30), CHAMBER_HALL)
                .of("CHAMBER_CONCERT")
                .dressed(PLAIN_DRESS),
            concert(SUN, at(11, 0), CHAMBER_HALL)
                .of("CHAMBER_CONCERT")
                .dressed(PLAIN_DRESS),
        ],
        ..TEMPLATE
    },
    Production {
        id: "great-3",
        code: "GS-3",
        title: "Mahler Five",
        subtitle: Some("With our principal clarinet"),
        series: Some(GREAT_SERIES),
        start: Start::Week(11),
        description: "Late Mozart, then Mahler's long way from a funeral to a finale.",
        programme: &[
            work("mozart-clarinet").with(&[BARANDIARAN]),
            INTERMISSION,
            work("mahler-5"),
        ],
        schedule: LARGE_WEEK,
        ..TEMPLATE
    },
    Production {
        id: "recording-farrenc",
        code: "REC-1",
        title: "Louise Farrenc: Symphony No. 3",
        subtitle: Some("A recording without an audience"),
        kind: "RECORDING",
        start: Start::Week(12),
        conductor: Some(FALCONEIRA),
        description: "The third and last of Farrenc's symphonies, and an overture to go with it.",
        programme: &[work("farrenc-3"), work("mendelssohn-hebrides")],
        schedule: &[
            rehearsal(MON, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(TUE, at(10, 0), GREAT_HALL).titled("Microphones are set"),
            rehearsal(WED, at(10, 0), GREAT_HALL)
                .of("RECORDING")
                .minutes(180),
            rehearsal(WED, at(14, 30), GREAT_HALL)
                .of("RECORDING")
                .minutes(180),
            rehearsal(THU, at(10, 0), GREAT_HALL)
                .of("RECORDING")
                .minutes(180),
            rehearsal(FRI, at(10, 0), GREAT_HALL)
                .of("RECORDING")
                .titled("Patches")
                .minutes(120),
        ],
        ..TEMPLATE
    },
];
