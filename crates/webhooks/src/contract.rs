//! The promises of this crate's ports for endpoints, as tests that run on any store.
//!
//! Whoever writes a store implements [`Ground`] for it and calls
//! [`endpoint_contract!`](crate::endpoint_contract) in a test; each promise becomes one `#[test]`. The
//! same suite runs on the store in memory, which is what keeps that one honest.
#![expect(
    clippy::missing_panics_doc,
    reason = "a promise that is broken panics; that is how a test fails"
)]

pub mod delivering;
mod edits;
mod races;
mod resealing;
mod scene;
mod secrets;
mod storing;

use org_kernel::audit::AuditTrail;
use org_kernel::id::OrgId;

pub use edits::*;
pub use races::*;
pub use resealing::*;
pub use secrets::*;
pub use storing::*;

use crate::endpoint_store::EndpointStore;
use crate::sealed_secrets::SealedSecrets;

/// What one promise is tested on.
///
/// Whatever the ground needs to stay alive for (a database, say) lives as long as the ground does.
pub trait Ground {
    /// The store, in which there is no endpoint yet.
    fn store(&self) -> &dyn EndpointStore;

    /// The secrets in it, all at once.
    fn sealed_secrets(&self) -> &dyn SealedSecrets;

    /// Where the trail is read that the store writes to.
    fn trail(&self) -> &dyn AuditTrail;

    /// Two organizations that exist in the store.
    fn orgs(&self) -> [OrgId; 2];
}

/// Makes one `#[test]` of every promise; `$fresh` is a function that makes a
/// [`Ground`](crate::contract::Ground).
#[macro_export]
macro_rules! endpoint_contract {
    ($fresh:expr) => {
        $crate::endpoint_contract! { $fresh =>
            an_endpoint_is_found_as_it_was_stored,
            an_unknown_organization_gets_no_endpoint,
            an_endpoint_is_stored_once,
            endpoints_are_listed_in_the_order_of_their_making,
            an_edit_is_kept_with_its_entry,
            an_edit_that_makes_nothing_leaves_nothing,
            an_edit_that_fails_leaves_nothing,
            a_deleted_endpoint_is_gone_with_its_secrets,
            a_deletion_that_fails_leaves_nothing,
            only_ones_own_endpoints_are_met,
            a_rotation_leaves_the_secret_before_it_for_its_time,
            a_second_rotation_ends_the_oldest_secret,
            a_rotation_that_names_another_secret_is_refused,
            rotating_one_endpoint_leaves_the_others,
            of_two_rotations_at_once_each_has_its_turn,
            of_two_who_replace_one_secret_at_once_one_does,
            of_two_who_make_one_endpoint_at_once_one_does,
            of_two_who_disable_at_once_one_does,
            edits_at_once_do_not_undo_one_another,
            no_edit_and_no_rotation_outlives_a_deletion,
            what_secrets_are_sealed_under_is_known,
            a_secret_under_another_key_is_not_taken,
            when_the_last_secret_is_gone_any_key_will_do,
            of_two_first_secrets_at_once_the_key_of_one_is_taken,
            every_secret_is_resealed_and_told,
            a_resealing_that_fails_leaves_nothing,
            no_secret_slips_by_a_resealing,
            a_resealing_that_has_begun_is_waited_for,
        }
    };
    ($fresh:expr => $($promise:ident),+ $(,)?) => {
        $(
            #[test]
            fn $promise() {
                $crate::contract::$promise(&$fresh());
            }
        )+
    };
}
