//! Limits, with a real Redis and without one: no number of clients and servers passes them, and no request
//! fails because Redis does.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use org_shared_limits::testing::TestRedis;

use crate::client::{Answer, Client};
use crate::command;
use crate::server::{PATIENCE, PATIENT, Server};
use crate::world::World;

/// Enough to meet a limit all at once.
const CLIENTS: usize = 32;

/// What a key may read in a minute. The windows of a test begin with its first request, and it is done long
/// before they end.
const LIMIT: usize = 200;

/// The longest that a request may wait for Redis, for a server whose counts a test holds to be exact: no slow
/// machine makes it count by itself.
const EXACT: [&str; 2] = ["--redis-timeout-ms", "60000"];

/// A key of the first organization that may read so often, and its id.
fn limited_key(world: &World) -> (String, String) {
    limited_key_of(world, LIMIT)
}

fn limited_key_of(world: &World, limit: usize) -> (String, String) {
    let limit = limit.to_string();
    let mut arguments = vec![
        "key",
        "create",
        "--org",
        world.here.slug,
        "--name",
        "limited",
    ];
    arguments.extend([
        "--scope",
        "org:read:operations",
        "--reads-per-minute",
        &limit,
    ]);
    let key = command::json(world.url(), &arguments);
    (command::text(&key, "secret"), command::text(&key, "id"))
}

/// What the window of a key's reads is called in Redis.
fn window(id: &str) -> String {
    format!("org-api:limit:requests:{id}:read")
}

/// As many clients as there are, each of one of these servers, ask `each` times; `meanwhile` goes on beside
/// them and is told how many answers there were. Answers how many requests were let in; all others were told
/// to wait.
fn admitted(
    servers: &[&Server],
    ask: &(dyn Fn(&Client) -> Answer + Sync),
    each: usize,
    meanwhile: impl FnOnce(&AtomicUsize),
) -> usize {
    let answered = AtomicUsize::new(0);
    let client = |number: usize| {
        let client = servers[number % servers.len()].client();
        let mut admitted = 0;
        for _ in 0..each {
            let answer = ask(&client);
            match answer.status {
                200 => admitted += 1,
                429 => assert!(answer.header("retry-after").is_some()),
                other => panic!("{other}: {answer:?}"),
            }
            answered.fetch_add(1, Ordering::Relaxed);
        }
        admitted
    };
    thread::scope(|scope| {
        let client = &client;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| scope.spawn(move || client(number)))
            .collect();
        meanwhile(&answered);
        let admitted = clients.into_iter().map(ScopedJoinHandle::join);
        admitted.map(|count| count.expect("no panic")).sum()
    })
}

/// Waits until so many answers were given.
fn until(answered: &AtomicUsize, many: usize) {
    let deadline = Instant::now() + PATIENCE;
    while answered.load(Ordering::Relaxed) < many {
        assert!(Instant::now() < deadline, "nobody answers");
        thread::sleep(Duration::from_millis(1));
    }
}

/// What makes a server count in this Redis, as exactly as can be.
fn sharing(url: &str) -> Vec<&str> {
    [PATIENT, &EXACT, &["--redis-url", url]].concat()
}

#[test]
fn many_clients_of_one_server_never_pass_a_limit() {
    let world = World::served_with(PATIENT);
    let (key, _) = limited_key(&world);
    let path = world.path("/works");
    let ask = |client: &Client| client.get(&path, Some(&key));
    let admitted = admitted(&[&world.server], &ask, LIMIT / 16, |_| {});
    assert_eq!(admitted, LIMIT);
}

#[test]
fn many_clients_of_two_servers_never_pass_a_limit_that_they_share() {
    let redis = TestRedis::start();
    let url = redis.url();
    let world = World::served_with(&sharing(&url));
    let other = Server::start_with(world.url(), &sharing(&url));
    let (key, id) = limited_key(&world);
    let path = world.path("/works");
    let ask = |client: &Client| client.get(&path, Some(&key));
    let servers = [&world.server, &other];
    assert_eq!(admitted(&servers, &ask, LIMIT / 16, |_| {}), LIMIT);
    for server in servers {
        let refused = ask(&server.client());
        assert_eq!(
            (refused.status, refused.header("x-ratelimit-remaining")),
            (429, Some("0"))
        );
        let wait: u32 = refused
            .header("retry-after")
            .and_then(|wait| wait.parse().ok())
            .expect("a number");
        let left: u32 = redis.ask(&["PTTL", &window(&id)]);
        assert!(
            left <= wait * 1000,
            "{left} ms are left, and {wait} s are to be waited"
        );
    }
    // A window that Redis forgot goes on as the servers know it, even for one that knows nothing.
    redis.ask::<()>(&["FLUSHALL"]);
    assert_eq!(ask(&world.client).status, 429);
    let knowing_nothing = Server::start_with(world.url(), &sharing(&url));
    assert_eq!(ask(&knowing_nothing.client()).status, 429);
}

/// With the patience that a server usually has: one that is late is done without, for that request.
#[test]
fn many_clients_pass_no_limit_when_redis_is_late_now_and_then() {
    let redis = TestRedis::start();
    let url = redis.url();
    let arguments = [PATIENT, &["--redis-url", &url]].concat();
    let world = World::served_with(&arguments);
    let other = Server::start_with(world.url(), &arguments);
    let path = world.path("/works");
    let stall = |answered: &AtomicUsize| {
        until(answered, LIMIT / 4);
        redis.freeze();
        until(answered, LIMIT / 2);
        redis.thaw();
    };
    let (key, _) = limited_key(&world);
    let ask = |client: &Client| client.get(&path, Some(&key));
    let of_one = admitted(&[&world.server], &ask, LIMIT / 16, stall);
    // A request that was late may have been counted in Redis and refused here.
    assert!((LIMIT - CLIENTS..=LIMIT).contains(&of_one), "{of_one}");
    let (key, _) = limited_key(&world);
    let ask = |client: &Client| client.get(&path, Some(&key));
    let of_two = admitted(&[&world.server, &other], &ask, LIMIT / 8, stall);
    let each = LIMIT - CLIENTS..=2 * LIMIT;
    assert!(each.contains(&of_two), "{of_two}");
}

/// What a server let in while Redis stood still is not let in again, and Redis is told of it.
#[test]
fn a_redis_that_goes_on_after_a_while_gives_nobody_more() {
    let redis = TestRedis::start();
    let world = World::served_with(&[PATIENT, &["--redis-url", &redis.url()]].concat());
    let (key, id) = limited_key_of(&world, 20);
    let path = world.path("/works");
    let ask = || world.client.get(&path, Some(&key)).status;
    let ten = || (0..10).map(|_| ask()).collect::<Vec<_>>();
    assert_eq!(ten(), [200; 10]);
    redis.freeze();
    assert_eq!(ten(), [200; 10]);
    assert_eq!(ask(), 429);
    world.server.until_it_says("limits by itself");
    redis.thaw();
    world.server.until_it_says("limits are counted in Redis");
    assert_eq!(ten(), [429; 10]);
    assert_eq!(redis.ask::<u32>(&["GET", &window(&id)]), 20);
}

#[test]
fn failed_attempts_are_counted_by_all_servers_together() {
    let redis = TestRedis::start();
    let url = redis.url();
    let world = World::served_with(&sharing(&url));
    let other = Server::start_with(world.url(), &sharing(&url));
    let (path, clients) = (world.path("/works"), [&world.client, &other.client()]);
    for number in 0..62 {
        let answer = clients[number % 2].get(&path, Some("abo_org_wrong"));
        let expected = if number < 60 { 401 } else { 429 };
        assert_eq!(answer.status, expected, "attempt {number}");
    }
    assert_eq!(other.client().get(&path, Some(&world.here.key)).status, 200);
}

/// One server knows how far everybody has come, and goes on from there by itself; when Redis is back, without
/// anything that was in it, it is told.
#[test]
fn a_redis_that_is_killed_lets_nobody_pass_and_fails_nobody() {
    let mut redis = TestRedis::start();
    let url = redis.url();
    let world = World::served_with(&sharing(&url));
    let (key, id) = limited_key(&world);
    let path = world.path("/works");
    let ask = |client: &Client| client.get(&path, Some(&key));
    let kill = |answered: &AtomicUsize| {
        until(answered, LIMIT / 4);
        redis.kill();
    };
    let admitted = admitted(&[&world.server], &ask, LIMIT / 16, kill);
    // Redis may have counted a request whose answer it did not live to give.
    assert!((LIMIT - CLIENTS..=LIMIT).contains(&admitted), "{admitted}");
    world.server.until_it_says("limits by itself");
    redis.start_again();
    world.server.until_it_says("limits are counted in Redis");
    assert_eq!(ask(&world.client).status, 429);
    assert!(redis.ask::<usize>(&["GET", &window(&id)]) >= admitted);
}

#[test]
fn a_redis_that_hangs_keeps_nobody_waiting() {
    let redis = TestRedis::start();
    let world = World::served_with(&[PATIENT, &["--redis-url", &redis.url()]].concat());
    let key = world.here.key.as_str();
    let path = world.path("/works");
    let ask = |client: &Client| client.get(&path, Some(key));
    let freeze = |answered: &AtomicUsize| {
        until(answered, 100);
        redis.freeze();
    };
    assert_eq!(admitted(&[&world.server], &ask, 40, freeze), CLIENTS * 40);
    world.server.until_it_says("limits by itself");
    redis.thaw();
    world.server.until_it_says("limits are counted in Redis");
}

#[test]
fn a_server_that_is_not_let_into_redis_starts_and_says_so() {
    let redis = TestRedis::start_with_password("sesame");
    let url = redis.url_without_password() + "?pass=a-slip";
    let world = World::served_with(&["--redis-url", &url]);
    let said = world.server.said_with("limits by itself");
    assert!(
        said.contains("Password authentication failed") && !said.contains("a-slip"),
        "{said}"
    );
    assert_eq!(world.get("/works").status, 200);
}

#[test]
fn a_wrong_url_of_a_redis_stops_the_start_with_one_line() {
    for url in ["http://:a-slip@127.0.0.1", "redis://:a-slip@127.0.0.1/none"] {
        let output = command::run(
            "postgres://127.0.0.1:1/none",
            &["serve", "--listen", "127.0.0.1:0", "--redis-url", url],
        );
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains("setting `redis_url`") && !said.contains("a-slip"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

/// The address that counts is told by the header that the operator names, and by no other.
#[test]
fn clients_behind_a_proxy_fail_each_for_itself() {
    let arguments = [
        "--trusted-proxy",
        "127.0.0.1",
        "--trusted-proxy-header",
        "forwarded",
    ];
    let world = World::served_with(&arguments);
    let path = world.path("/works");
    let fail = |said: &[(&str, &str)]| world.client.get_saying(&path, "abo_org_wrong", said).status;
    let first = ("Forwarded", "for=203.0.113.9, for=\"[2001:db8::1]:4711\"");
    for number in 0..60 {
        let elsewhere = format!("198.51.100.{number}");
        assert_eq!(fail(&[first, ("X-Forwarded-For", &elsewhere)]), 401);
    }
    assert_eq!(fail(&[("Forwarded", "For=\"[2001:db8::2]\"")]), 429);
    assert_eq!(fail(&[("Forwarded", "for=192.0.2.1")]), 401);
}
