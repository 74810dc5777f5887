//! The programs of a file, one at a time.

use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;

use org_domain::import::{Flaw, Unreadable};
use org_kernel::json::Noted;
use serde::Deserialize as _;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;

use super::bounded::{Bounded, Place};
use super::program::Program;

/// One member of the list `programs`.
pub(super) struct Found {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// How many bytes of the file lie behind it.
    pub(super) read: u64,
    content: Noted,
}

impl Found {
    /// The program, if that is what it is.
    pub(super) fn program(&self) -> Result<Program, Vec<Flaw>> {
        let flaw = |field: Option<String>, message: &str| {
            let message = message.to_owned();
            Err(vec![Flaw { field, message }])
        };
        match (&self.content.value, &self.content.twice) {
            (_, Some(name)) => flaw(Some(name.clone()), "stands twice in one object"),
            (Value::Object(object), None) => Program::read(object),
            _ => flaw(None, "must be an object"),
        }
    }
}

type Take<'a> = dyn FnMut(Found) -> ControlFlow<()> + 'a;

/// Hands over every program in order, until `take` breaks off; answers how many bytes were read.
pub(super) fn each_program(reader: impl Read, take: &mut Take<'_>) -> Result<u64, Unreadable> {
    let place = Place::start();
    let bounded = Bounded {
        inner: reader,
        place: &place,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(bounded);
    let mut walk = Walk {
        place: &place,
        take,
        stopped: false,
        met: false,
    };
    let outcome = deserializer.deserialize_map(&mut walk);
    let (stopped, met) = (walk.stopped, walk.met);
    let outcome = outcome.and_then(|()| deserializer.end());
    match outcome {
        Ok(()) if met => Ok(place.read()),
        Ok(()) => Err(no_archive(&place, "there is no list `programs`")),
        Err(_) if stopped => Ok(place.read()),
        Err(error) if error.is_io() => Err(Unreadable {
            line: Some(place.line()),
            message: format!("could not be read: {}", told(&error)),
        }),
        Err(error) => Err(no_archive(&place, &told(&error))),
    }
}

fn no_archive(place: &Place, why: &str) -> Unreadable {
    Unreadable {
        line: Some(place.line()),
        message: format!("is not a file of the New York Philharmonic's archive: {why}"),
    }
}

/// What the parser says, without the place: the line is told apart.
fn told(error: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", error.line(), error.column());
    error.to_string().trim_end_matches(&place).to_owned()
}

/// A way through the file.
struct Walk<'a, 'b> {
    place: &'a Place,
    take: &'a mut Take<'b>,
    /// True once `take` broke off; the error that ends the walk then is no error.
    stopped: bool,
    /// True once the list was met.
    met: bool,
}

impl<'de> Visitor<'de> for &mut Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list `programs`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "programs" {
                self.met = true;
                map.next_value_seed(Programs(self))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Programs<'a, 'b, 'c>(&'a mut Walk<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Programs<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Programs<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of programs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(found) = seq.next_element_seed(One(self.0.place))? {
            if (self.0.take)(found).is_break() {
                self.0.stopped = true;
                return Err(A::Error::custom("nobody takes more"));
            }
            self.0.place.mark();
        }
        Ok(())
    }
}

/// One program. The parser looks one byte ahead, so that the line is that of its first byte.
struct One<'a>(&'a Place);

impl<'de> DeserializeSeed<'de> for One<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        let line = self.0.line();
        let content = Noted::deserialize(deserializer)?;
        Ok(Found {
            line,
            read: self.0.read(),
            content,
        })
    }
}
