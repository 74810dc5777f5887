//! The years of Ilona Terebesi, since 2019.

use jiff::civil::date;

use super::{NEW_YEARS_CONCERT, Run, run};
use crate::names::{AMANUMA, FALCONEIRA, LEHTOVUO, TEREBESI, TREGARTHY};
use crate::soloists::{FJELLMOEN, KARADENIZLI, SEOHWAN, VASAREL};

pub(super) const RUNS: &[Run] = &[
    run(date(2019, 10, 17), 2, TEREBESI).with(KARADENIZLI).of(&[
        "weber-freischuetz",
        "mendelssohn-violin",
        "brahms-1",
    ]),
    run(date(2020, 1, 16), 2, LEHTOVUO).with(FJELLMOEN).of(&[
        "webern-passacaglia",
        "berg-violin",
        "beethoven-5",
    ]),
    run(date(2021, 10, 14), 2, TEREBESI).of(&["barber-adagio", "beethoven-7"]),
    run(date(2022, 3, 17), 2, AMANUMA).of(&["paert-cantus", "shostakovich-5"]),
    run(date(2022, 10, 20), 3, TEREBESI).with(SEOHWAN).of(&[
        "dvorak-slavonic-8",
        "rachmaninoff-piano-2",
        "dvorak-9",
    ]),
    run(date(2023, 5, 11), 2, TEREBESI)
        .with(VASAREL)
        .of(&["ravel-piano-g", "bartok-concerto"]),
    run(date(2023, 12, 31), 2, TEREBESI)
        .of_series(NEW_YEARS_CONCERT)
        .of(&[
            "strauss-fledermaus",
            "strauss-emperor",
            "strauss-danube",
            "strauss-radetzky",
        ]),
    run(date(2024, 5, 16), 2, FALCONEIRA).of(&["farrenc-3", "schubert-8"]),
    run(date(2024, 10, 17), 2, TEREBESI).of(&["mahler-5"]),
    run(date(2025, 2, 13), 2, TREGARTHY).of(&["britten-guide", "holst-planets"]),
    run(date(2025, 6, 12), 2, TEREBESI).of(&["beethoven-egmont", "beethoven-9"]),
];
