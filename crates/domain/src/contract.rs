//! What every store promises, as tests that run on any store.
//!
//! Whoever writes a store implements [`Subject`] for it and calls [`store_contract!`](crate::store_contract)
//! in a test; each promise becomes one `#[test]`. One that does no more than book implements
//! [`BookingSubject`] and calls [`booking_contract!`](crate::booking_contract). The same suite runs on
//! [`InMemory`](crate::memory::InMemory), which is what keeps that one honest.
//!
//! Reads are held to the queries: random data, as awkward as people write it, is imported into the
//! store and into [`InMemory`](crate::memory::InMemory) under the same ids and at the same time, and
//! both must answer random queries alike. `ORG_API_CONTRACT_CASES` sets how many such worlds a test
//! tries (6 unless it is set); they are the same ones on every run.
#![expect(
    clippy::missing_panics_doc,
    reason = "a promise that is broken panics; that is how a test fails"
)]

mod bookings;
mod checklists;
mod contacts;
mod engagements;
mod facts;
mod feed;
mod holds;
mod idempotency;
mod imports;
mod memory;
mod office;
mod organizations;
mod queries;
mod reads;
mod references;
mod requests;
mod rows;
mod samples;
mod season;
mod setting;
mod texts;
mod trail;
mod transactions;
mod worlds;
mod writes;

use std::sync::Arc;

use org_kernel::audit::AuditTrail;
use org_kernel::event::EventFeed;
use org_kernel::id::OrgId;
use org_kernel::idempotency::KeptAnswers;

pub use bookings::*;
pub use checklists::*;
pub use contacts::*;
pub use engagements::*;
pub use feed::*;
pub use holds::*;
pub use idempotency::*;
pub use imports::*;
pub use organizations::*;
pub use reads::*;
pub use references::*;
pub use requests::*;
pub use season::*;
pub use trail::*;
pub use transactions::*;
pub use writes::*;

use crate::import::ImportStore;
use crate::library::Library;
use crate::transaction::Transactions;

/// A store that is put to the test. It is empty when it is made, and may be gone when it is dropped.
pub trait Subject {
    /// The store's reads, and its organizations.
    fn library(&self) -> Arc<dyn Library>;

    /// The store's imports.
    fn imports(&self) -> Arc<dyn ImportStore>;

    /// The store's writes.
    fn transactions(&self) -> Arc<dyn Transactions>;

    /// The store's audit trail.
    fn trail(&self) -> Arc<dyn AuditTrail>;

    /// The store's answers to requests that may come again.
    fn answers(&self) -> Arc<dyn KeptAnswers>;

    /// The store's events, as they are pulled.
    fn feed(&self) -> Arc<dyn EventFeed>;

    /// Dispatches every event that was committed, so that the feed has it.
    fn dispatch(&self);

    /// The payloads of all events that are stored for an organization, by the events' ids.
    fn payloads(&self, org: OrgId) -> Vec<String>;
}

/// Makes one `#[test]` of every promise; `$fresh` is a function that makes an empty store, a
/// [`Subject`](crate::contract::Subject).
#[macro_export]
macro_rules! store_contract {
    ($fresh:expr) => {
        $crate::store_contract! { $fresh =>
            a_slug_belongs_to_one_organization,
            an_organization_is_found_as_it_was_stored,
            an_organization_is_changed_and_told_of,
            an_organization_that_says_the_same_is_left_alone,
            who_saw_another_version_changes_nothing,
            of_those_who_change_an_organization_at_once_one_does,
            lists_are_what_the_queries_say,
            details_are_what_was_imported,
            nothing_of_another_organization_is_seen,
            records_are_stored_as_they_were_given,
            a_transaction_that_fails_leaves_nothing,
            a_rehearsal_leaves_nothing,
            a_file_that_is_not_kept_is_undone_alone,
            a_transaction_needs_an_organization,
            records_and_their_names_are_stored_once,
            keys_are_met_once_a_file,
            keys_lead_to_what_was_met_or_is_stored,
            a_record_refers_to_its_own_organization_only,
            a_second_import_changes_nothing,
            a_dry_run_counts_and_leaves_nothing,
            every_change_of_a_production_is_told_once,
            a_refused_file_leaves_nothing,
            imports_into_one_organization_wait_for_one_another,
            a_file_that_changes_something_is_noted_once,
            a_refused_write_leaves_nothing,
            a_write_that_is_rolled_back_leaves_nothing,
            a_write_that_fails_leaves_nothing,
            writes_of_one_transaction_are_kept_together,
            a_write_needs_an_organization,
            records_are_kept_as_they_were_given,
            only_ones_own_records_are_held,
            a_write_refers_to_its_own_organization_only,
            an_answer_is_kept_with_its_write,
            keys_are_told_apart_exactly,
            another_request_under_a_key_is_told,
            a_key_is_free_to_every_other_organization,
            an_answer_is_kept_until_its_time_is_over,
            a_key_whose_write_is_undone_is_free,
            an_answer_is_kept_once,
            of_twins_at_once_one_is_done,
            answers_are_forgotten_a_few_at_a_time,
            items_are_appended_at_the_end,
            items_belong_to_a_production,
            items_are_marked_under_their_production,
            an_item_is_told_of_when_it_becomes_done,
            items_appended_at_once_have_their_own_places,
            a_new_contact_is_noted,
            a_contact_is_replaced_whole,
            a_contact_that_says_the_same_is_left_alone,
            only_ones_own_contacts_are_replaced,
            an_imported_contact_keeps_its_name,
            a_request_is_told_as_it_is_stored,
            a_request_needs_a_member,
            a_request_goes_where_the_rule_says,
            only_ones_own_requests_are_moved,
            an_engagement_needs_a_production_and_a_contact,
            an_engagements_status_is_told_of_when_it_changes,
            a_booking_keeps_what_it_holds,
            a_new_production_is_told_as_it_is_stored,
            a_production_that_changes_is_told,
            a_service_that_changes_is_told,
            a_tour_that_changes_is_told,
            a_report_is_told_of_when_it_is_made,
            an_entry_is_read_as_it_was_noted,
            only_ones_own_entries_are_read,
            entries_come_in_order,
            pages_of_the_trail_neither_repeat_nor_skip,
            entries_are_read_since_a_time,
            entries_are_found_by_what_they_say,
            the_newest_entries_come_first_when_asked_for,
            events_are_fed_as_they_were_stored,
            the_feed_goes_on_where_it_was_left,
            pages_of_the_feed_neither_repeat_nor_skip,
            only_ones_own_events_are_fed,
            the_feed_has_only_what_was_committed,
        }
        $crate::booking_contract!($fresh);

        /// The promises about bookings once more, of those that are made briefly.
        mod brief_tests {
            use super::*;

            $crate::booking_contract!(|| $crate::contract::Briefly(($fresh)()));
        }
    };
    ($fresh:expr => $($promise:ident),+ $(,)?) => {
        $(
            #[test]
            fn $promise() {
                $crate::contract::$promise($fresh);
            }
        )+
    };
}

/// Makes one `#[test]` of every promise about bookings, for a store that does no more than book;
/// `$fresh` is a function that makes an empty one, a
/// [`BookingSubject`](crate::contract::BookingSubject).
#[macro_export]
macro_rules! booking_contract {
    ($fresh:expr) => {
        $crate::store_contract! { $fresh =>
            bookings_are_decided_as_the_rule_says,
            bookings_that_touch_do_not_conflict,
            a_booking_is_stored_as_it_was_told,
            of_many_conflicts_the_first_twenty_are_told,
            a_slot_is_told_up_to_a_years_wait,
            no_slot_is_told_beyond_a_years_wait,
            a_slot_at_the_ends_of_time_is_free,
            a_booking_is_cancelled_once,
            a_slot_that_was_cancelled_is_free,
            a_resource_that_is_not_available_is_refused,
            only_ones_own_resources_are_booked,
            only_ones_own_bookings_are_cancelled,
            of_bookings_that_race_one_is_made,
            of_cancellations_that_race_one_is_told,
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::InMemory;

    crate::store_contract!(Arc::<InMemory>::default);
}
