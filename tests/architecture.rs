//! Holds every crate to the arrows of docs/ARCHITECTURE.md: who may depend on whom, and on what not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each crate of the workspace, and those of the workspace that it may be built on.
const ARROWS: &[(&str, &[&str])] = &[
    ("org-kernel", &[]),
    ("org-domain", &["org-kernel"]),
    ("org-auth", &["org-kernel"]),
    ("org-webhooks", &["org-kernel"]),
    ("org-delivery", &["org-kernel", "org-webhooks"]),
    ("org-import", &["org-kernel", "org-domain"]),
    ("org-demo", &[]),
    ("org-embedded-postgres", &[]),
    (
        // The cluster is for its tests, and for the tests of those who build on it.
        "org-store",
        &[
            "org-kernel",
            "org-domain",
            "org-auth",
            "org-webhooks",
            "org-embedded-postgres",
        ],
    ),
    ("org-shared-limits", &["org-kernel", "org-auth"]),
    ("org-web", &["org-kernel"]),
    ("org-metrics", &["org-web"]),
    (
        "org-http",
        &[
            "org-kernel",
            "org-domain",
            "org-auth",
            "org-webhooks",
            "org-web",
        ],
    ),
    (
        "org-console",
        &[
            "org-kernel",
            "org-domain",
            "org-auth",
            "org-webhooks",
            "org-web",
        ],
    ),
    (
        "org-api",
        &[
            "org-kernel",
            "org-domain",
            "org-auth",
            "org-webhooks",
            "org-delivery",
            "org-import",
            "org-demo",
            "org-embedded-postgres",
            "org-shared-limits",
            "org-store",
            "org-web",
            "org-http",
            "org-console",
            "org-metrics",
        ],
    ),
];

const WEB: &[&str] = &[
    "org-web",
    "org-http",
    "org-console",
    "actix-web",
    "actix-http",
    "actix-rt",
    "utoipa",
    "utoipa-swagger-ui",
];
const SQL: &[&str] = &["diesel", "diesel_migrations", "r2d2", "pq-sys"];

/// What a crate is never built on, directly or not.
const WITHOUT: &[(&str, &[&[&str]])] = &[
    ("org-kernel", &[WEB, SQL, &["tokio"]]),
    ("org-domain", &[WEB, SQL, &["tokio"]]),
    ("org-auth", &[WEB, SQL, &["tokio"]]),
    ("org-webhooks", &[WEB, SQL, &["tokio"]]),
    ("org-delivery", &[WEB, SQL]),
    ("org-import", &[WEB, SQL, &["tokio"]]),
    ("org-shared-limits", &[WEB, SQL]),
    ("org-store", &[WEB]),
    ("org-web", &[SQL]),
    ("org-metrics", &[SQL]),
    ("org-http", &[SQL]),
    ("org-console", &[SQL]),
];

#[test]
fn every_crate_keeps_to_its_arrows() {
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    for (name, manifest) in manifests() {
        let allowed = arrows.get(name.as_str());
        let allowed =
            allowed.unwrap_or_else(|| panic!("{name} has no arrows yet: add it to ARROWS"));
        let ours = dependencies(&manifest)
            .into_iter()
            .filter(|other| other.starts_with("org-"));
        for other in ours {
            assert!(
                allowed.contains(&other.as_str()),
                "{name} must not depend on {other}"
            );
        }
    }
}

#[test]
fn every_arrow_belongs_to_a_crate() {
    let names: BTreeSet<_> = manifests().into_iter().map(|(name, _)| name).collect();
    for (name, _) in ARROWS {
        assert!(
            names.contains(*name),
            "{name} is in ARROWS and not in the workspace"
        );
    }
}

/// Follows Cargo.lock from the dependencies of each manifest, those of its tests included: they are
/// to run on a machine with neither.
#[test]
fn the_inner_crates_carry_neither_web_nor_sql() {
    let lock = lock();
    let manifests: BTreeMap<_, _> = manifests().into_iter().collect();
    for (name, families) in WITHOUT {
        let mut reached = BTreeSet::new();
        let mut open = dependencies(&manifests[*name]);
        open.extend(keys_of(&manifests[*name], &["dev-dependencies"]));
        while let Some(next) = open.pop() {
            if reached.insert(next.clone()) {
                open.extend(match manifests.get(&next) {
                    Some(manifest) => dependencies(manifest),
                    None => lock.get(&next).cloned().unwrap_or_default(),
                });
            }
        }
        for banned in families.iter().copied().flatten() {
            assert!(!reached.contains(*banned), "{name} is built on {banned}");
        }
    }
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    for (name, manifest) in manifests() {
        let inherits = manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"));
        assert_eq!(
            inherits.and_then(toml::Value::as_bool),
            Some(true),
            "{name}"
        );
    }
}

#[test]
fn every_dependency_has_its_line() {
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let workspace: toml::Table = workspace.parse().expect("Cargo.toml parses");
    let named = workspace["workspace"]["dependencies"]
        .as_table()
        .expect("dependencies");
    let page = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("the page");
    let lines: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix('|'))
        .collect();
    let has_line = |name: &str| {
        let name = format!("`{name}`");
        lines.iter().any(|line| {
            line.split('|')
                .next()
                .is_some_and(|crates| crates.contains(&name))
        })
    };
    for name in named.keys().filter(|name| !name.starts_with("org-")) {
        assert!(has_line(name), "{name} has no line in docs/ARCHITECTURE.md");
    }
}

/// What a crate is built on, leaving out what only its tests use.
fn dependencies(manifest: &toml::Table) -> Vec<String> {
    let mut found = keys_of(manifest, &["dependencies", "build-dependencies"]);
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    for target in targets.into_iter().flat_map(toml::Table::values) {
        let target = target.as_table().expect("a table");
        found.extend(keys_of(target, &["dependencies", "build-dependencies"]));
    }
    found
}

fn keys_of(manifest: &toml::Table, tables: &[&str]) -> Vec<String> {
    let tables = tables
        .iter()
        .filter_map(|table| manifest.get(*table)?.as_table());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

fn manifests() -> Vec<(String, toml::Table)> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let manifest: toml::Table = text
            .parse()
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let name = manifest["package"]["name"]
            .as_str()
            .expect("a name")
            .to_owned();
        (name, manifest)
    };
    let folders = ["crates", "bins"].map(|folder| root().join(folder));
    let members = folders
        .iter()
        .flat_map(|folder| folder.read_dir().expect("a folder"));
    let manifests = members.map(|member| member.expect("a member").path().join("Cargo.toml"));
    manifests.filter(|path| path.exists()).map(read).collect()
}

/// Each package of Cargo.lock and the names of those it needs.
fn lock() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let lock: toml::Table = text.parse().expect("Cargo.lock parses");
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock["package"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name").to_owned();
        let others = package.get("dependencies").and_then(toml::Value::as_array);
        let others = others.into_iter().flatten().filter_map(toml::Value::as_str);
        // An entry may bear a version behind the name.
        let others = others
            .filter_map(|other| other.split(' ').next())
            .map(str::to_owned);
        needs.entry(name).or_default().extend(others);
    }
    needs
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
