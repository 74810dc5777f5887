//! What takes long has places of its own.

use std::sync::mpsc::{self, Sender};

use actix_web::rt;
use org_auth::user::Role;
use org_kernel::StoreError;
use org_kernel::clock::Clock;
use tokio::task::yield_now;

use super::*;
use crate::refusal::Refusal;
use crate::testing::World;

/// Takes a place until what is answered is dropped.
async fn take(console: &Arc<Console>, places: fn(&Console) -> &Blocking) -> Sender<()> {
    let (release, held) = mpsc::channel();
    let (started, running) = mpsc::channel();
    let console = Arc::clone(console);
    rt::spawn(async move {
        let work = move || {
            started.send(()).expect("the test waits");
            assert!(held.recv().is_err(), "nothing is ever sent");
            Ok::<_, StoreError>(())
        };
        let done: Result<(), Refusal> = places(&console).run(work).await;
        done.expect("a place");
    });
    while running.try_recv().is_err() {
        yield_now().await;
    }
    release
}

#[actix_web::test]
async fn no_page_waits_for_a_replay_or_an_export() {
    let mut world = World::new();
    world.settings.store_wait = Duration::from_millis(50);
    let endpoint = world.endpoint(world.vienna, "one");
    let console = world.console();
    let browser = world.signed_in(Role::Admin).on(&console);
    let now = world.clock.now().to_string();
    let id = world.ports.ids.uuid().to_string();
    let form = [("id", id.as_str()), ("since", &now), ("until", &now)];
    let replay = format!("/settings/webhooks/{}/replay", endpoint.id);
    let replayed = take(&console, |console| &console.replays).await;
    let exported = take(&console, |console| &console.exports).await;
    for page in ["/settings", "/settings/webhooks", "/settings/audit"] {
        browser.get(page).await.shows(200, &[]);
    }
    browser.post(&replay, &form).await.shows(503, &[]);
    browser
        .get("/settings/audit/export.csv")
        .await
        .shows(503, &[]);
    drop((replayed, exported));
    world.settings.store_wait = Duration::from_secs(10);
    let browser = world.signed_in(Role::Admin);
    browser.post(&replay, &form).await.shows(303, &[]);
    browser
        .get("/settings/audit/export.csv")
        .await
        .shows(200, &[]);
}
