//! The Org API server and its command line.

fn main() {}
