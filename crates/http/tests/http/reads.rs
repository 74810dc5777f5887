//! Every read as it is answered, and what its filters find.

use crate::world::World;

macro_rules! snapshots {
    ($($name:ident: $path:literal;)+) => {
        $(
            #[actix_web::test]
            async fn $name() {
                insta::assert_snapshot!(World::new().get($path).await.shown());
            }
        )+
    };
}

snapshots! {
    organization: "";
    productions: "/productions";
    services: "/services";
    works: "/works";
    members: "/members";
    resources: "/resources";
    instruments: "/instruments";
    tours: "/tours";
    reports: "/reports";
    performance_history: "/performance-history";
}

#[actix_web::test]
async fn production() {
    let world = World::new();
    let ids = world.get("/productions?q=new+world").await.items("id");
    let id = ids[0].as_str().expect("an id");
    insta::assert_snapshot!(world.get(&format!("/productions/{id}")).await.shown());
}

async fn found(path: &str, field: &str) -> Vec<String> {
    let items = World::new().get(path).await.items(field);
    items
        .into_iter()
        .map(|item| item.as_str().expect(field).to_owned())
        .collect()
}

#[actix_web::test]
async fn filters_find_what_they_say() {
    for (path, field, expected) in [
        ("/productions?status=DRAFT", "title", &["Open day"][..]),
        (
            "/productions?q=BOHEMIANS+s04",
            "title",
            &["From the New World"],
        ),
        ("/productions?q=bohemians&status=DRAFT", "title", &[]),
        ("/works?q=dvorak", "title", &["Symphony No. 9 in E minor"]),
        (
            "/works?composer=DVO%C5%98%C3%81K",
            "title",
            &["Symphony No. 9 in E minor"],
        ),
        ("/works?q=%25", "title", &["100 % _pure_ \\ study"]),
        ("/works?q=_", "title", &["100 % _pure_ \\ study"]),
        ("/works?q=%5C", "title", &["100 % _pure_ \\ study"]),
        ("/members?q=asa+horn", "name", &["Lindqvist, Åsa"]),
        (
            "/performance-history?search=marchetti",
            "date",
            &["1893-12-16"],
        ),
        (
            "/performance-history?conductor=seidl&composer=dvorak",
            "date",
            &["1893-12-16"],
        ),
        (
            "/performance-history?from=1893-12-16&to=1893-12-16",
            "date",
            &["1893-12-16"],
        ),
        (
            "/performance-history?from=1893-12-17",
            "date",
            &["2026-03-14"],
        ),
        (
            "/services?from=2026-03-14&to=2026-03-14",
            "type",
            &["CONCERT"],
        ),
        (
            "/services?from=2026-03-11T11:30:00Z&to=2026-03-14",
            "type",
            &["CONCERT"],
        ),
        (
            "/services?from=2026-03-11T12:29:59+01:00&to=2026-03-12",
            "type",
            &["REHEARSAL"],
        ),
        (
            "/services?from=2026-03-14T20:45:00.500Z&to=2026-03-14T20:45:00.500Z",
            "type",
            &[],
        ),
        ("/services?from=2026-09-01", "type", &["OUTREACH"]),
        ("/tours?page=2", "name", &[]),
    ] {
        assert_eq!(found(path, field).await, expected, "{path}");
    }
}

#[actix_web::test]
async fn services_are_found_by_their_production() {
    let world = World::new();
    let ids = world.get("/productions?q=new+world").await.items("id");
    let id = ids[0].as_str().expect("an id");
    let services = world.get(&format!("/services?productionId={id}")).await;
    assert_eq!(services.items("type"), ["REHEARSAL", "CONCERT"]);
}

#[actix_web::test]
async fn pages_tell_where_they_are() {
    let world = World::new();
    for (query, page, items) in [
        ("limit=1", 1, 1),
        ("limit=1&page=2", 2, 1),
        ("limit=1&page=9", 9, 0),
    ] {
        let data = world.get(&format!("/works?{query}")).await.json()["data"].clone();
        assert_eq!(
            data["items"].as_array().expect("a list").len(),
            items,
            "{query}"
        );
        let figures =
            ["page", "limit", "total", "totalPages"].map(|name| data[name].as_u64().expect(name));
        assert_eq!(figures, [page, 1, 2, 2], "{query}");
    }
    let nothing = world.get("/works?q=nothing").await.json();
    assert_eq!(nothing["data"]["totalPages"], 0);
}

#[actix_web::test]
async fn an_organizations_path_may_end_in_a_slash() {
    let world = World::new();
    assert_eq!(world.get("/").await.body, world.get("").await.body);
}

#[actix_web::test]
async fn what_is_kept_to_itself_is_in_no_answer() {
    let world = World::new();
    for path in ["/members", "/instruments"] {
        let body = world.get(path).await.text().to_lowercase();
        for secret in [
            "example.org",
            "email",
            "sn-47-11",
            "serial",
            "1234567",
            "insured",
        ] {
            assert!(!body.contains(secret), "{secret} in {path}");
        }
    }
}
