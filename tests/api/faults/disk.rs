//! The disk of the database is full.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use org_embedded_postgres::{APPLICATION_DATABASE, Settings, start};
use tempfile::TempDir;

use super::stage::Stage;
use crate::command::program;
use crate::folder::folder;
use crate::server::Server;
use crate::skipping::skip;

/// Enough for a cluster and what the writers leave in it.
const SIZE: &str = "size=512m,mode=0711";

/// A file system in memory, small enough to be filled.
struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// None where this user may not mount one.
    fn mounted() -> Option<Self> {
        let folder = folder();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]);
        let mounted = mount.arg(folder.path()).status();
        mounted
            .is_ok_and(|status| status.success())
            .then(|| Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room that is left.
    fn fill(&self) -> Ballast {
        let path = self.path().join("ballast");
        let mut file = File::create(&path).expect("a file");
        let block = vec![0; 64 * 1024];
        while file.write_all(&block).is_ok() {}
        for byte in &block {
            if file.write_all(std::slice::from_ref(byte)).is_err() {
                break;
            }
        }
        Ballast(path)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let status = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(status.is_ok_and(|status| status.success()), "unmounted");
    }
}

/// What fills the disk, until it is dropped.
struct Ballast(PathBuf);

impl Drop for Ballast {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).expect("the ballast goes");
    }
}

#[test]
fn a_full_disk_refuses_writes_and_the_server_goes_on_when_there_is_room() {
    let Some(disk) = SmallDisk::mounted() else {
        skip("a disk that can be filled: this user may not mount one");
        return;
    };
    let base = disk.path().join("cluster");
    std::fs::set_permissions(disk.path(), std::fs::Permissions::from_mode(0o711)).expect("mode");
    let cluster = start(&Settings::new(&base)).expect("a cluster");
    let url = cluster.url(APPLICATION_DATABASE);
    let mut serve = program();
    serve.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    serve.arg(&base);
    let stage = Stage::new(&url, Server::spawn(serve));
    stage.endure("the disk is full", |writers, _| {
        let ballast = disk.fill();
        writers.until_refused(20);
        drop(ballast);
    });
    drop(stage);
    cluster.stop().expect("the cluster stops");
}
