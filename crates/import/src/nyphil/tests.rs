//! The archive's own ways, each in a file of our own.

mod broken;
mod mapping;
mod support;
mod works;
