//! From Advent to the first days of March.

use super::programme::{INTERMISSION, encore, speech, work};
use super::schedule::{
    FRI, MATINEE_DRESS, MON, NEXT, PLAIN_DRESS, SAT, SUN, THU, TUE, WED, concert, dress_rehearsal,
    rehearsal,
};
use super::{Plan, Production, TEMPLATE};
use crate::calendar::{Start, at};
use crate::names::{
    AMANUMA, FALCONEIRA, GREAT_HALL, GREAT_SERIES, REHEARSAL_STUDIO, TREGARTHY, YOUNG_EARS,
};
use crate::soloists::{FJELLMOEN, SEOHWAN, Soloist, WINDISCH, player};

const FIDELIO_CAST: &[Soloist] = &[
    player("Ragnhild Östervall", "soprano (Leonore)"),
    player("Corrado Malespini", "tenor (Florestan)"),
    player("Vasyl Hrebenchuk", "bass (Rocco)"),
    player("Jeremiah Oduya-Lang", "baritone (Don Pizarro)"),
    player("Lena Wachtelberg", "soprano (Marzelline)"),
    player("Kilian Raabenstein", "tenor (Jaquino)"),
    player("Tomás Aldecoaga", "bass (Don Fernando)"),
    player("Auenhof Chorus", "chorus"),
];

pub(super) const PRODUCTIONS: &[Production] = &[
    Production {
        id: "family-1",
        code: "FAM-1",
        title: "A Wolf and a Nutcracker",
        series: Some(YOUNG_EARS),
        kind: "FAMILY",
        start: Start::Week(14),
        conductor: Some(TREGARTHY),
        description: "For everybody from five years on. Instruments to try in the foyer, an hour \
                      before each concert.",
        programme: &[
            work("tchaikovsky-nutcracker"),
            INTERMISSION,
            work("prokofiev-peter").with(&[player("Fritzi Lautensack", "narrator")]),
        ],
        schedule: &[
            rehearsal(THU, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(FRI, at(10, 0), GREAT_HALL),
            dress_rehearsal(SAT, at(10, 0), GREAT_HALL),
            concert(SAT, at(15, 0), GREAT_HALL).dressed(PLAIN_DRESS),
            concert(SUN, at(11, 0), GREAT_HALL).dressed(PLAIN_DRESS),
            concert(SUN, at(15, 0), GREAT_HALL).dressed(PLAIN_DRESS),
        ],
        ..TEMPLATE
    },
    Production {
        id: "new-year",
        code: "NY",
        title: "New Year's Concert",
        subtitle: Some("One evening, one morning"),
        kind: "POPS",
        start: Start::On(12, 28),
        description: "Given on the last evening of the year and on the first morning of the next.",
        programme: &[
            work("strauss-fledermaus"),
            work("haydn-trumpet").with(&[WINDISCH]),
            work("strauss-emperor"),
            work("strauss-tritsch"),
            INTERMISSION,
            work("dvorak-slavonic-8"),
            work("grieg-peer-gynt"),
            work("strauss-danube"),
            encore("strauss-radetzky"),
        ],
        schedule: &[
            rehearsal(0, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(1, at(10, 0), GREAT_HALL),
            rehearsal(1, at(14, 0), GREAT_HALL),
            rehearsal(2, at(11, 0), GREAT_HALL)
                .of("OPEN_REHEARSAL")
                .dressed(PLAIN_DRESS),
            concert(3, at(19, 0), GREAT_HALL),
            concert(4, at(11, 0), GREAT_HALL).dressed(MATINEE_DRESS),
        ],
        ..TEMPLATE
    },
    Production {
        id: "great-4",
        code: "GS-4",
        title: "Northern Light",
        subtitle: Some("Pärt, Sibelius, Shostakovich"),
        series: Some(GREAT_SERIES),
        start: Start::Week(19),
        conductor: Some(AMANUMA),
        description: "A bell, a concerto of frost and fire, and a symphony with two faces.",
        programme: &[
            work("paert-cantus"),
            work("sibelius-violin").with(&[FJELLMOEN]),
            INTERMISSION,
            work("shostakovich-5"),
        ],
        ..TEMPLATE
    },
    Production {
        id: "fidelio",
        code: "OPERA",
        title: "Fidelio",
        subtitle: Some("Opera in concert"),
        kind: "OPERA",
        start: Start::Week(22),
        description: "Beethoven's only opera, sung in German with surtitles.",
        programme: &[
            work("beethoven-fidelio")
                .part("Fidelio: Overture and Act I", 72)
                .with(FIDELIO_CAST),
            INTERMISSION,
            work("beethoven-fidelio")
                .part("Fidelio: Act II", 48)
                .with(FIDELIO_CAST),
        ],
        schedule: &[
            rehearsal(WED, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(THU, at(10, 0), REHEARSAL_STUDIO),
            rehearsal(FRI, at(17, 0), REHEARSAL_STUDIO).titled("With soloists"),
            rehearsal(NEXT + MON, at(17, 30), GREAT_HALL)
                .titled("With chorus")
                .minutes(180),
            rehearsal(NEXT + TUE, at(10, 0), GREAT_HALL),
            dress_rehearsal(NEXT + WED, at(18, 0), GREAT_HALL).minutes(180),
            concert(NEXT + FRI, at(19, 0), GREAT_HALL),
            concert(NEXT + SUN, at(17, 0), GREAT_HALL),
        ],
        ..TEMPLATE
    },
    Production {
        id: "education-1",
        code: "EDU-1",
        title: "Who Plays What?",
        subtitle: Some("A week with schools"),
        series: Some(YOUNG_EARS),
        kind: "EDUCATION",
        start: Start::Week(25),
        conductor: Some(FALCONEIRA),
        description: "Four concerts for classes, and a visit by players. Teachers have had the \
                      material since autumn.",
        programme: &[
            speech("What an orchestra is", 10),
            work("britten-guide"),
            work("ravel-mother-goose"),
        ],
        schedule: &[
            rehearsal(MON, at(10, 0), REHEARSAL_STUDIO),
            dress_rehearsal(TUE, at(10, 0), GREAT_HALL),
            concert(WED, at(9, 30), GREAT_HALL)
                .of("EDUCATION_CONCERT")
                .dressed(PLAIN_DRESS),
            concert(WED, at(11, 15), GREAT_HALL)
                .of("EDUCATION_CONCERT")
                .dressed(PLAIN_DRESS),
            concert(THU, at(9, 30), GREAT_HALL)
                .of("EDUCATION_CONCERT")
                .dressed(PLAIN_DRESS),
            concert(THU, at(11, 15), GREAT_HALL)
                .of("EDUCATION_CONCERT")
                .dressed(PLAIN_DRESS),
            rehearsal(FRI, at(10, 0), "Kirschgasse School")
                .of("OUTREACH")
                .titled("Wind quintet visits")
                .minutes(90),
        ],
        ..TEMPLATE
    },
    Production {
        id: "great-5",
        code: "GS-5",
        title: "The Organ Symphony",
        subtitle: Some("Debussy, Ravel, Saint-Saëns"),
        series: Some(GREAT_SERIES),
        plan: Plan::Postponed,
        start: Start::Week(27),
        conductor: Some(AMANUMA),
        description: "Postponed to a later season: the organ of the Great Hall is being restored. \
                      Tickets stay valid.",
        programme: &[
            work("debussy-faune"),
            work("ravel-piano-g").with(&[SEOHWAN]),
            INTERMISSION,
            work("saint-saens-3"),
        ],
        ..TEMPLATE
    },
];
