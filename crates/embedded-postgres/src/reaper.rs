//! Waits for the programs that outlive the call that started them.
//!
//! A child that nobody waits for stays in the process table as a zombie, and PostgreSQL takes the
//! zombie of a killed server for a server: the next start in the same process would fail.

use std::{
    path::Path,
    process::Child,
    thread::{self, JoinHandle},
};

use crate::error::FileError;

/// Waits for the child in a thread of its own, which ends when the child does.
pub(crate) fn reap(mut child: Child, program: &'static str) -> Result<JoinHandle<()>, FileError> {
    let wait = move || match child.wait() {
        Ok(status) if status.success() => tracing::debug!(program, "ended"),
        Ok(status) => tracing::warn!(program, %status, "ended unexpectedly"),
        Err(error) => tracing::error!(program, %error, "cannot be waited for"),
    };
    thread::Builder::new()
        .name(format!("{program}-reaper"))
        .spawn(wait)
        .map_err(FileError::on("wait for", Path::new(program)))
}
