//! The use cases on the store in memory.
