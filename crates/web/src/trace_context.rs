//! The trace that a request is part of, as [W3C Trace Context](https://www.w3.org/TR/trace-context/)
//! says it: taken from the client, or begun here.
//!
//! `tracestate` is left alone: it is to be handed on with the trace, and nothing is called on behalf of
//! a request.

use std::fmt;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderName, HeaderValue};
use uuid::Uuid;

/// Where it is sent and answered.
pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Version 00 has this many characters; a later one begins with as many that mean the same.
const LENGTH: usize = 55;

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
        HeaderValue::from_str(&self.to_string()).expect("hexadecimal digits and hyphens")
    }
}

impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace, self.span, self.flags)
    }
}

impl TraceId {
    /// The id as the number that its digits are of.
    pub fn number(self) -> u128 {
        self.0
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl SpanId {
    /// The id as the number that its digits are of.
    pub fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
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
