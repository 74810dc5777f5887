//! Works from Beethoven to Schumann.

use super::{Composer, composer, work};

pub(super) const COMPOSERS: &[Composer] = &[
    composer(
        "Beethoven, Ludwig van",
        1770,
        1827,
        &[
            work("beethoven-egmont", "Egmont: Overture", "Overture")
                .catalogued("Op. 84")
                .in_key("F minor")
                .finished(1810)
                .scored("2(pic).2.2.2 – 4.2.0.0 – timp – str")
                .lasts(8),
            work("beethoven-5", "Symphony No. 5 in C minor", "Symphony")
                .catalogued("Op. 67")
                .in_key("C minor")
                .finished(1808)
                .scored("3(pic).2.2.3(cbn) – 2.2.3.0 – timp – str")
                .movements(&[
                    ("Allegro con brio", 7),
                    ("Andante con moto", 10),
                    ("Allegro", 5),
                    ("Allegro", 11),
                ]),
            work("beethoven-7", "Symphony No. 7 in A major", "Symphony")
                .catalogued("Op. 92")
                .in_key("A major")
                .finished(1812)
                .scored("2.2.2.2 – 2.2.0.0 – timp – str")
                .movements(&[
                    ("Poco sostenuto – Vivace", 13),
                    ("Allegretto", 8),
                    ("Presto – Assai meno presto", 9),
                    ("Allegro con brio", 8),
                ]),
            work("beethoven-9", "Symphony No. 9 in D minor", "Symphony")
                .known_as("Choral")
                .catalogued("Op. 125")
                .in_key("D minor")
                .finished(1824)
                .scored("3(pic).2.2.3(cbn) – 4.2.3.0 – timp, perc – SATB soli, chorus – str")
                .movements(&[
                    ("Allegro ma non troppo, un poco maestoso", 16),
                    ("Molto vivace", 13),
                    ("Adagio molto e cantabile", 15),
                    ("Presto – Allegro assai", 24),
                ]),
            work(
                "beethoven-septet",
                "Septet in E-flat major",
                "Chamber music",
            )
            .catalogued("Op. 20")
            .in_key("E-flat major")
            .finished(1800)
            .scored("cl, bn, hn, vn, va, vc, db")
            .movements(&[
                ("Adagio – Allegro con brio", 10),
                ("Adagio cantabile", 9),
                ("Tempo di menuetto", 3),
                ("Tema con variazioni: Andante", 8),
                ("Scherzo: Allegro molto e vivace", 3),
                ("Andante con moto alla marcia – Presto", 7),
            ]),
            work("beethoven-fidelio", "Fidelio", "Opera")
                .catalogued("Op. 72")
                .finished(1814)
                .scored("3(pic).2.2.3(cbn) – 4.2.2.0 – offstage tpt – timp – soli, chorus – str")
                .movements(&[("Overture", 7), ("Act I", 65), ("Act II", 48)]),
        ],
    ),
    composer(
        "Weber, Carl Maria von",
        1786,
        1826,
        &[
            work("weber-freischuetz", "Der Freischütz: Overture", "Overture")
                .catalogued("J. 277")
                .finished(1820)
                .scored("2.2.2.2 – 4.2.3.0 – timp – str")
                .lasts(10),
        ],
    ),
    composer(
        "Schubert, Franz",
        1797,
        1828,
        &[
            work("schubert-8", "Symphony No. 8 in B minor", "Symphony")
                .known_as("Unfinished")
                .catalogued("D. 759")
                .in_key("B minor")
                .finished(1822)
                .scored("2.2.2.2 – 2.2.3.0 – timp – str")
                .movements(&[("Allegro moderato", 14), ("Andante con moto", 11)]),
            work(
                "schubert-quintet",
                "String Quintet in C major",
                "Chamber music",
            )
            .catalogued("D. 956")
            .in_key("C major")
            .finished(1828)
            .scored("2 vn, va, 2 vc")
            .movements(&[
                ("Allegro ma non troppo", 20),
                ("Adagio", 14),
                ("Scherzo: Presto – Trio: Andante sostenuto", 10),
                ("Allegretto", 9),
            ]),
        ],
    ),
    composer(
        "Farrenc, Louise",
        1804,
        1875,
        &[work("farrenc-3", "Symphony No. 3 in G minor", "Symphony")
            .catalogued("Op. 36")
            .in_key("G minor")
            .finished(1847)
            .scored("2.2.2.2 – 2.0.0.0 – timp – str")
            .movements(&[
                ("Adagio – Allegro", 12),
                ("Adagio cantabile", 9),
                ("Scherzo: Vivace", 6),
                ("Finale: Allegro", 8),
            ])],
    ),
    composer(
        "Mendelssohn Bartholdy, Felix",
        1809,
        1847,
        &[
            work("mendelssohn-hebrides", "The Hebrides", "Overture")
                .known_as("Fingal's Cave")
                .catalogued("Op. 26")
                .in_key("B minor")
                .finished(1830)
                .scored("2.2.2.2 – 2.2.0.0 – timp – str")
                .lasts(10),
            work(
                "mendelssohn-violin",
                "Violin Concerto in E minor",
                "Concerto",
            )
            .catalogued("Op. 64")
            .in_key("E minor")
            .finished(1844)
            .for_solo("violin")
            .scored("2.2.2.2 – 2.2.0.0 – timp – str")
            .movements(&[
                ("Allegro molto appassionato", 13),
                ("Andante", 8),
                ("Allegretto non troppo – Allegro molto vivace", 6),
            ]),
        ],
    ),
    composer(
        "Schumann, Robert",
        1810,
        1856,
        &[
            work("schumann-piano", "Piano Concerto in A minor", "Concerto")
                .catalogued("Op. 54")
                .in_key("A minor")
                .finished(1845)
                .for_solo("piano")
                .scored("2.2.2.2 – 2.2.0.0 – timp – str")
                .movements(&[
                    ("Allegro affettuoso", 15),
                    ("Intermezzo: Andantino grazioso", 5),
                    ("Allegro vivace", 11),
                ]),
        ],
    ),
];
