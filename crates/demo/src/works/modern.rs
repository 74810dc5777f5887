//! Works of the twentieth century from Webern on.

use super::{Composer, composer, work};

pub(super) const COMPOSERS: &[Composer] = &[
    composer(
        "Bartók, Béla",
        1881,
        1945,
        &[work(
            "bartok-concerto",
            "Concerto for Orchestra",
            "Orchestral work",
        )
        .catalogued("Sz. 116")
        .finished(1943)
        .scored("3(pic).3(ca).3(bcl).3(cbn) – 4.3.3.1 – timp, perc – 2 hp – str")
        .movements(&[
            ("Introduzione: Andante non troppo – Allegro vivace", 10),
            ("Giuoco delle coppie: Allegretto scherzando", 7),
            ("Elegia: Andante non troppo", 8),
            ("Intermezzo interrotto: Allegretto", 4),
            ("Finale: Pesante – Presto", 10),
        ])],
    ),
    composer(
        "Stravinsky, Igor",
        1882,
        1971,
        &[
            work("stravinsky-firebird", "The Firebird: Suite (1919)", "Suite")
                .finished(1919)
                .scored("2(pic).2(ca).2.2 – 4.2.3.1 – timp, perc – hp – pf(cel) – str")
                .movements(&[
                    ("Introduction", 3),
                    ("The Firebird and Its Dance – Variation", 2),
                    ("Round Dance of the Princesses", 5),
                    ("Infernal Dance of King Kashchei", 5),
                    ("Berceuse", 3),
                    ("Finale", 3),
                ])
                .rented(),
        ],
    ),
    composer(
        "Webern, Anton",
        1883,
        1945,
        &[work("webern-passacaglia", "Passacaglia", "Orchestral work")
            .catalogued("Op. 1")
            .in_key("D minor")
            .finished(1908)
            .scored("3(pic).3(ca).3(bcl).3(cbn) – 4.3.3.1 – timp, perc – hp – str")
            .lasts(11)],
    ),
    composer(
        "Berg, Alban",
        1885,
        1935,
        &[work("berg-violin", "Violin Concerto", "Concerto")
            .known_as("To the Memory of an Angel")
            .finished(1935)
            .for_solo("violin")
            .scored("2(pic).2(ca).4(asax, bcl).3(cbn) – 4.2.2.1 – timp, perc – hp – str")
            .movements(&[("Andante – Allegretto", 11), ("Allegro – Adagio", 15)])],
    ),
    composer(
        "Prokofiev, Sergei",
        1891,
        1953,
        &[
            work("prokofiev-peter", "Peter and the Wolf", "Narrated tale")
                .catalogued("Op. 67")
                .finished(1936)
                .scored("1.1.1.1 – 3.1.1.0 – timp, perc – narrator – str")
                .lasts(26),
            work("prokofiev-1", "Symphony No. 1 in D major", "Symphony")
                .known_as("Classical")
                .catalogued("Op. 25")
                .in_key("D major")
                .finished(1917)
                .scored("2.2.2.2 – 2.2.0.0 – timp – str")
                .movements(&[
                    ("Allegro", 4),
                    ("Larghetto", 4),
                    ("Gavotta: Non troppo allegro", 2),
                    ("Finale: Molto vivace", 4),
                ]),
        ],
    ),
    composer(
        "Gershwin, George",
        1898,
        1937,
        &[work("gershwin-rhapsody", "Rhapsody in Blue", "Concerto")
            .arranged_by("Grofé, Ferde")
            .finished(1924)
            .for_solo("piano")
            .scored("2.2.3(bcl).2 – 3 sax – 3.3.3.1 – timp, perc – banjo – str")
            .lasts(16)
            .rented()],
    ),
    composer(
        "Shostakovich, Dmitri",
        1906,
        1975,
        &[
            work("shostakovich-5", "Symphony No. 5 in D minor", "Symphony")
                .catalogued("Op. 47")
                .in_key("D minor")
                .finished(1937)
                .scored("3(pic).2.3(Ebcl).3(cbn) – 4.3.3.1 – timp, perc – 2 hp – pf(cel) – str")
                .movements(&[
                    ("Moderato", 16),
                    ("Allegretto", 5),
                    ("Largo", 14),
                    ("Allegro non troppo", 11),
                ])
                .rented(),
        ],
    ),
    composer(
        "Barber, Samuel",
        1910,
        1981,
        &[
            work("barber-adagio", "Adagio for Strings", "Orchestral work")
                .catalogued("Op. 11")
                .in_key("B-flat minor")
                .finished(1936)
                .scored("str")
                .lasts(8)
                .rented(),
        ],
    ),
    composer(
        "Britten, Benjamin",
        1913,
        1976,
        &[work(
            "britten-guide",
            "The Young Person's Guide to the Orchestra",
            "Variations",
        )
        .catalogued("Op. 34")
        .finished(1945)
        .scored("3(pic).2.2.2 – 4.2.3.1 – timp, perc – hp – narrator ad lib – str")
        .lasts(17)
        .rented()],
    ),
    Composer {
        name: "Pärt, Arvo",
        born: 1935,
        died: None,
        works: &[work(
            "paert-cantus",
            "Cantus in Memory of Benjamin Britten",
            "Orchestral work",
        )
        .in_key("A minor")
        .finished(1977)
        .scored("bell – str")
        .lasts(7)
        .rented()],
    },
];
