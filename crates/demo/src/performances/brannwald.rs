//! The years of Ottokar Brannwald, 1998 to 2010.

use jiff::civil::date;

use super::{GARDEN_CONCERTS, NEW_YEARS_CONCERT, Run, run};
use crate::names::{BRANNWALD, FALCONEIRA, LEHTOVUO, OPEN_AIR_STAGE, TREGARTHY};
use crate::soloists::{BENTIVEGNI, FJELLMOEN, KOLVANOV, SORVIGNO};

pub(super) const RUNS: &[Run] = &[
    run(date(1998, 10, 15), 3, BRANNWALD).with(KOLVANOV).of(&[
        "weber-freischuetz",
        "schumann-piano",
        "brahms-1",
    ]),
    run(date(1999, 2, 11), 2, BRANNWALD).of(&["beethoven-egmont", "mozart-41", "beethoven-5"]),
    run(date(1999, 5, 20), 3, BRANNWALD).with(BENTIVEGNI).of(&[
        "smetana-moldau",
        "dvorak-cello",
        "dvorak-9",
    ]),
    run(date(2000, 1, 13), 2, BRANNWALD)
        .with(KOLVANOV)
        .of(&["mozart-piano-20", "bruckner-7"]),
    run(date(2000, 11, 16), 2, LEHTOVUO).of(&["debussy-faune", "debussy-mer", "ravel-bolero"]),
    run(date(2001, 3, 15), 2, BRANNWALD)
        .with(SORVIGNO)
        .of(&["sibelius-violin", "tchaikovsky-5"]),
    run(date(2001, 10, 18), 3, BRANNWALD).of(&["schubert-8", "mahler-1"]),
    run(date(2002, 4, 18), 2, BRANNWALD).of(&["haydn-104", "bartok-concerto"]),
    run(date(2003, 1, 16), 2, BRANNWALD).with(FJELLMOEN).of(&[
        "brahms-academic",
        "mendelssohn-violin",
        "beethoven-7",
    ]),
    run(date(2003, 11, 13), 2, LEHTOVUO).with(SORVIGNO).of(&[
        "webern-passacaglia",
        "berg-violin",
        "schubert-8",
    ]),
    run(date(2004, 6, 19), 1, BRANNWALD)
        .of_series(GARDEN_CONCERTS)
        .in_venue(OPEN_AIR_STAGE)
        .of(&["handel-fireworks", "dvorak-slavonic-8", "ravel-bolero"]),
    run(date(2004, 10, 21), 2, BRANNWALD).with(KOLVANOV).of(&[
        "strauss-don-juan",
        "rachmaninoff-piano-2",
        "dvorak-9",
    ]),
    run(date(2005, 12, 31), 2, BRANNWALD)
        .of_series(NEW_YEARS_CONCERT)
        .of(&[
            "strauss-fledermaus",
            "strauss-emperor",
            "strauss-danube",
            "strauss-radetzky",
        ]),
    run(date(2006, 5, 11), 2, TREGARTHY).of(&["elgar-enigma", "holst-planets"]),
    run(date(2007, 2, 15), 2, BRANNWALD).with(KOLVANOV).of(&[
        "prokofiev-1",
        "ravel-piano-g",
        "mussorgsky-pictures",
    ]),
    run(date(2008, 4, 17), 3, BRANNWALD).of(&["mahler-5"]),
    run(date(2009, 6, 11), 2, BRANNWALD).of(&["beethoven-9"]),
    run(date(2010, 3, 18), 2, FALCONEIRA).of(&["brahms-4", "stravinsky-firebird"]),
];
