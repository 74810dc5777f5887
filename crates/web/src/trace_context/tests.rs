//! What is taken for the place in a trace, and what is given.

use actix_web::test::TestRequest;
use uuid::uuid;

use super::*;

const FRESH: Uuid = uuid!("01920000-0000-7000-8123-456789abcdef");
const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

fn of(sent: &[&str]) -> TraceContext {
    let mut request = TestRequest::default();
    for value in sent {
        request = request.append_header((TRACEPARENT, *value));
    }
    TraceContext::of(&request.to_srv_request(), FRESH)
}

#[test]
fn a_clients_trace_goes_on_in_a_span_of_ours() {
    let context = of(&[GOOD]);
    assert_eq!(
        context.to_header(),
        "00-0af7651916cd43dd8448eb211c80319c-8123456789abcdef-01"
    );
    let parent = context.parent().map(|span| span.to_string());
    assert_eq!(parent.as_deref(), Some("b7ad6b7169203331"));
    assert!(context.is_sampled());
}

#[test]
fn a_trace_is_begun_for_whoever_names_none() {
    let context = of(&[]);
    assert_eq!(
        context.to_header(),
        "00-01920000000070008123456789abcdef-8123456789abcdef-00"
    );
    assert_eq!(context.parent(), None);
    assert!(!context.is_sampled());
}

#[test]
fn a_later_version_is_read_as_far_as_it_is_known() {
    let trace = &GOOD[2..52];
    for (sent, flags) in [
        (format!("01{trace}-01"), 1),
        (format!("cc{trace}-01-what-the-future-brings"), 1),
        (format!("cc{trace}-01-"), 1),
        (format!("fe{trace}-fe"), 0),
    ] {
        let context = of(&[&sent]);
        assert_eq!(context.trace(), of(&[GOOD]).trace(), "{sent}");
        assert_eq!(context.flags, flags, "{sent}");
    }
}

#[test]
fn flags_that_mean_nothing_are_not_passed_on() {
    let sent = format!("{}ff", &GOOD[..53]);
    assert_eq!(of(&[&sent]).flags, SAMPLED | RANDOM);
}

#[test]
fn what_is_not_well_formed_begins_a_new_trace() {
    let begun = of(&[]);
    let bad = [
        "",
        "00",
        // Too long, for this version.
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-00",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
        // Never a version.
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        // Ids of zeros.
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        // Capitals, and what are no digits.
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
        "0X-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333.-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
        "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        // Other signs between them.
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
        "\u{e9}",
    ];
    for sent in bad {
        assert_eq!(of(&[sent]), begun, "{sent}");
    }
}

#[test]
fn two_headers_are_none() {
    assert_eq!(of(&[GOOD, GOOD]), of(&[]));
}
