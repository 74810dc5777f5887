//! Works from Mahler and Debussy to Ravel and Holst.

use super::{Composer, composer, work};

pub(super) const COMPOSERS: &[Composer] = &[
    composer(
        "Elgar, Edward",
        1857,
        1934,
        &[work(
            "elgar-enigma",
            "Variations on an Original Theme",
            "Variations",
        )
        .known_as("Enigma")
        .catalogued("Op. 36")
        .finished(1899)
        .scored("2(pic).2.2.3(cbn) – 4.3.3.1 – timp, perc – org ad lib – str")
        .lasts(31)],
    ),
    composer(
        "Mahler, Gustav",
        1860,
        1911,
        &[
            work("mahler-1", "Symphony No. 1 in D major", "Symphony")
                .known_as("Titan")
                .in_key("D major")
                .finished(1888)
                .scored("4(pic).4(ca).4(Ebcl, bcl).3(cbn) – 7.5.4.1 – timp, perc – hp – str")
                .movements(&[
                    ("Langsam, schleppend", 16),
                    ("Kräftig bewegt, doch nicht zu schnell", 8),
                    ("Feierlich und gemessen, ohne zu schleppen", 11),
                    ("Stürmisch bewegt", 20),
                ]),
            work("mahler-5", "Symphony No. 5 in C-sharp minor", "Symphony")
                .in_key("C-sharp minor")
                .finished(1902)
                .scored("4(pic).3(ca).3(bcl).3(cbn) – 6.4.3.1 – timp, perc – hp – str")
                .movements(&[
                    ("Trauermarsch", 13),
                    ("Stürmisch bewegt, mit größter Vehemenz", 15),
                    ("Scherzo: Kräftig, nicht zu schnell", 18),
                    ("Adagietto: Sehr langsam", 10),
                    ("Rondo-Finale: Allegro", 16),
                ]),
        ],
    ),
    composer(
        "Debussy, Claude",
        1862,
        1918,
        &[
            work(
                "debussy-faune",
                "Prélude à l'après-midi d'un faune",
                "Tone poem",
            )
            .catalogued("L. 86")
            .in_key("E major")
            .finished(1894)
            .scored("3.3(ca).2.2 – 4.0.0.0 – perc – 2 hp – str")
            .lasts(10),
            work("debussy-mer", "La mer", "Tone poem")
                .catalogued("L. 109")
                .finished(1905)
                .scored("3(pic).3(ca).2.4(cbn) – 4.5(2 crt).3.1 – timp, perc – 2 hp – str")
                .movements(&[
                    ("De l'aube à midi sur la mer", 9),
                    ("Jeux de vagues", 7),
                    ("Dialogue du vent et de la mer", 8),
                ]),
        ],
    ),
    composer(
        "Strauss, Richard",
        1864,
        1949,
        &[
            work("strauss-don-juan", "Don Juan", "Tone poem")
                .catalogued("Op. 20")
                .in_key("E major")
                .finished(1888)
                .scored("3(pic).3(ca).2.3(cbn) – 4.3.3.1 – timp, perc – hp – str")
                .lasts(17),
            work(
                "strauss-zarathustra",
                "Also sprach Zarathustra",
                "Tone poem",
            )
            .catalogued("Op. 30")
            .in_key("C major")
            .finished(1896)
            .scored("4(pic).4(ca).4(Ebcl, bcl).4(cbn) – 6.4.3.2 – timp, perc – 2 hp – org – str")
            .lasts(33),
        ],
    ),
    composer(
        "Sibelius, Jean",
        1865,
        1957,
        &[
            work("sibelius-violin", "Violin Concerto in D minor", "Concerto")
                .catalogued("Op. 47")
                .in_key("D minor")
                .finished(1905)
                .for_solo("violin")
                .scored("2.2.2.2 – 4.2.3.0 – timp – str")
                .movements(&[
                    ("Allegro moderato", 16),
                    ("Adagio di molto", 8),
                    ("Allegro, ma non tanto", 7),
                ])
                .rented(),
        ],
    ),
    composer(
        "Holst, Gustav",
        1874,
        1934,
        &[work("holst-planets", "The Planets", "Suite")
            .catalogued("Op. 32")
            .finished(1917)
            .scored(
                "4(pic, afl).4(ca).4(bcl).4(cbn) – 6.4.3.2 – 2 timp, perc – 2 hp – cel, org – \
                     women's chorus – str",
            )
            .movements(&[
                ("Mars, the Bringer of War", 7),
                ("Venus, the Bringer of Peace", 8),
                ("Mercury, the Winged Messenger", 4),
                ("Jupiter, the Bringer of Jollity", 8),
                ("Saturn, the Bringer of Old Age", 9),
                ("Uranus, the Magician", 6),
                ("Neptune, the Mystic", 8),
            ])],
    ),
    composer(
        "Ravel, Maurice",
        1875,
        1937,
        &[
            work("ravel-mother-goose", "Ma mère l'Oye: Suite", "Suite")
                .known_as("Mother Goose")
                .catalogued("M. 60")
                .finished(1911)
                .scored("2(pic).2(ca).2.2(cbn) – 2.0.0.0 – timp, perc – hp – cel – str")
                .movements(&[
                    ("Pavane de la Belle au bois dormant", 2),
                    ("Petit Poucet", 3),
                    ("Laideronnette, impératrice des pagodes", 4),
                    ("Les entretiens de la Belle et de la Bête", 4),
                    ("Le jardin féerique", 4),
                ]),
            work("ravel-bolero", "Boléro", "Ballet music")
                .catalogued("M. 81")
                .in_key("C major")
                .finished(1928)
                .scored(
                    "3(pic).3(ca).3(Ebcl, bcl).3(cbn) – 2 sax – 4.4.3.1 – timp, perc – hp – cel – \
                     str",
                )
                .lasts(15),
            work("ravel-piano-g", "Piano Concerto in G major", "Concerto")
                .catalogued("M. 83")
                .in_key("G major")
                .finished(1931)
                .for_solo("piano")
                .scored("2(pic).2(ca).2(Ebcl).2 – 2.1.1.0 – timp, perc – hp – str")
                .movements(&[("Allegramente", 8), ("Adagio assai", 9), ("Presto", 4)]),
        ],
    ),
];
