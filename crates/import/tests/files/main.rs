//! Files on a disk, imported into the store in memory.

mod archives;
mod desk;
mod guide;
mod ndjson;
