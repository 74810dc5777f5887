//! The trace that a request is part of, as [W3C Trace Context](https://www.w3.org/TR/trace-context/)
//! says it: taken from the client, or begun here.
//!
//! `tracestate` is left alone: it is to be handed on with the trace, and nothing is called on behalf of
//! a request.

use std::fmt;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderName, HeaderValue};
use uuid::Uuid;
use uuid::fmt::Simple;

/// Where it is sent and answered.
pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Version 00 has this many characters; a later one begins with as many that mean the same.
const LENGTH: usize = 55;

/// How many digits a span's id has.
const SPAN_DIGITS: usize = 16;

/// The client may have recorded the trace.
const SAMPLED: u8 = 0b01;

/// The end of the trace's id is random.
const RANDOM: u8 = 0b10;

/// A request's place in a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceContext {
    trace: TraceId,
    span: SpanId,
    parent: Option<SpanId>,
    flags: u8,
}

/// The id of a trace, shown as 32 hexadecimal digits; never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceId(u128);

/// The id of a span, shown as 16 hexadecimal digits; never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanId(u64);

impl TraceContext {
    /// A span of the trace that the request names, if it names one and does so well; else the first span
    /// of a new trace. The new ids are made of `fresh`, an id that was never given before.
    pub fn of(request: &ServiceRequest, fresh: Uuid) -> Self {
        let mut sent = request.headers().get_all(TRACEPARENT);
        let caller = match (sent.next(), sent.next()) {
            (Some(value), None) => Caller::parse(value.as_bytes()),
            _ => None,
        };
        // A UUID's variant is not zero, and so neither half of one is.
        let (_, span) = fresh.as_u64_pair();
        Self {
            trace: caller
                .as_ref()
                .map_or(TraceId(fresh.as_u128()), |caller| caller.trace),
            span: SpanId(span),
            parent: caller.as_ref().map(|caller| caller.span),
            flags: caller.map_or(0, |caller| caller.flags),
        }
    }

    /// The trace.
    pub fn trace(&self) -> TraceId {
        self.trace
    }

    /// The request's own span.
    pub fn span(&self) -> SpanId {
        self.span
    }

    /// The client's span, if the client began the trace or is part of it.
    pub fn parent(&self) -> Option<SpanId> {
        self.parent
    }

    /// Whether the client says that the trace is recorded.
    pub fn is_sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }

    /// As the value of a header, for whoever is to go on from the request's span.
    #[expect(clippy::missing_panics_doc, reason = "it never does")]
    pub fn to_header(&self) -> HeaderValue {
        let flags = digits(self.flags.into());
        let mut text = [b'-'; LENGTH];
        text[..2].copy_from_slice(b"00");
        text[3..35].copy_from_slice(&digits(self.trace.0));
        text[36..52].copy_from_slice(&self.span.digits());
        text[53..].copy_from_slice(&flags[flags.len() - 2..]);
        HeaderValue::from_bytes(&text).expect("hexadecimal digits and hyphens")
    }
}

/// The 32 hexadecimal digits of a number.
fn digits(number: u128) -> [u8; Simple::LENGTH] {
    let mut digits = [0; Simple::LENGTH];
    Uuid::from_u128(number).simple().encode_lower(&mut digits);
    digits
}

/// Writes digits as text.
fn show(digits: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(str::from_utf8(digits).map_err(|_| fmt::Error)?)
}

impl TraceId {
    /// The id as the number that its digits are of.
    pub fn number(self) -> u128 {
        self.0
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&digits(self.0), f)
    }
}

impl SpanId {
    /// The id as the number that its digits are of.
    pub fn number(self) -> u64 {
        self.0
    }

    fn digits(self) -> [u8; SPAN_DIGITS] {
        let mut last = [0; SPAN_DIGITS];
        last.copy_from_slice(&digits(self.0.into())[Simple::LENGTH - SPAN_DIGITS..]);
        last
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.digits(), f)
    }
}

/// What a client says of the trace that it is part of.
#[derive(Debug, PartialEq, Eq)]
struct Caller {
    trace: TraceId,
    span: SpanId,
    flags: u8,
}

impl Caller {
    /// `None` for what the recommendation has everybody ignore.
    fn parse(value: &[u8]) -> Option<Self> {
        let (known, rest) = value.split_at_checked(LENGTH)?;
        let hyphens = [2, 35, 52].iter().all(|place| known[*place] == b'-');
        let version = u8::try_from(hexadecimal(&known[..2])?).ok()?;
        let whole = match version {
            0 => rest.is_empty(),
            0xff => false,
            _ => rest.is_empty() || rest.starts_with(b"-"),
        };
        if !hyphens || !whole {
            return None;
        }
        // What a later version means by other flags is not known.
        let passed_on = if version == 0 {
            SAMPLED | RANDOM
        } else {
            SAMPLED
        };
        let flags = u8::try_from(hexadecimal(&known[53..])?).ok()?;
        let trace = hexadecimal(&known[3..35]).filter(|id| *id != 0)?;
        let span = hexadecimal(&known[36..52]).filter(|id| *id != 0)?;
        Some(Self {
            trace: TraceId(trace),
            span: SpanId(u64::try_from(span).ok()?),
            flags: flags & passed_on,
        })
    }
}

/// The number that is written in these digits, of which the letters have to be small.
fn hexadecimal(digits: &[u8]) -> Option<u128> {
    digits.iter().try_fold(0, |number, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(number << 4 | u128::from(value))
    })
}

#[cfg(test)]
mod tests;
