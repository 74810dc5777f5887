//! The promises of [`TrafficStore`](super::TrafficStore).

use std::thread;

use org_kernel::hour::Hour;
use org_kernel::id::OrgId;

use super::{OrgHour, Traffic};
use crate::contract::{Promise, Scene, minute, new_id};
use crate::traffic::Histogram;

pub(crate) const PROMISES: &[Promise] = &[
    traffic_adds_up_for_each_organization_and_hour,
    traffic_is_read_from_an_hour_on,
    traffic_of_an_unknown_organization_is_passed_over,
    two_servers_add_at_once,
    old_traffic_is_forgotten_and_nothing_else,
];

/// Hour `number` after the first one.
fn hour(number: i64) -> Hour {
    Hour::of(minute(60 * number))
}

/// So much of everything that each figure is told from the others.
fn traffic(times: u64) -> Traffic {
    let mut counts = [0; Histogram::BUCKETS];
    for (count, number) in counts.iter_mut().zip(1..) {
        *count = number * times;
    }
    counts[0] = 3_000_000_000 * times;
    Traffic {
        refused: 3 * times,
        failed: 4 * times,
        limited: 5 * times,
        took: Histogram::from_counts(&counts).expect("all buckets"),
    }
}

fn had(org: OrgId, number: i64, times: u64) -> OrgHour {
    OrgHour {
        org,
        hour: hour(number),
        traffic: traffic(times),
    }
}

fn add(scene: &Scene<'_>, hours: &[OrgHour]) {
    scene.store.add_traffic(hours).expect("added");
}

fn since(scene: &Scene<'_>, org: OrgId, number: i64) -> Vec<(Hour, Traffic)> {
    let read = scene.store.traffic(org, hour(number));
    read.expect("the store answers")
}

fn traffic_adds_up_for_each_organization_and_hour(scene: &Scene<'_>) {
    let [here, there] = [scene.here.id, scene.there.id];
    add(scene, &[]);
    add(scene, &[had(here, 1, 2), had(there, 0, 3), had(here, 0, 1)]);
    add(scene, &[had(here, 0, 7), had(here, 1, 5)]);
    let expected = [(hour(0), traffic(8)), (hour(1), traffic(7))];
    assert_eq!(since(scene, here, 0), expected);
    assert_eq!(since(scene, there, 0), [(hour(0), traffic(3))]);
    assert_eq!(since(scene, new_id(), 0), []);
}

fn traffic_is_read_from_an_hour_on(scene: &Scene<'_>) {
    let here = scene.here.id;
    for number in [2, 0, 1] {
        add(scene, &[had(here, number, 1)]);
    }
    let hours = |number| -> Vec<_> {
        let read = since(scene, here, number).into_iter();
        read.map(|(hour, _)| hour).collect()
    };
    assert_eq!(hours(1), [hour(1), hour(2)]);
    assert_eq!(hours(3), []);
}

fn traffic_of_an_unknown_organization_is_passed_over(scene: &Scene<'_>) {
    let (nowhere, here) = (new_id(), scene.here.id);
    add(scene, &[had(nowhere, 0, 1), had(here, 0, 1)]);
    assert_eq!(since(scene, here, 0), [(hour(0), traffic(1))]);
    assert_eq!(since(scene, nowhere, 0), []);
}

/// Nothing is lost, and neither waits for the other in a circle, whatever the order they name hours in.
fn two_servers_add_at_once(scene: &Scene<'_>) {
    let there_and_back: Vec<_> = (0..20)
        .map(|number| had(scene.here.id, number, 1))
        .collect();
    let mut back = there_and_back.clone();
    back.reverse();
    thread::scope(|servers| {
        for hours in [&there_and_back, &back] {
            servers.spawn(move || {
                for _ in 0..10 {
                    add(scene, hours);
                }
            });
        }
    });
    let stored = since(scene, scene.here.id, 0);
    assert_eq!(stored.len(), 20);
    assert!(stored.iter().all(|(_, stored)| *stored == traffic(20)));
}

fn old_traffic_is_forgotten_and_nothing_else(scene: &Scene<'_>) {
    let [here, there] = [scene.here.id, scene.there.id];
    for org in [here, there] {
        add(scene, &[had(org, 0, 1), had(org, 1, 1), had(org, 2, 1)]);
    }
    let forget = |most| {
        let before = hour(2).begins();
        let forgotten = scene.store.forget_traffic_before(before, most);
        forgotten.expect("forgotten")
    };
    assert_eq!([forget(3), forget(3), forget(3)], [3, 1, 0]);
    for org in [here, there] {
        assert_eq!(since(scene, org, 0), [(hour(2), traffic(1))]);
    }
}
