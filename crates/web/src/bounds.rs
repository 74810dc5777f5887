//! What bounds the requests of a server, whoever of the two answers them.

use std::sync::Arc;
use std::time::Duration;

use crate::gate::Gate;

/// Bounds that the API and the console share.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// How many requests are answered at a time, by both together.
    pub gate: Arc<Gate>,
    /// How many requests wait for their turn to ask the store. The API has so many; the console, which
    /// has a quarter as many places as there are connections, has a quarter as many more.
    pub store_queue: usize,
    /// How long a request may take, from its head to its answer.
    pub request_time: Duration,
}

impl Default for Bounds {
    /// 1024 requests, 256 that wait, 30 seconds.
    fn default() -> Self {
        Self {
            gate: Gate::new(1024),
            store_queue: 256,
            request_time: Duration::from_secs(30),
        }
    }
}
