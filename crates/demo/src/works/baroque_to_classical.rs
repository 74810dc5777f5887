//! Works from Handel to Mozart.

use super::{Composer, composer, work};

pub(super) const COMPOSERS: &[Composer] = &[
    composer(
        "Handel, George Frideric",
        1685,
        1759,
        &[
            work("handel-fireworks", "Music for the Royal Fireworks", "Suite")
                .catalogued("HWV 351")
                .in_key("D major")
                .finished(1749)
                .scored("0.3.0.3(cbn) – 3.3.0.0 – timp, perc – str")
                .movements(&[
                    ("Ouverture", 8),
                    ("Bourrée", 2),
                    ("La Paix", 4),
                    ("La Réjouissance", 2),
                    ("Menuets I and II", 4),
                ]),
        ],
    ),
    composer(
        "Haydn, Joseph",
        1732,
        1809,
        &[
            work("haydn-104", "Symphony No. 104 in D major", "Symphony")
                .known_as("London")
                .catalogued("Hob. I:104")
                .in_key("D major")
                .finished(1795)
                .scored("2.2.2.2 – 2.2.0.0 – timp – str")
                .movements(&[
                    ("Adagio – Allegro", 8),
                    ("Andante", 8),
                    ("Menuetto: Allegro", 5),
                    ("Finale: Spiritoso", 7),
                ]),
            work(
                "haydn-trumpet",
                "Trumpet Concerto in E-flat major",
                "Concerto",
            )
            .catalogued("Hob. VIIe:1")
            .in_key("E-flat major")
            .finished(1796)
            .for_solo("trumpet")
            .scored("2.2.0.2 – 2.2.0.0 – timp – str")
            .movements(&[("Allegro", 7), ("Andante", 4), ("Finale: Allegro", 4)]),
        ],
    ),
    composer(
        "Mozart, Wolfgang Amadeus",
        1756,
        1791,
        &[
            work("mozart-41", "Symphony No. 41 in C major", "Symphony")
                .known_as("Jupiter")
                .catalogued("K. 551")
                .in_key("C major")
                .finished(1788)
                .scored("1.2.0.2 – 2.2.0.0 – timp – str")
                .movements(&[
                    ("Allegro vivace", 11),
                    ("Andante cantabile", 8),
                    ("Menuetto: Allegretto", 5),
                    ("Molto allegro", 8),
                ]),
            work(
                "mozart-piano-20",
                "Piano Concerto No. 20 in D minor",
                "Concerto",
            )
            .catalogued("K. 466")
            .in_key("D minor")
            .finished(1785)
            .for_solo("piano")
            .scored("1.2.0.2 – 2.2.0.0 – timp – str")
            .movements(&[("Allegro", 14), ("Romance", 9), ("Allegro assai", 8)]),
            work(
                "mozart-clarinet",
                "Clarinet Concerto in A major",
                "Concerto",
            )
            .catalogued("K. 622")
            .in_key("A major")
            .finished(1791)
            .for_solo("clarinet")
            .scored("2.0.0.2 – 2.0.0.0 – str")
            .movements(&[("Allegro", 12), ("Adagio", 7), ("Rondo: Allegro", 9)]),
        ],
    ),
];
