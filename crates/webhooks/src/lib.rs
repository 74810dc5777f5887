//! Webhook secrets and signatures.
