//! Whoever posts for the sender.

use org_webhooks::delivery::Headers;

use crate::outcome::Outcome;
use crate::post::Poster;

/// Posts messages.
pub trait Post: Send + Sync + 'static {
    /// Posts `body` as JSON to `url` with `headers`, and says what came of it. It ends by itself, whatever
    /// the receiver does.
    fn post(
        &self,
        url: &str,
        headers: &Headers,
        body: String,
    ) -> impl Future<Output = Outcome> + Send;
}

impl Post for Poster {
    async fn post(&self, url: &str, headers: &Headers, body: String) -> Outcome {
        let headers: Vec<_> = headers.iter().collect();
        Self::post(self, url, &headers, body).await
    }
}
