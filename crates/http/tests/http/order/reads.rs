//! The order of the checks of a read.

use actix_web::http::Method;
use actix_web::test::TestRequest;

use super::{Asks, Fault, Faults};
use crate::world::World;

struct Read;

impl Asks for Read {
    const LAST: Fault = Fault::Object;

    async fn request(world: &World, faults: &Faults) -> TestRequest {
        let has = |fault| faults.contains(&fault);
        let ids = world.get("/productions").await.items("id");
        let id = if has(Fault::Object) {
            "prod_01h455vb4pex5vsknk084sn02q"
        } else {
            ids[0].as_str().expect("an id")
        };
        let slug = if has(Fault::Slug) { "linz" } else { "vienna" };
        let end = if has(Fault::Route) { "/nothing" } else { "" };
        let query = if has(Fault::Shape) { "?surprise=1" } else { "" };
        let uri = format!("/api/org/v1/{slug}/productions/{id}{end}{query}");
        let mut request = TestRequest::with_uri(&uri);
        if has(Fault::Method) {
            request = request.method(Method::DELETE);
        }
        if has(Fault::Size) {
            request = request.set_payload(vec![b' '; 300 * 1024]);
        } else if has(Fault::Type) {
            request = request
                .insert_header(("content-type", "text/plain"))
                .set_payload("hello");
        }
        request
    }
}

#[actix_web::test]
async fn a_request_without_fault_is_answered() {
    let answer = super::answer::<Read>(&Faults::new()).await;
    assert_eq!(answer.status, 200);
}

#[actix_web::test]
async fn each_check_is_made_before_each_later_one() {
    super::each_before_each_later_one::<Read>().await;
}

#[actix_web::test]
async fn of_everything_that_is_wrong_the_first_is_told() {
    super::the_first_of_all::<Read>().await;
}
