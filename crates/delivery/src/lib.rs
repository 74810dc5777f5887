//! Webhook deliveries on their way out.
//!
//! What is sent, signed and tried again is decided in `org-webhooks`, which waits for nobody. Here is
//! what has to wait: for names to resolve, for receivers to be reached and to answer.

#![warn(missing_docs)]
