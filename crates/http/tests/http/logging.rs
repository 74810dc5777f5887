//! What the log tells of a request.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use org_http::Settings;
use org_web::Bounds;

use crate::broken::{Health, SECRET};
use crate::world::World;

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

#[actix_web::test]
async fn one_line_tells_of_a_request_and_no_secret_is_in_it() {
    let world = World::new();
    world.library.falls(Health::Failing);
    let lines = world
        .logged(
            world
                .request("/works?q=confidential")
                .insert_header(("x-request-id", "mine"))
                .insert_header(("traceparent", format!("00-{TRACE}-b7ad6b7169203331-00"))),
        )
        .await;
    let [request, failure] = lines.as_slice() else {
        panic!("two lines: {lines:?}")
    };
    let fields = &request["fields"];
    assert!(fields["duration_ms"].is_number(), "{request}");
    assert_eq!(fields["trace_id"], TRACE, "{request}");
    let told = [
        "message",
        "method",
        "route",
        "status",
        "request_id",
        "organization",
        "key",
    ]
    .map(|name| fields[name].to_string());
    let expected = [
        "\"request\"",
        "\"GET\"",
        "\"/api/org/v1/{slug}/works\"",
        "500",
        "\"mine\"",
    ];
    assert_eq!(told[..5], expected);
    assert!(
        told[5].starts_with("\"org_") && told[6].starts_with("\"key_"),
        "{told:?}"
    );
    assert_eq!(
        (&failure["level"], &failure["fields"]["request_id"]),
        (&"ERROR".into(), &"mine".into())
    );
    assert_eq!(
        failure["fields"]["error"],
        format!("the store failed: {SECRET}")
    );
    let all = format!("{lines:?}");
    assert!(
        !all.contains("abo_org_") && !all.contains("confidential"),
        "{all}"
    );
}

#[actix_web::test]
async fn a_request_for_nothing_leaves_nothing_of_its_path_in_the_log() {
    let world = World::new();
    let lines = world
        .logged(TestRequest::with_uri("/abo_org_somebodys-key"))
        .await;
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (&lines[0]["fields"]["route"], &lines[0]["fields"]["status"]),
        (&"none".into(), &404.into())
    );
    assert!(!format!("{lines:?}").contains("somebody"));
}

#[actix_web::test]
async fn a_panic_is_told_to_the_log_and_harms_nobody_else() {
    let world = World::new();
    world.library.falls(Health::Panicking);
    let lines = world.logged(world.request("/tours")).await;
    assert_eq!(lines[0]["fields"]["status"], 500);
    let cause = format!("the work panicked: {SECRET}");
    assert_eq!(lines[1]["fields"]["error"], cause, "{lines:?}");
    world.library.falls(Health::Well);
    assert_eq!(world.get("/tours").await.status, 200);
}

#[actix_web::test]
async fn a_method_that_somebody_made_up_is_not_in_the_log() {
    let method = "X".repeat(5000);
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let world = World::new();
    let request = TestRequest::with_uri("/healthz").method(method);
    let lines = world.logged(request).await;
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert_eq!(lines[0]["fields"]["method"], "other");
}

/// Whoever stops a server is not to be alarmed by that.
#[actix_web::test]
async fn that_a_server_is_about_to_stop_is_no_failure() {
    let bounds = Bounds::default();
    bounds.gate.close();
    let world = World::with(Settings {
        bounds,
        ..Settings::default()
    });
    let lines = world.logged(TestRequest::with_uri("/readyz")).await;
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert_eq!(lines[0]["level"], "INFO");
    assert_eq!(lines[0]["fields"]["status"], 503);
}
