//! Where the host of a new endpoint leads is looked at where deliveries are sent, and nothing is asked
//! where they are recorded.

use std::net::Ipv4Addr;

use super::Office;
use super::name_server::NameServer;

/// Makes an endpoint; the URL is left to say.
const CREATE: [&str; 6] = [
    "webhook",
    "create",
    "--org",
    "here",
    "--event",
    "tour.updated",
];

#[test]
fn a_name_that_leads_into_this_machine_is_refused_where_deliveries_are_sent() {
    let office = Office::new();
    let names = NameServer::saying(Ipv4Addr::LOCALHOST);
    let asking = names.address.to_string();
    let sending = ["--webhook-delivery", "live", "--webhook-resolver", &asking];
    let url = ["--url", "https://hooks.example/"];
    let (line, status) = office.refusal(&[&CREATE[..], &url, &sending].concat());
    assert!(
        line.starts_with("--url: leads to 127.0.0.1, which is "),
        "{line}"
    );
    assert_eq!(status, 2);
    let allowed = ["--webhook-allow", "127.0.0.0/8"];
    let made = office.json(&[&CREATE[..], &url, &sending, &allowed].concat());
    let id = made["id"].as_str().expect("an id");
    let change = ["webhook", "update", id, "--url", "https://other.example/"];
    let (line, _) = office.refusal(&[&change[..], &sending].concat());
    assert!(
        line.starts_with("--url: leads to 127.0.0.1, which is "),
        "{line}"
    );
    assert!(names.asked() > 0);
}

#[test]
fn nothing_is_asked_where_deliveries_are_recorded() {
    let office = Office::new();
    let names = NameServer::saying(Ipv4Addr::LOCALHOST);
    let asking = names.address.to_string();
    let rest = [
        "--url",
        "https://hooks.example/",
        "--webhook-resolver",
        &asking,
    ];
    office.json(&[&CREATE[..], &rest].concat());
    assert_eq!(names.asked(), 0);
}
