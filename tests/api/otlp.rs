//! Traces leave the program if it was built for that, and are refused otherwise.

#[cfg(feature = "otlp")]
mod collector;

#[cfg(not(feature = "otlp"))]
#[test]
fn a_program_that_cannot_send_traces_says_so_beside_what_else_is_wrong() {
    let output = crate::command::program()
        .args(["serve", "--listen", "nowhere"])
        .args(["--otlp-endpoint", "http://127.0.0.1:4318"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    for line in [
        "setting `listen`: must be ",
        "setting `otlp_endpoint`: this program was built without the feature `otlp`",
    ] {
        assert!(said.lines().any(|said| said.starts_with(line)), "{said}");
    }
}

/// What is sent last waits for the server to stop.
#[cfg(feature = "otlp")]
#[test]
fn a_collector_gets_the_span_of_a_request_in_the_trace_of_its_client() {
    use crate::world::World;

    const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;
    const PARENT: u64 = 0xb7ad_6b71_6920_3331;

    let collector = collector::Collector::start();
    let endpoint = format!("http://{}", collector.address());
    let world = World::served_with(&["--otlp-endpoint", &endpoint]);
    let (path, key) = (world.path("/works"), world.here.key.as_str());
    let sent = |flags: &str| format!("00-{TRACE:032x}-{PARENT:016x}-{flags}");
    for (path, flags) in [(path.as_str(), "01"), ("/healthz", "00")] {
        let answer = world
            .client
            .get_saying(path, key, &[("traceparent", &sent(flags))]);
        assert_eq!(answer.status, 200);
    }
    world.server.signal(rustix::process::Signal::TERM);
    let posted = collector.next();
    assert_eq!(posted.path, "/v1/traces");
    let holds = |bytes: &[u8]| posted.body.windows(bytes.len()).any(|part| part == bytes);
    assert!(holds(&TRACE.to_be_bytes()), "the client's trace");
    assert!(holds(&PARENT.to_be_bytes()), "the client's span");
    for text in [
        "GET /api/org/v1/{slug}/works",
        "http.request.method",
        "http.route",
        "http.response.status_code",
    ] {
        assert!(holds(text.as_bytes()), "{text}");
    }
    assert!(!holds(b"/healthz"), "a trace that is not sampled");
    for private in [key, world.here.slug] {
        assert!(!holds(private.as_bytes()), "{private}");
    }
}
