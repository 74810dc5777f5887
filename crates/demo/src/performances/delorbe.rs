//! The years of Marguerite Delorbe, 2010 to 2019.

use jiff::civil::date;

use super::{GARDEN_CONCERTS, NEW_YEARS_CONCERT, Run, run};
use crate::names::{AMANUMA, DELORBE, LEHTOVUO, OPEN_AIR_STAGE, TREGARTHY};
use crate::soloists::{BARANDIARAN, BENTIVEGNI, KARADENIZLI, KOLVANOV, SEOHWAN, VASAREL, WINDISCH};

pub(super) const RUNS: &[Run] = &[
    run(date(2010, 10, 14), 2, DELORBE).with(VASAREL).of(&[
        "mendelssohn-hebrides",
        "schumann-piano",
        "schubert-8",
    ]),
    run(date(2011, 3, 17), 2, AMANUMA).of(&["barber-adagio", "shostakovich-5"]),
    run(date(2011, 11, 17), 3, DELORBE).with(KOLVANOV).of(&[
        "brahms-academic",
        "tchaikovsky-piano-1",
        "dvorak-8",
    ]),
    run(date(2012, 5, 10), 2, DELORBE)
        .with(VASAREL)
        .of(&["mozart-piano-20", "farrenc-3"]),
    run(date(2013, 1, 17), 2, DELORBE)
        .with(BENTIVEGNI)
        .of(&["dvorak-cello", "dvorak-9"]),
    run(date(2013, 10, 17), 2, LEHTOVUO).of(&["strauss-don-juan", "strauss-zarathustra"]),
    run(date(2014, 3, 20), 2, DELORBE)
        .with(BARANDIARAN)
        .of(&["mozart-clarinet", "bruckner-7"]),
    run(date(2014, 12, 31), 2, DELORBE)
        .of_series(NEW_YEARS_CONCERT)
        .of(&[
            "strauss-fledermaus",
            "strauss-tritsch",
            "strauss-emperor",
            "strauss-danube",
            "strauss-radetzky",
        ]),
    run(date(2015, 5, 21), 3, DELORBE).with(SEOHWAN).of(&[
        "ravel-mother-goose",
        "ravel-piano-g",
        "debussy-mer",
    ]),
    run(date(2016, 2, 11), 2, TREGARTHY)
        .with(SEOHWAN)
        .of(&["gershwin-rhapsody", "saint-saens-3"]),
    run(date(2016, 11, 17), 2, DELORBE).with(KARADENIZLI).of(&[
        "beethoven-egmont",
        "sibelius-violin",
        "beethoven-7",
    ]),
    run(date(2017, 6, 17), 1, DELORBE)
        .of_series(GARDEN_CONCERTS)
        .in_venue(OPEN_AIR_STAGE)
        .of(&["smetana-moldau", "grieg-peer-gynt", "dvorak-9"]),
    run(date(2018, 3, 15), 2, DELORBE).with(WINDISCH).of(&[
        "haydn-104",
        "haydn-trumpet",
        "mozart-41",
    ]),
    run(date(2019, 5, 16), 3, DELORBE).of(&["mahler-1"]),
];
