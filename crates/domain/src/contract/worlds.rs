//! Random worlds, tried one after the other.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::Arc;

use org_kernel::id::OrgId;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use super::Subject;
use super::facts::{external_id, in_a_file};
use super::rows::{MOST, Object, name};
use super::setting::Setting;
use crate::contacts::Contact;
use crate::history::Performance;
use crate::import::{ExternalId, ImportStore, ImportTx, Summary, Upserts};
use crate::instruments::InstrumentFile;
use crate::library::Library;
use crate::memory::InMemory;
use crate::productions::ProductionPlan;
use crate::record::{Facts, Record};
use crate::repertoire::Work;
use crate::reports::Report;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;

/// The number of worlds a test tries, unless the environment says otherwise.
const CASES: u32 = 6;

/// Tries `test` on the same worlds each time it is called; `number` differs from try to try.
pub(super) fn each<T: Debug>(
    worlds: &BoxedStrategy<T>,
    test: impl Fn(u64, T) -> Result<(), TestCaseError>,
) {
    let cases = std::env::var("ORG_API_CONTRACT_CASES").map_or(CASES, |cases| {
        cases.parse().expect("ORG_API_CONTRACT_CASES is a number")
    });
    let config = Config {
        cases,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let tries = Cell::new(0);
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng).run(worlds, |world| {
        tries.set(tries.get() + 1);
        test(tries.get(), world)
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// One organization, in the store under test and in memory, with the same history.
pub(super) struct Twins {
    pub(super) library: Arc<dyn Library>,
    pub(super) measure: Arc<InMemory>,
    pub(super) org: OrgId,
    imports: Arc<dyn ImportStore>,
    settings: [Setting; 2],
}

impl Twins {
    /// A new organization with a slug of its own. `number` is no other twins' of this store.
    pub(super) fn new(subject: &impl Subject, number: u64) -> Self {
        let settings = [Setting::number(number), Setting::number(number)];
        let (library, measure) = (subject.library(), Arc::new(InMemory::default()));
        let slug = format!("world-{number}");
        let org = settings[0].organization(library.as_ref(), &slug);
        let same = settings[1].organization(measure.as_ref(), &slug);
        assert_eq!(org, same, "twins have the same ids");
        Self {
            library,
            measure,
            org,
            imports: subject.imports(),
            settings,
        }
    }

    /// Imports the same rows on both sides, which must say the same.
    pub(super) fn import(&self, rows: &[Object]) -> Result<Summary, TestCaseError> {
        let measure: Arc<dyn ImportStore> = Arc::clone(&self.measure) as _;
        let [tested, expected] = &self.settings;
        let summary = tested.import(&self.imports, self.org, rows);
        prop_assert_eq!(&summary, &expected.import(&measure, self.org, rows));
        prop_assert!(summary.is_clean(), "{:?}", summary.errors);
        Ok(summary)
    }
}

/// Asks both sides of twins for the records of each kind under all names that rows bear.
macro_rules! stored_alike {
    ($($facts:ty),+) => {
        impl Twins {
            /// Everything is stored alike on both sides.
            pub(super) fn stored_alike(&self) -> Result<(), TestCaseError> {
                $(
                    let measure = stored::<$facts>(self.measure.as_ref(), self.org, |tx| tx);
                    let tested = stored::<$facts>(self.imports.as_ref(), self.org, |tx| tx);
                    prop_assert!(!measure.is_empty());
                    prop_assert_eq!(tested, measure);
                )+
                Ok(())
            }
        }
    };
}

stored_alike!(
    ProductionPlan,
    Service,
    Work,
    MemberFile,
    Resource,
    InstrumentFile,
    Tour,
    Report,
    Performance,
    Contact
);

fn stored<F: Facts>(
    store: &dyn ImportStore,
    org: OrgId,
    upserts: fn(&mut dyn ImportTx) -> &mut dyn Upserts<F>,
) -> HashMap<ExternalId, Record<F>> {
    let names: Vec<_> = (0..MOST).map(|place| external_id(&name(place))).collect();
    let mut found = HashMap::new();
    let outcome = in_a_file(store, org, |tx| {
        found = upserts(tx).stored(&names)?;
        Ok(())
    });
    outcome.expect("a store that answers");
    found
}
