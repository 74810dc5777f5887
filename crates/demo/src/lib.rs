//! A demonstration orchestra: one season of a philharmonic that does not exist.
