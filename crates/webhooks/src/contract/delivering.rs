//! The promises of the ports that deliveries go through, as tests that run on any store.
//!
//! A ground is that of the endpoints' promises with the four ports beside it, all of one store, and a
//! way to tell of an event as a write does. Times are set by each promise: what is due is due at the time
//! that a claim names, so nothing here waits.

mod claims;
mod dispatch;
mod figures;
mod leases;
mod listing;
mod records;
mod resending;
mod rounds;
mod scene;
mod tests_of_endpoints;

use org_kernel::event::Event;
use org_kernel::id::{EventId, OrgId};

pub use claims::*;
pub use dispatch::*;
pub use figures::*;
pub use leases::*;
pub use listing::*;
pub use records::*;
pub use resending::*;
pub use rounds::*;
pub use tests_of_endpoints::*;

use super::Ground;
use crate::delivery_log::DeliveryLog;
use crate::fan_out::FanOutStore;
use crate::figures::DeliveryFigures;
use crate::outgoing::Outgoing;

/// What one promise about deliveries is tested on.
pub trait DeliveryGround: Ground {
    /// Where events wait.
    fn fan_out(&self) -> &dyn FanOutStore;

    /// What is due.
    fn outgoing(&self) -> &dyn Outgoing;

    /// The log.
    fn log(&self) -> &dyn DeliveryLog;

    /// What is counted of it.
    fn figures(&self) -> &dyn DeliveryFigures;

    /// Stores an event as a write of the organization does, with the endpoints that are enabled and
    /// subscribed now.
    fn tell(&self, org: OrgId, event: Event);

    /// Does what [`tell`](Self::tell) does, but commits only when what it answers is called.
    fn tell_later<'a>(&'a self, org: OrgId, event: Event) -> Box<dyn FnOnce() + 'a>;

    /// The events of an organization that have positions, in their order.
    fn feed(&self, org: OrgId) -> Vec<EventId>;
}

/// Makes one `#[test]` of every promise about deliveries; `$fresh` is a function that makes a
/// [`DeliveryGround`](crate::contract::delivering::DeliveryGround).
#[macro_export]
macro_rules! delivery_contract {
    ($fresh:expr) => {
        $crate::delivery_contract! { $fresh =>
            an_event_is_delivered_once_to_each_endpoint_that_heard_of_it,
            who_hears_of_an_event_is_decided_when_it_is_told,
            an_endpoint_that_was_deleted_is_passed_over,
            an_event_that_nobody_hears_of_is_dispatched,
            a_deleted_endpoint_takes_its_deliveries_along,
            what_is_not_signed_is_stored_without_headers,
            a_batch_ends_before_it_makes_too_many_deliveries,
            a_batch_has_all_that_is_needed_to_sign,
            an_event_that_is_committed_late_comes_later,
            a_worker_passes_by_where_another_one_is,
            of_two_workers_at_once_neither_repeats_the_other,
            events_that_nobody_hears_of_are_placed_together,
            nothing_is_placed_where_another_worker_is,
            the_backlog_names_whose_events_wait,
            a_claim_has_all_that_is_needed_to_send,
            only_what_is_due_is_claimed,
            an_endpoint_gets_the_longest_due_up_to_its_limit,
            a_claim_takes_no_more_than_it_may,
            deliveries_of_a_disabled_endpoint_wait,
            of_two_senders_at_once_each_has_its_own,
            a_lease_that_ends_is_an_attempt_that_was_interrupted,
            an_attempt_that_was_recorded_is_not_interrupted,
            an_answer_that_comes_too_late_is_only_logged,
            what_is_recorded_twice_is_recorded_once,
            a_success_ends_a_delivery,
            a_failure_moves_a_delivery_in_its_schedule,
            the_last_failure_exhausts_a_delivery,
            an_attempt_that_was_not_signed_leaves_the_headers,
            what_is_gone_is_passed_over,
            an_endpoint_fails_from_a_failure_to_a_success,
            a_fault_of_the_senders_is_no_failure_of_the_endpoint,
            whatever_a_receiver_answers_is_logged,
            a_delivery_that_is_resent_begins_again,
            what_was_never_sent_is_sent_when_it_is_resent,
            what_is_resent_in_flight_is_sent_once_more,
            only_ones_own_deliveries_are_resent,
            a_replay_goes_on_in_parts,
            a_replay_is_begun_once,
            what_a_replay_would_send_is_counted,
            a_replay_takes_what_is_in_flight,
            only_ones_own_endpoints_are_replayed,
            deliveries_are_listed_the_oldest_first,
            deliveries_are_listed_the_newest_first,
            deliveries_are_listed_by_type_and_time,
            deliveries_are_listed_with_what_is_sent,
            deliveries_are_listed_by_endpoint_and_status,
            only_ones_own_deliveries_are_read,
            old_deliveries_are_forgotten,
            what_is_still_to_be_sent_is_not_forgotten,
            attempts_are_forgotten_with_their_delivery,
            deliveries_are_counted_by_hour_and_status,
            the_newest_delivery_to_each_endpoint_is_known,
            only_ones_own_deliveries_are_counted,
            a_test_is_logged,
            a_test_is_never_sent,
            only_ones_own_endpoints_are_tested,
        }
    };
    ($fresh:expr => $($promise:ident),+ $(,)?) => {
        $(
            #[test]
            fn $promise() {
                $crate::contract::delivering::$promise(&$fresh());
            }
        )+
    };
}
