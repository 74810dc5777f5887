//! The promises of [`UsageStore`](super::UsageStore).

use org_kernel::id::KeyId;
use time::{Date, Duration};

use super::{KeyDay, Tally};
use crate::contract::{Promise, Scene, minute, new_id, plain_key};

pub(crate) const PROMISES: &[Promise] = &[
    what_is_added_adds_up_for_each_key_and_day,
    an_unknown_key_is_passed_over,
    the_days_of_one_key_are_read_from_a_day_on,
];

fn day(number: i64) -> Date {
    let first = minute(0).to_utc().date();
    first + Duration::days(number)
}

/// So much of everything that each figure is told from the others.
fn tally(times: u64) -> Tally {
    Tally {
        reads: 3_000_000_000 * times,
        writes: 20 * times,
        refused: 3 * times,
        failed: 4 * times,
        limited: 5 * times,
    }
}

fn used(key: KeyId, number: i64, times: u64) -> KeyDay {
    KeyDay {
        key,
        day: day(number),
        tally: tally(times),
    }
}

fn add(scene: &Scene<'_>, days: &[KeyDay]) {
    scene.store.add(days).expect("added");
}

fn what_is_added_adds_up_for_each_key_and_day(scene: &Scene<'_>) {
    let [one, other, theirs] = [(&scene.here, 1), (&scene.here, 2), (&scene.there, 3)]
        .map(|(org, number)| scene.insert(plain_key(org, number)).id);
    add(scene, &[]);
    add(
        scene,
        &[used(other, 0, 1), used(one, 1, 2), used(theirs, 0, 3)],
    );
    add(
        scene,
        &[used(one, 1, 5), used(one, 0, 7), used(other, 0, 1)],
    );
    let since = |org, number| scene.store.of(org, day(number)).expect("the store answers");
    let mut first_day = [used(one, 0, 7), used(other, 0, 2)];
    first_day.sort_by_key(|day| day.key);
    let [first, second] = first_day;
    assert_eq!(since(scene.here.id, 0), [first, second, used(one, 1, 7)]);
    assert_eq!(since(scene.here.id, 1), [used(one, 1, 7)]);
    assert_eq!(since(scene.there.id, 0), [used(theirs, 0, 3)]);
    assert_eq!(since(new_id(), 0), []);
}

fn an_unknown_key_is_passed_over(scene: &Scene<'_>) {
    let key = scene.insert(plain_key(&scene.here, 1)).id;
    add(scene, &[used(new_id(), 0, 1), used(key, 0, 1)]);
    let stored = scene.store.of(scene.here.id, day(0));
    let stored = stored.expect("the store answers");
    assert_eq!(stored, [used(key, 0, 1)]);
}

fn the_days_of_one_key_are_read_from_a_day_on(scene: &Scene<'_>) {
    let [key, other] = [1, 2].map(|number| scene.insert(plain_key(&scene.here, number)).id);
    add(
        scene,
        &[used(key, 2, 1), used(key, 0, 2), used(other, 1, 3)],
    );
    add(scene, &[used(key, 1, 4)]);
    let since = |org, key, number| {
        let days = scene.store.of_key(org, key, day(number));
        days.expect("the store answers")
    };
    let here = scene.here.id;
    assert_eq!(since(here, key, 1), [used(key, 1, 4), used(key, 2, 1)]);
    assert_eq!(since(here, key, 3), []);
    assert_eq!(since(scene.there.id, key, 0), [], "it is not theirs");
}
