//! The winds, the percussion, the harp and the keyboards.

use super::{ASSOCIATE, EXTRA, PRINCIPAL, Section, TUTTI, players, seat};

pub(super) const SECTIONS: &[Section] = &[
    players(
        "FLUTE",
        "flute",
        &[
            seat("ben-harosh", "Noa Ben-Harosh", PRINCIPAL, 2014),
            seat("castagnier", "Élodie Castagnier", ASSOCIATE, 2009),
            seat("prantauer", "Georg Prantauer", TUTTI, 2003),
            seat("kurebayashi", "Satomi Kurebayashi", TUTTI, 2019).plays("piccolo"),
        ],
    ),
    players(
        "OBOE",
        "oboe",
        &[
            seat("ehrngruber", "Matthias Ehrngruber", PRINCIPAL, 2008),
            seat("riquelves", "Paloma Riquelves", ASSOCIATE, 2016),
            seat("tarnowicz", "Agnieszka Tarnowicz", TUTTI, 2011),
            seat("dunlochry", "Hamish Dunlochry", TUTTI, 2006).plays("cor anglais"),
        ],
    ),
    players(
        "CLARINET",
        "clarinet",
        &[
            seat("barandiaran", "Lucía Barandiarán", PRINCIPAL, 2013),
            seat("mossbergh", "Erik Mossbergh", ASSOCIATE, 2010),
            seat("demirhanli", "Yusuf Demirhanlı", TUTTI, 2018).plays("E-flat clarinet"),
            seat("neuwaldner", "Brigitte Neuwaldner", TUTTI, 2001).plays("bass clarinet"),
        ],
    ),
    players(
        "SAXOPHONE",
        "alto saxophone",
        &[seat("belakovic", "Jaro Belakovič", EXTRA, 2017)],
    ),
    players(
        "BASSOON",
        "bassoon",
        &[
            seat("barbulescanu", "Florin Bărbulescanu", PRINCIPAL, 2007),
            seat("verstraeke", "Annelies Verstraeke", ASSOCIATE, 2017),
            seat("shirasawa", "Kaito Shirasawa", TUTTI, 2020),
            seat("doerflinger", "Rupert Dörflinger", TUTTI, 1999).plays("contrabassoon"),
        ],
    ),
    players(
        "HORN",
        "horn",
        &[
            seat("szklarczyk", "Marta Szklarczyk", PRINCIPAL, 2012),
            seat("pichlmann", "Leander Pichlmann", ASSOCIATE, 2015),
            seat("trevellick", "Owen Trevellick", TUTTI, 2004),
            seat("sanfilipetti", "Giulia Sanfilipetti", TUTTI, 2019),
            seat("iliescanu", "Bogdan Iliescanu", TUTTI, 2009),
            seat("vinterberg", "Hanne Vinterberg-Oss", EXTRA, 2023),
        ],
    ),
    players(
        "TRUMPET",
        "trumpet",
        &[
            seat("windisch", "Caspar Windisch-Lahr", PRINCIPAL, 2010),
            seat("mabizela", "Thandeka Mabizela", ASSOCIATE, 2018),
            seat("feichtenberger", "Ulrich Feichtenberger", TUTTI, 2002).is("ON_LEAVE"),
            seat("dostalik", "Marek Dostalík", TUTTI, 2021),
        ],
    ),
    players(
        "TROMBONE",
        "trombone",
        &[
            seat("krzeminczyk", "Ewa Krzemińczyk", PRINCIPAL, 2014),
            seat("osgathorpe", "Nathaniel Osgathorpe", ASSOCIATE, 2011),
            seat("aichhorner", "Lorenz Aichhorner", TUTTI, 2006),
            seat("haugvoll", "Sigurd Haugvoll", TUTTI, 2008).plays("bass trombone"),
        ],
    ),
    players(
        "TUBA",
        "tuba",
        &[seat("scalvenzi", "Beniamino Scalvenzi", PRINCIPAL, 2016)],
    ),
    players(
        "TIMPANI",
        "timpani",
        &[seat("harsanyi", "Judit Harsányi-Pohl", PRINCIPAL, 2005)],
    ),
    players(
        "PERCUSSION",
        "percussion",
        &[
            seat("kjeldgard", "Rasmus Kjeldgård", PRINCIPAL, 2013),
            seat("tsunematsu", "Ayaka Tsunematsu", TUTTI, 2017),
            seat("hochrieser", "Gerald Hochrieser", TUTTI, 1998),
            seat("tanazefti", "Milo Tanazefti", EXTRA, 2022),
        ],
    ),
    players(
        "HARP",
        "harp",
        &[seat("laubrac", "Séverine Laubrac", PRINCIPAL, 2011)],
    ),
    players(
        "KEYBOARD",
        "piano",
        &[seat("novovesky", "Filip Novoveský", PRINCIPAL, 2015).plays("piano and celesta")],
    ),
];
