//! What is wrong is said in one line that names it.

use super::Office;

#[test]
fn what_is_wrong_with_a_new_endpoint_is_named() {
    let office = Office::new();
    let good = [
        ("--org", "here"),
        ("--url", "https://hooks.example/"),
        ("--event", "production.created"),
    ];
    for (flag, value, status, expected) in [
        (
            "--org",
            "nowhere",
            1,
            "--org: there is no organization nowhere",
        ),
        ("--org", "Not a slug", 2, "--org: \"Not a slug\" "),
        ("--url", "hooks", 2, "--url: is not a URL: "),
        (
            "--url",
            "http://hooks.example/",
            2,
            "--url: must begin with https:// and not with http:",
        ),
        (
            "--url",
            "https://u:p@hooks.example/",
            2,
            "--url: must bear no user and no password",
        ),
        (
            "--url",
            "https://hooks.example:22/",
            2,
            "--url: must use port 443 or 8443, not 22",
        ),
        (
            "--url",
            "https://127.0.0.1/",
            2,
            "--url: leads to 127.0.0.1, which is ",
        ),
        (
            "--url",
            "https://[::ffff:169.254.169.254]/",
            2,
            "--url: leads to ::ffff:169.254.169.254, ",
        ),
        (
            "--event",
            "production.deleted",
            2,
            "--event: \"production.deleted\" must be one of production.created, production.updated, ",
        ),
        ("--description", "a\u{7}b", 2, "--description: "),
    ] {
        let mut arguments = vec!["webhook", "create"];
        for (name, usual) in good {
            arguments.extend([name, if name == flag { value } else { usual }]);
        }
        if good.iter().all(|(name, _)| *name != flag) {
            arguments.extend([flag, value]);
        }
        let (line, found) = office.refusal(&arguments);
        assert!(line.starts_with(expected), "{value:?}: {line}");
        assert_eq!(found, status, "{line}");
    }
    let nothing = ["webhook", "create", "--org", "here", "--url", "http://x/"];
    let (line, _) = office.refusal(&nothing);
    let expected = "--event: must have at least one event type; --url: must begin with https:// ";
    assert!(line.starts_with(expected), "{line}");
    assert_eq!(
        office.lines("SELECT id::text AS line FROM webhook_endpoints"),
        [""; 0]
    );
}

#[test]
fn what_is_wrong_with_a_change_is_named() {
    let office = Office::new();
    let (id, _) = office.endpoint("here");
    for (arguments, status, expected) in [
        (&[id.as_str()][..], 2, "nothing is to be changed: "),
        (
            &[&id, "--url", "https://10.0.0.1/"],
            2,
            "--url: leads to 10.0.0.1, which is ",
        ),
        (&[&id, "--event", "x"], 2, "--event: \"x\" must be one of "),
        (
            &["whk_x", "--url", "https://a.example"],
            1,
            "there is no webhook endpoint \"whk_x\"",
        ),
    ] {
        let (line, found) = office.refusal(&[&["webhook", "update"], arguments].concat());
        assert!(line.starts_with(expected), "{arguments:?}: {line}");
        assert_eq!(found, status, "{line}");
    }
}

#[test]
fn a_setting_that_is_wrong_is_named() {
    let office = Office::new();
    let empty = tempfile::NamedTempFile::new().expect("a file");
    let empty = empty.path().to_str().expect("text");
    for (flag, value, expected) in [
        (
            "--webhook-allow",
            "10.0.0.0/99",
            "setting `webhook_allow`: \"10.0.0.0/99\" must be an address or a network",
        ),
        (
            "--webhook-ports",
            "443,0",
            "setting `webhook_ports`: must be one or more ports from 1 to 65535",
        ),
        (
            "--webhook-delivery",
            "sometimes",
            "setting `webhook_delivery`: must be one of record, live",
        ),
        (
            "--webhook-resolver",
            "dns.example",
            "setting `webhook_resolver`: \"dns.example\" must be an address with a port",
        ),
        (
            "--webhook-ca",
            "/no/such/file",
            "setting `webhook_ca`: /no/such/file: ",
        ),
        ("--webhook-ca", empty, "setting `webhook_ca`: "),
    ] {
        for command in [
            &["serve", "--listen", "127.0.0.1:0"][..],
            &["webhook", "list", "--org", "here"],
        ] {
            let (line, status) = office.refusal(&[command, &[flag, value]].concat());
            assert!(line.starts_with(expected), "{line}");
            assert_eq!(status, 2, "{line}");
        }
    }
}

/// A slip in the key is a large part of the key.
#[test]
fn a_master_key_with_a_slip_in_it_is_refused_and_not_repeated() {
    for slip in [
        "12345678901234567890",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBka",
        "1.5",
        "true",
        "[1234]",
    ] {
        let office = Office::without_a_key().with(&[("ORG_API_MASTER_KEY", slip)]);
        let (line, status) = office.refusal(&["serve", "--listen", "127.0.0.1:0"]);
        assert!(line.starts_with("setting `master_key`: "), "{slip}: {line}");
        assert!(!line.contains(slip), "{slip}: {line}");
        assert_eq!(status, 2, "{line}");
    }
}

#[test]
fn a_file_with_a_slip_in_it_does_not_show_the_master_key() {
    let office = Office::without_a_key();
    let secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBka";
    for text in [
        format!("master_key = \"{secret}\n"),
        format!("master_key = {secret}\n"),
        format!("master_key = \"{secret}\" listen = 1\n"),
        format!("master_key = [\"{secret}\"]\n"),
    ] {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), &text).expect("written");
        let path = file.path().to_str().expect("text");
        let (line, status) = office.refusal(&["--config", path, "serve"]);
        assert!(!line.contains(secret), "{text}: {line}");
        assert_eq!(status, 2, "{line}");
    }
}

/// An endpoint of another organization is none.
#[test]
fn what_is_wrong_with_a_list_of_deliveries_is_named() {
    let office = Office::new();
    let (id, _) = office.endpoint("here");
    let unknown = format!("there is no webhook endpoint {id:?}");
    for (arguments, status, expected) in [
        (&["--org", "there", "--endpoint", &id][..], 1, &*unknown),
        (
            &["--org", "here", "--endpoint", "x"],
            1,
            "there is no webhook endpoint \"x\"",
        ),
        (
            &["--org", "nowhere"],
            1,
            "--org: there is no organization nowhere",
        ),
        (
            &["--org", "here", "--status", "LOST"],
            2,
            "--status: \"LOST\" must be one of ",
        ),
    ] {
        let list = ["webhook", "deliveries"];
        let (line, was) = office.refusal(&[&list, arguments].concat());
        assert!(line.contains(expected), "{arguments:?}: {line}");
        assert_eq!(was, status, "{arguments:?}");
    }
    let own = ["--org", "here", "--endpoint", &id];
    let listed = office.json(&[&["webhook", "deliveries"][..], &own].concat());
    assert_eq!(listed, serde_json::json!({ "items": [] }));
}
