//! Where requests are counted with other servers, if anywhere.

use std::sync::Arc;

use org_shared_limits::{NotConnected, SharedLimits};

use crate::failure::Failure;
use crate::settings::{Settings, wrong};

/// Connects to the Redis of the settings. One that is away keeps no server from starting: it is tried again
/// every second.
pub(super) fn shared_limits(settings: &Settings) -> Result<Option<Arc<SharedLimits>>, Failure> {
    let Some(url) = &settings.redis_url else {
        return Ok(None);
    };
    match SharedLimits::connect(url.as_str(), settings.redis_timeout) {
        Ok(limits) => Ok(Some(Arc::new(limits))),
        Err(refused @ NotConnected::NoUrl) => Err(wrong("redis_url", refused)),
        Err(other) => Err(other.into()),
    }
}
