//! What the API and the console share: where a request comes from, the id that it goes by, what the
//! log says of it, and threads for work that blocks.
//!
//! Each of the two puts its own edge together from these, because each answers in its own way.

mod arrival;
mod blocking;
mod bounds;
mod deadline;
mod gate;
mod head;
mod interrupted;
pub mod method;
mod observer;
mod presence;
mod proxies;
mod public_url;
mod request_id;
mod rescue;
mod server;
mod trace_context;

pub use arrival::{Arrival, NO_ROUTE, audited};
pub use blocking::Blocking;
pub use bounds::Bounds;
pub use deadline::Deadline;
pub use gate::{Gate, GateFigures, Ticket};
pub use head::{HeadTooLarge, LARGEST_HEAD, LONGEST_URL, MOST_FIELDS, hold_head};
pub use interrupted::Interrupted;
pub use ipnet::IpNet;
pub use observer::{Answered, Limit, Observer, Surface};
pub use presence::Presence;
pub use proxies::{Proxies, ProxyHeader};
pub use public_url::PublicUrl;
pub use request_id::{RequestId, X_REQUEST_ID};
pub use rescue::rescued;
pub use server::{Sockets, Unheard, serve};
pub use trace_context::{SpanId, TRACEPARENT, TraceContext, TraceId};
