//! API keys: their format, scopes, verification with its cache, and rate limits.
