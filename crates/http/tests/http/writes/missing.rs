//! Writes that name what is not there.

use serde_json::{Value, json};

use super::{NOBODY, booking, every_write};
use crate::world::World;

#[actix_web::test]
async fn ids_of_nothing_are_not_found() {
    let world = World::new();
    let (hall, member) = (
        world.hall().await,
        world.id_of("/members", "name", "Lindqvist, Åsa").await,
    );
    let request = |id: &str| json!({ "membershipId": id, "type": "SICK", "subject": "s" });
    let missing = |prefix: &str| format!("{prefix}_{NOBODY}");
    for (path, body) in [
        ("/resource-bookings", booking(&missing("res"), 9, 10)),
        ("/resource-bookings", booking("res_", 9, 10)),
        (
            "/resource-bookings",
            booking(&hall.replace("res", "inst"), 9, 10),
        ),
        ("/member-requests", request(&missing("mem"))),
        ("/member-requests", request(&member.to_uppercase())),
    ] {
        let answer = world.post(path, &body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "NOT_FOUND"),
            "{body}"
        );
    }
}

/// What a write names is looked at before the name that its client gave it, wherever it is named.
#[actix_web::test]
async fn a_missing_object_is_told_before_a_key_that_was_used() {
    let world = World::new();
    let used = json!({ "name": "Somebody else", "type": "AGENT" });
    world.named("k", "POST", "/contacts", &used).await;
    let mut names = 0;
    for (method, path, body) in every_write(&world).await {
        for (path, body) in each_misnamed(&path, &body) {
            let answer = world.named("k", method, &path, &body).await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (404, "NOT_FOUND"),
                "{method} {path} {body}"
            );
            names += 1;
        }
        let answer = world.named("k", method, &path, &body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "IDEMPOTENCY_KEY_MISMATCH"),
            "{method} {path} {body}"
        );
    }
    assert_eq!(names, 7, "ids in the paths and bodies of all writes");
}

/// A path and a body, with each of their ids in turn an id of nothing.
fn each_misnamed(path: &str, body: &Value) -> Vec<(String, Value)> {
    let nobody = |id: &str| {
        let (prefix, rest) = id.split_once('_')?;
        (rest.len() == NOBODY.len()).then(|| format!("{prefix}_{NOBODY}"))
    };
    let in_path = path.split('/').filter_map(|part| {
        let misnamed = path.replace(part, &nobody(part)?);
        Some((misnamed, body.clone()))
    });
    let fields = body.as_object().expect("an object").iter();
    let in_body = fields.filter_map(|(field, value)| {
        let mut misnamed = body.clone();
        misnamed[field] = nobody(value.as_str()?)?.into();
        Some((path.to_owned(), misnamed))
    });
    in_path.chain(in_body).collect()
}
