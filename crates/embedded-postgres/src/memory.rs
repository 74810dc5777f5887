//! How much memory PostgreSQL takes for the pages of its files.
//!
//! An eighth of what there is: half of what is usual for a machine that does nothing but run PostgreSQL, as
//! the program that embeds it lives there too, and reads of what is not in this memory are answered out of
//! that of the kernel.

use std::fs;
use std::path::{Path, PathBuf};

/// As much as PostgreSQL itself takes, unless it is told otherwise.
const LEAST: u64 = 128;

/// More is for those to choose who run a PostgreSQL of their own.
const MOST: u64 = 1024;

/// Where the control groups are, of the second version, and of memory in the first.
const GROUPS: [(&str, &str, &str); 2] = [
    ("0::", "/sys/fs/cgroup", "memory.max"),
    ("memory:", "/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
];

/// PostgreSQL's `shared_buffers`, in MB.
pub(crate) fn for_pages() -> u64 {
    let machine = read("/proc/meminfo").and_then(|info| total_of(&info));
    // What a container or a service may use; the machine's own may be far more.
    let own = read("/proc/self/cgroup").unwrap_or_default();
    let limits = limits(&own).filter_map(|file| limit_of(&read(file)?));
    share_of(machine.into_iter().chain(limits).min())
}

/// Where a system has no such file, nothing is known.
fn read(file: impl AsRef<Path>) -> Option<String> {
    fs::read_to_string(file).ok()
}

/// The files that limit the memory of a process, by what its `cgroup` file says: that of its group, and those
/// of the groups around it. In a container, its group's stands where the outermost does elsewhere.
fn limits(own: &str) -> impl Iterator<Item = PathBuf> {
    own.lines().flat_map(|line| {
        let group = GROUPS.iter().filter_map(|(mark, folder, file)| {
            let (_, path) = line.split_once(mark)?;
            Some((path.trim_start_matches('/'), folder, file))
        });
        group.flat_map(|(path, folder, file)| {
            let around = Path::new(path).ancestors();
            around.map(move |group| Path::new(folder).join(group).join(file))
        })
    })
}

/// The memory of the machine, in MB.
fn total_of(info: &str) -> Option<u64> {
    let line = info
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes = line.trim().strip_suffix("kB")?;
    Some(kilobytes.trim().parse::<u64>().ok()? / 1024)
}

/// The limit of a control group, in MB; none if it is `max`.
fn limit_of(most: &str) -> Option<u64> {
    Some(most.trim().parse::<u64>().ok()? / 1024 / 1024)
}

fn share_of(all: Option<u64>) -> u64 {
    all.map_or(LEAST, |all| (all / 8).clamp(LEAST, MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_eighth_of_the_memory_is_for_pages_within_bounds() {
        let shares = [512, 1024, 4096, 8192, 65_536].map(|all| share_of(Some(all)));
        assert_eq!(shares, [128, 128, 512, 1024, 1024]);
        assert_eq!(share_of(None), 128);
    }

    #[test]
    fn what_the_kernel_tells_is_read() {
        let info = "MemFree:  1 kB\nMemTotal:       24683836 kB\nSwapTotal: 0 kB\n";
        assert_eq!(total_of(info), Some(24_105));
        assert_eq!(limit_of("536870912\n"), Some(512));
    }

    #[test]
    fn a_process_is_limited_by_its_group_and_by_those_around_it() {
        let files = |own| limits(own).collect::<Vec<_>>();
        assert_eq!(
            files("0::/system.slice/org-api.service\n"),
            [
                "/sys/fs/cgroup/system.slice/org-api.service/memory.max",
                "/sys/fs/cgroup/system.slice/memory.max",
                "/sys/fs/cgroup/memory.max",
            ]
            .map(PathBuf::from)
        );
        assert_eq!(
            files("5:devices:/\n4:memory:/docker/a\n"),
            [
                "/sys/fs/cgroup/memory/docker/a/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes",
            ]
            .map(PathBuf::from)
        );
    }

    #[test]
    fn what_the_kernel_does_not_tell_is_not_known() {
        assert_eq!(total_of("MemTotal: much\n"), None);
        assert_eq!(limit_of("max\n"), None);
    }
}
