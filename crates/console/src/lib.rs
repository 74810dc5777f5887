//! The settings console.
