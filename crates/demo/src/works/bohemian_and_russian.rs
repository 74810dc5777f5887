//! Works of the later nineteenth century from Bohemia and Russia.

use super::{Composer, composer, work};

pub(super) const COMPOSERS: &[Composer] = &[
    composer(
        "Smetana, Bedřich",
        1824,
        1884,
        &[
            work("smetana-moldau", "The Moldau, from Má vlast", "Tone poem")
                .known_as("Vltava")
                .catalogued("JB 1:112/2")
                .in_key("E minor")
                .finished(1874)
                .scored("3(pic).2.2.2 – 4.2.3.1 – timp, perc – hp – str")
                .lasts(12),
        ],
    ),
    composer(
        "Mussorgsky, Modest",
        1839,
        1881,
        &[
            work("mussorgsky-pictures", "Pictures at an Exhibition", "Suite")
                .arranged_by("Ravel, Maurice")
                .finished(1874)
                .scored(
                    "3(pic).3(ca).3(bcl).3(cbn) – asax – 4.3.3.1 – timp, perc – 2 hp – cel – str",
                )
                .movements(&[
                    ("Promenade", 2),
                    ("Gnomus", 3),
                    ("Il vecchio castello", 5),
                    ("Tuileries", 1),
                    ("Bydło", 3),
                    ("Ballet of the Unhatched Chicks", 1),
                    ("Samuel Goldenberg and Schmuÿle", 2),
                    ("The Market at Limoges", 1),
                    ("Catacombs", 4),
                    ("The Hut on Hen's Legs", 4),
                    ("The Great Gate of Kiev", 6),
                ]),
        ],
    ),
    composer(
        "Tchaikovsky, Pyotr Ilyich",
        1840,
        1893,
        &[
            work("tchaikovsky-5", "Symphony No. 5 in E minor", "Symphony")
                .catalogued("Op. 64")
                .in_key("E minor")
                .finished(1888)
                .scored("3(pic).2.2.2 – 4.2.3.1 – timp – str")
                .movements(&[
                    ("Andante – Allegro con anima", 15),
                    ("Andante cantabile, con alcuna licenza", 13),
                    ("Valse: Allegro moderato", 6),
                    ("Finale: Andante maestoso – Allegro vivace", 12),
                ]),
            work(
                "tchaikovsky-piano-1",
                "Piano Concerto No. 1 in B-flat minor",
                "Concerto",
            )
            .catalogued("Op. 23")
            .in_key("B-flat minor")
            .finished(1875)
            .for_solo("piano")
            .scored("2.2.2.2 – 4.2.3.0 – timp – str")
            .movements(&[
                (
                    "Allegro non troppo e molto maestoso – Allegro con spirito",
                    20,
                ),
                ("Andantino semplice – Prestissimo", 7),
                ("Allegro con fuoco", 7),
            ]),
            work("tchaikovsky-nutcracker", "The Nutcracker: Suite", "Suite")
                .catalogued("Op. 71a")
                .finished(1892)
                .scored("3(pic).3(ca).3(bcl).2 – 4.2.3.1 – timp, perc – hp – cel – str")
                .movements(&[
                    ("Miniature Overture", 3),
                    ("March", 3),
                    ("Dance of the Sugar Plum Fairy", 2),
                    ("Russian Dance: Trepak", 1),
                    ("Arabian Dance", 4),
                    ("Chinese Dance", 1),
                    ("Dance of the Reed Flutes", 3),
                    ("Waltz of the Flowers", 7),
                ]),
        ],
    ),
    composer(
        "Dvořák, Antonín",
        1841,
        1904,
        &[
            work("dvorak-slavonic-8", "Slavonic Dance in G minor", "Dance")
                .catalogued("Op. 46 No. 8")
                .in_key("G minor")
                .finished(1878)
                .scored("3(pic).2.2.2 – 4.2.3.0 – timp, perc – str")
                .lasts(4),
            work("dvorak-8", "Symphony No. 8 in G major", "Symphony")
                .catalogued("Op. 88")
                .in_key("G major")
                .finished(1889)
                .scored("2(pic).2(ca).2.2 – 4.2.3.1 – timp – str")
                .movements(&[
                    ("Allegro con brio", 10),
                    ("Adagio", 11),
                    ("Allegretto grazioso – Molto vivace", 6),
                    ("Allegro ma non troppo", 10),
                ]),
            work("dvorak-9", "Symphony No. 9 in E minor", "Symphony")
                .known_as("From the New World")
                .catalogued("Op. 95")
                .in_key("E minor")
                .finished(1893)
                .scored("2(pic).2(ca).2.2 – 4.2.3.1 – timp, perc – str")
                .movements(&[
                    ("Adagio – Allegro molto", 10),
                    ("Largo", 12),
                    ("Scherzo: Molto vivace", 8),
                    ("Allegro con fuoco", 11),
                ]),
            work("dvorak-cello", "Cello Concerto in B minor", "Concerto")
                .catalogued("Op. 104")
                .in_key("B minor")
                .finished(1895)
                .for_solo("cello")
                .scored("2(pic).2.2.2 – 3.2.3.1 – timp, perc – str")
                .movements(&[
                    ("Allegro", 15),
                    ("Adagio, ma non troppo", 12),
                    ("Finale: Allegro moderato", 13),
                ]),
        ],
    ),
    composer(
        "Rachmaninoff, Sergei",
        1873,
        1943,
        &[work(
            "rachmaninoff-piano-2",
            "Piano Concerto No. 2 in C minor",
            "Concerto",
        )
        .catalogued("Op. 18")
        .in_key("C minor")
        .finished(1901)
        .for_solo("piano")
        .scored("2.2.2.2 – 4.2.3.1 – timp, perc – str")
        .movements(&[
            ("Moderato", 11),
            ("Adagio sostenuto", 11),
            ("Allegro scherzando", 12),
        ])],
    ),
];
