//! The trail's page and its file, over stores in memory.

mod choosing;
mod file;
mod objects;
mod page;

use std::sync::Arc;

use org_domain::transaction::{End, Transactions};
use org_kernel::actor::Actor;
use org_kernel::audit::{Change, Origin};
use org_kernel::id::{ContactId, Id, OrgId};
use org_kernel::instant::Instant;
use time::Duration;
use uuid::Uuid;

use crate::testing::{NOW, World};

/// A contact, by a number.
fn contact(number: u64) -> ContactId {
    Id::new(Uuid::from_u64_pair(0xc0_4a_c7, number))
}

/// So many minutes before the test takes place.
fn ago(minutes: u64) -> Instant {
    let now: Instant = NOW.parse().expect("an instant");
    now.saturating_add(-Duration::minutes(minutes.cast_signed()))
}

/// A change that was made so many minutes ago, by whose number it is told.
fn change(minutes: u64, action: &'static str) -> Change {
    let id = Uuid::from_u64_pair(0xe4_72, minutes);
    Change::new(id, ago(minutes), action, contact(minutes))
}

fn note(world: &World, org: OrgId, actor: Actor, changes: &[Change]) {
    let origin = Origin {
        actor,
        request: None,
    };
    let store: Arc<dyn Transactions> = world.domain.clone();
    let noted = store.transact(org, &origin, &mut |tx| {
        for change in changes {
            tx.note(change.clone())?;
        }
        Ok(End::Commit)
    });
    noted.expect("a store that answers");
}
