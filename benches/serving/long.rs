//! Many requests of all sorts, one after the other, and what the server holds on to meanwhile.
//!
//! Most are cheap; some write, some are refused: without a key, with a broken one, past a limit, for what
//! is not there. They come in slices, each over connections of its own.

use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use time::macros::datetime;

use super::dice::Dice;
use super::median::median;
use super::process::Process;
use super::requests::{booking, get, post};
use super::wire::{Asking, ask};

/// How long a slice may take.
const PATIENCE: Duration = Duration::from_hours(1);

/// How many requests later a request has certainly been answered.
const LONG_AGO: u32 = 1000;

/// How long the server may take to notice that its clients have gone.
const NOTICING: Duration = Duration::from_millis(200);

/// An organization, with a key that may do much and things that are there.
#[derive(Clone, Debug)]
pub(crate) struct House {
    pub(crate) slug: String,
    pub(crate) key: String,
    pub(crate) production: String,
    pub(crate) resource: String,
}

#[derive(Clone, Debug)]
pub(crate) struct LongRun {
    pub(crate) houses: Vec<House>,
    /// A key of the first of them that may do little.
    pub(crate) limited: String,
    /// From when on the resources are free, in hours since 2026.
    pub(crate) first_hour: i64,
    pub(crate) requests: u32,
    /// How many requests go over one set of connections.
    pub(crate) slice: u32,
    pub(crate) connections: usize,
}

/// What the server held on to at one moment, with none of these clients connected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) at: Duration,
    pub(crate) requests: u32,
    /// Resident, in MB.
    pub(crate) memory: f64,
    pub(crate) descriptors: f64,
    pub(crate) threads: f64,
    /// To the database.
    pub(crate) connections: f64,
}

impl LongRun {
    /// Sends all, and answers what was seen after each slice; fails when an answer is wrong.
    pub(crate) fn go(
        &self,
        server: &Process,
        mut connections: impl FnMut() -> i64,
        told: impl Fn(&Sample),
    ) -> Vec<Sample> {
        let began = Instant::now();
        let mut samples = Vec::new();
        for first in (0..self.requests).step_by(self.slice as usize) {
            let requests = Requests {
                run: self.clone(),
                dice: Dice::seeded(first.into()),
                next: first,
                end: self.requests.min(first + self.slice),
            };
            let answers = ask(&server.address, self.connections, PATIENCE, requests);
            assert!(answers.wrong.is_empty(), "{}", answers.wrong.join("\n\n"));
            server.rotate();
            thread::sleep(NOTICING);
            let sample = Sample {
                at: began.elapsed(),
                requests: self.requests.min(first + self.slice),
                memory: server.memory(),
                descriptors: server.descriptors(),
                threads: server.threads(),
                connections: u32::try_from(connections()).expect("a few").into(),
            };
            told(&sample);
            samples.push(sample);
        }
        samples
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            requests,
            memory,
            descriptors,
            threads,
            connections,
            ..
        } = self;
        let seconds = self.at.as_secs();
        write!(
            f,
            "{requests:>9} requests, {seconds:>5} s: {memory:.1} MB, {descriptors} files and sockets, \
             {threads} threads, {connections} connections to the database"
        )
    }
}

/// The medians of the first and of the last quarter of what was seen once `warm` was over.
pub(crate) fn quarters(samples: &[Sample], warm: Duration) -> [Sample; 2] {
    let seen: Vec<_> = samples
        .iter()
        .filter(|sample| sample.at >= warm)
        .copied()
        .collect();
    assert!(seen.len() >= 4, "the run was too short to tell");
    let quarter = seen.len() / 4;
    [&seen[..quarter], &seen[seen.len() - quarter..]].map(|some| {
        let of = |figure: fn(&Sample) -> f64| median(some.iter().map(figure).collect());
        Sample {
            memory: of(|sample| sample.memory),
            descriptors: of(|sample| sample.descriptors),
            threads: of(|sample| sample.threads),
            connections: of(|sample| sample.connections),
            ..some[0]
        }
    })
}

/// One slice.
struct Requests {
    run: LongRun,
    dice: Dice,
    next: u32,
    end: u32,
}

impl Asking for Requests {
    fn next(&mut self, request: &mut Vec<u8>) -> Option<&'static [u16]> {
        if self.next >= self.end {
            return None;
        }
        let number = self.next;
        self.next += 1;
        let houses = u32::try_from(self.run.houses.len()).expect("a few");
        let house = &self.run.houses[self.dice.below(houses) as usize];
        let read =
            |request: &mut Vec<u8>, path: &str, key: &str| get(request, &house.slug, path, key);
        let right: &[u16] = match self.dice.below(100) {
            0..30 => {
                request.extend_from_slice(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n");
                &[200]
            }
            30..60 => {
                read(
                    request,
                    &format!("/productions/{}", house.production),
                    &house.key,
                );
                &[200]
            }
            60..80 => {
                read(request, "/productions?limit=1", &house.key);
                &[200]
            }
            80..85 => {
                read(request, "/nowhere", &house.key);
                &[404]
            }
            85..90 => {
                read(
                    request,
                    "/productions/prod_00000000000000000000000000",
                    &house.key,
                );
                &[404]
            }
            90..93 => {
                read(request, "/works", "");
                &[401]
            }
            93..95 => {
                get(
                    request,
                    &self.run.houses[0].slug,
                    "/works",
                    &self.run.limited,
                );
                &[200, 429]
            }
            95..96 => {
                read(request, "/works", "abo_org_broken");
                &[401, 429]
            }
            96..99 => {
                self.book(request, number);
                &[201]
            }
            // What was answered long ago; if it was no booking, it is one now. Another client may be at it.
            _ => {
                let ago = LONG_AGO + self.dice.below(200);
                self.book(request, number.checked_sub(ago).unwrap_or(number));
                &[201, 409]
            }
        };
        Some(right)
    }
}

impl Requests {
    /// Each number is a booking of its own, and always the same.
    fn book(&self, request: &mut Vec<u8>, number: u32) {
        let houses = u32::try_from(self.run.houses.len()).expect("a few");
        let house = &self.run.houses[(number % houses) as usize];
        let hour = self.run.first_hour + i64::from(number / houses);
        let start = datetime!(2026-01-01 00:00 UTC) + time::Duration::hours(hour);
        let name = format!("long-{}-{number}", self.run.first_hour);
        let body = booking(&house.resource, start);
        post(
            request,
            &house.slug,
            ("/resource-bookings", &body),
            &house.key,
            &name,
        );
    }
}
