//! The server that ours is compared with: the same queries behind handlers that do nothing else.
//!
//! No key, no limit, no envelope, no check of the request beyond what its types ask, no log and no
//! metrics. What it reads, it reads through the same store, so that both send the same SQL over as many
//! connections, and what is written is its own, with one prepared statement for each step. Its blocking
//! threads are as many as its connections.

#[path = "bare/booking.rs"]
mod booking;
#[path = "bare/shapes.rs"]
mod shapes;

use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::http::header::ContentType;
use actix_web::web::{self, Data, Path, Query};
use actix_web::{App, HttpResponse, HttpServer};
use diesel::PgConnection;
use diesel::r2d2::{ConnectionManager, Pool};
use org_domain::history::PerformanceQuery;
use org_domain::library::Library;
use org_domain::productions::{ProductionPayload, ProductionQuery};
use org_domain::query::{Lists, Words};
use org_kernel::field::FromText;
use org_kernel::id::{OrgId, ProductionId};
use org_kernel::page::PageRequest;
use org_store::{Pg, Settings};
use serde::{Deserialize, Serialize};

use crate::ids;
use shapes::{PageShape, PerformanceShape, ProductionShape};

/// As many as the program has for what good keys ask, unless it is told otherwise.
pub(crate) fn connections() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    u32::try_from(cores * 4).map_or(15, |connections| connections.clamp(8, 15))
}

type Connections = Pool<ConnectionManager<PgConnection>>;

struct Bare {
    store: Pg,
    writes: Connections,
}

/// Serves until it is killed.
pub(crate) fn serve(url: &str) {
    let connections = connections();
    let settings = Settings {
        connections: NonZeroU32::new(connections).expect("not zero"),
        ..Settings::new(url.parse().expect("a URL"))
    };
    let writes = Pool::builder()
        .max_size(connections)
        .connection_timeout(Duration::from_secs(5))
        .test_on_check_out(false);
    let bare = Data::new(Bare {
        store: Pg::connect(&settings),
        writes: writes
            .build(ConnectionManager::new(url))
            .expect("connections"),
    });
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let app = move || {
        let scope = web::scope("/api/org/v1/{slug}")
            .route("/productions/{id}", web::get().to(production))
            .route("/productions", web::get().to(productions))
            .route("/performance-history", web::get().to(search))
            .route("/resource-bookings", web::post().to(booking::book));
        App::new().app_data(Data::clone(&bare)).service(scope)
    };
    let server = HttpServer::new(app)
        .workers(workers)
        .worker_max_blocking_threads((connections as usize).div_ceil(workers))
        .bind("127.0.0.1:0")
        .expect("a free port");
    eprintln!(
        "{}",
        serde_json::json!({ "listening": server.addrs()[0].to_string() })
    );
    actix_web::rt::System::new()
        .block_on(server.run())
        .expect("it serves");
}

/// Runs the work on a thread that may wait, and answers the JSON that it makes.
async fn answered(work: impl FnOnce() -> Vec<u8> + Send + 'static) -> HttpResponse {
    #[expect(clippy::disallowed_methods, reason = "it is to be bare")]
    let body = web::block(work).await.expect("no panic");
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(body)
}

async fn production(bare: Data<Bare>, path: Path<(String, String)>) -> HttpResponse {
    let (slug, id) = path.into_inner();
    let id: ProductionId = id.parse().expect("an id");
    answered(move || {
        let found = bare.store.production(org_of(&slug), id);
        let found = found.expect("the database answers").expect("a production");
        json(&ProductionShape::from(&found))
    })
    .await
}

async fn productions(bare: Data<Bare>, slug: Path<String>) -> HttpResponse {
    answered(move || {
        let query = ProductionQuery::default();
        let page = bare
            .store
            .list(org_of(&slug), &query, PageRequest::default());
        let page = page.expect("the database answers");
        json(&PageShape::of(&page, ProductionPayload::from))
    })
    .await
}

#[derive(Deserialize)]
struct Search {
    search: String,
}

async fn search(bare: Data<Bare>, slug: Path<String>, asked: Query<Search>) -> HttpResponse {
    answered(move || {
        let query = PerformanceQuery {
            words: Some(Words::from_text(&asked.search).expect("words")),
            ..PerformanceQuery::default()
        };
        let page = bare
            .store
            .list(org_of(&slug), &query, PageRequest::default());
        let page = page.expect("the database answers");
        json(&PageShape::of(&page, PerformanceShape::from))
    })
    .await
}

fn org_of(slug: &str) -> OrgId {
    ids::org_id(ids::by_slug(slug).expect("a slug"))
}

fn json(shape: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(shape).expect("it has a JSON form")
}
