//! A proxy in the environment is passed by.

use std::process::Command;

use tokio::net::TcpListener;

use crate::support::receiver::Receiver;
use crate::support::{local, nameless, post, poster, url};

/// Set in the program that is run with a proxy in its environment.
const INSIDE: &str = "ORG_DELIVERY_TEST_PROXIED";

/// The environment is the whole program's, and so this runs the test again in one of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_of_the_environment_is_not_used() {
    if std::env::var_os(INSIDE).is_some() {
        return reach_a_receiver().await;
    }
    let trap = TcpListener::bind("127.0.0.1:0").await.expect("a listener");
    let proxy = format!("http://{}", trap.local_addr().expect("its address"));
    let mut again = Command::new(std::env::current_exe().expect("this program"));
    again.args(["--exact", "proxies::a_proxy_of_the_environment_is_not_used"]);
    again
        .env(INSIDE, "1")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    for name in [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ] {
        again.env(name, &proxy);
    }
    #[expect(clippy::disallowed_methods, reason = "a client of the test")]
    let run = tokio::task::spawn_blocking(move || again.output());
    tokio::select! {
        run = run => {
            let run = run.expect("a thread").expect("this program runs");
            let printed = String::from_utf8_lossy(&run.stdout).into_owned();
            assert!(run.status.success() && printed.contains("1 passed"), "{printed}");
        }
        _ = trap.accept() => panic!("the proxy was called"),
    }
}

async fn reach_a_receiver() {
    let receiver = Receiver::answering("200 OK").await;
    let answered = post(&poster(local(), nameless()), &url(receiver.address)).await;
    assert_eq!(answered.expect("an answer").status, 200);
}
