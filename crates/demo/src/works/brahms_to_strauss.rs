//! Works of the later nineteenth century, west of Bohemia.

use super::{Composer, composer, work};

pub(super) const COMPOSERS: &[Composer] = &[
    composer(
        "Strauss, Johann (father)",
        1804,
        1849,
        &[work("strauss-radetzky", "Radetzky March", "March")
            .catalogued("Op. 228")
            .in_key("D major")
            .finished(1848)
            .lasts(3)],
    ),
    composer(
        "Bruckner, Anton",
        1824,
        1896,
        &[work("bruckner-7", "Symphony No. 7 in E major", "Symphony")
            .catalogued("WAB 107")
            .in_key("E major")
            .finished(1883)
            .scored("2.2.2.2 – 4.3.3.1 – 4 Wagner tubas – timp, perc – str")
            .movements(&[
                ("Allegro moderato", 20),
                ("Adagio: Sehr feierlich und sehr langsam", 22),
                ("Scherzo: Sehr schnell", 10),
                ("Finale: Bewegt, doch nicht schnell", 12),
            ])],
    ),
    composer(
        "Strauss, Johann (son)",
        1825,
        1899,
        &[
            work("strauss-danube", "An der schönen blauen Donau", "Waltz")
                .known_as("The Blue Danube")
                .catalogued("Op. 314")
                .in_key("D major")
                .finished(1866)
                .scored("2(pic).2.2.2 – 4.2.1.1 – timp, perc – hp – str")
                .lasts(10),
            work("strauss-emperor", "Kaiser-Walzer", "Waltz")
                .known_as("Emperor Waltz")
                .catalogued("Op. 437")
                .in_key("C major")
                .finished(1889)
                .lasts(11),
            work("strauss-fledermaus", "Die Fledermaus: Overture", "Overture")
                .finished(1874)
                .scored("2(pic).2.2.2 – 4.2.3.0 – timp, perc – str")
                .lasts(8),
            work("strauss-tritsch", "Tritsch-Tratsch-Polka", "Polka")
                .catalogued("Op. 214")
                .in_key("A major")
                .finished(1858)
                .lasts(3),
        ],
    ),
    composer(
        "Brahms, Johannes",
        1833,
        1897,
        &[
            work("brahms-academic", "Academic Festival Overture", "Overture")
                .catalogued("Op. 80")
                .finished(1880)
                .scored("3(pic).2.2.3(cbn) – 4.3.3.1 – timp, perc – str")
                .lasts(10),
            work("brahms-1", "Symphony No. 1 in C minor", "Symphony")
                .catalogued("Op. 68")
                .in_key("C minor")
                .finished(1876)
                .scored("2.2.2.3(cbn) – 4.2.3.0 – timp – str")
                .movements(&[
                    ("Un poco sostenuto – Allegro", 14),
                    ("Andante sostenuto", 9),
                    ("Un poco allegretto e grazioso", 5),
                    ("Adagio – Più andante – Allegro non troppo, ma con brio", 17),
                ]),
            work("brahms-4", "Symphony No. 4 in E minor", "Symphony")
                .catalogued("Op. 98")
                .in_key("E minor")
                .finished(1885)
                .scored("2(pic).2.2.3(cbn) – 4.2.3.0 – timp, perc – str")
                .movements(&[
                    ("Allegro non troppo", 13),
                    ("Andante moderato", 11),
                    ("Allegro giocoso", 6),
                    ("Allegro energico e passionato", 10),
                ]),
        ],
    ),
    composer(
        "Saint-Saëns, Camille",
        1835,
        1921,
        &[
            work("saint-saens-3", "Symphony No. 3 in C minor", "Symphony")
                .known_as("Organ Symphony")
                .catalogued("Op. 78")
                .in_key("C minor")
                .finished(1886)
                .scored("3(pic).3(ca).3(bcl).3(cbn) – 4.3.3.1 – timp, perc – pf 4 hands, org – str")
                .movements(&[
                    ("Adagio – Allegro moderato – Poco adagio", 20),
                    ("Allegro moderato – Presto – Maestoso – Allegro", 16),
                ]),
        ],
    ),
    composer(
        "Grieg, Edvard",
        1843,
        1907,
        &[work("grieg-peer-gynt", "Peer Gynt: Suite No. 1", "Suite")
            .catalogued("Op. 46")
            .finished(1888)
            .scored("2(pic).2.2.2 – 4.2.3.1 – timp, perc – str")
            .movements(&[
                ("Morning Mood", 4),
                ("The Death of Åse", 5),
                ("Anitra's Dance", 4),
                ("In the Hall of the Mountain King", 3),
            ])],
    ),
];
