//! Settings: flags over the environment over a file over what is usual.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use org_http::{IpNet, PublicUrl};
use org_kernel::field::FromText;
use serde::{Deserialize, Serialize};

use crate::cli::CommonFlags;
use crate::failure::Failure;

/// What the environment's variables begin with.
const PREFIX: &str = "ORG_API_";

/// How this process was told to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) database_url: Option<String>,
    pub(crate) data_dir: PathBuf,
    pub(crate) listen: String,
    public_url: Option<String>,
    trusted_proxy: Vec<String>,
    pub(crate) database_connections: u32,
    pub(crate) database_wait_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: None,
            data_dir: ".org-api".into(),
            listen: "127.0.0.1:8080".to_owned(),
            public_url: None,
            trusted_proxy: Vec::new(),
            database_connections: 16,
            database_wait_ms: 2000,
        }
    }
}

const NAMES: &[&str] = &[
    "database_url",
    "data_dir",
    "listen",
    "public_url",
    "trusted_proxy",
    "database_connections",
    "database_wait_ms",
];

impl Settings {
    /// Gathers the settings; `flags` are those of the command, besides the common ones.
    pub(crate) fn gather(common: &CommonFlags, flags: &impl Serialize) -> Result<Self, Failure> {
        let file = common
            .config
            .clone()
            .or_else(|| std::env::var_os("ORG_API_CONFIG").map(Into::into));
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            readable(&file)?;
            figment = figment.merge(Toml::file_exact(file));
        }
        let settings: Self = figment
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed(PREFIX).only(NAMES))
            .merge(Serialized::defaults(&common.database))
            .merge(Serialized::defaults(flags))
            .extract()
            .map_err(|errors| Failure::Usage(lines(errors)))?;
        settings.checked()
    }

    /// The server's address as clients see it.
    pub(crate) fn public_url(&self) -> Result<Option<PublicUrl>, Failure> {
        let url = self
            .public_url
            .as_deref()
            .map(PublicUrl::from_text)
            .transpose();
        url.map_err(|invalid| wrong("public_url", invalid))
    }

    /// Whose word is taken for where a request comes from.
    pub(crate) fn trusted_proxies(&self) -> Result<Vec<IpNet>, Failure> {
        let network = |text: &String| {
            let address = || text.parse::<IpAddr>().map(IpNet::from);
            text.parse::<IpNet>().or_else(|_| address()).map_err(|_| {
                wrong(
                    "trusted_proxy",
                    format!("{text:?} must be an address or a network like 10.0.0.0/8"),
                )
            })
        };
        self.trusted_proxy.iter().map(network).collect()
    }

    fn checked(self) -> Result<Self, Failure> {
        if !(1..=1000).contains(&self.database_connections) {
            return Err(wrong("database_connections", "must be 1 to 1000"));
        }
        if !(1..=600_000).contains(&self.database_wait_ms) {
            return Err(wrong("database_wait_ms", "must be 1 to 600000"));
        }
        Ok(self)
    }
}

/// A setting that is wrong, in the words of every such refusal.
pub(crate) fn wrong(setting: &str, message: impl std::fmt::Display) -> Failure {
    Failure::Usage(format!("setting `{setting}`: {message}"))
}

fn readable(file: &Path) -> Result<(), Failure> {
    let why = |error| Failure::Usage(format!("setting `config`: {}: {error}", file.display()));
    std::fs::read_to_string(file).map(drop).map_err(why)
}

/// One line for each setting that is wrong, with the place it came from.
fn lines(errors: figment::Error) -> String {
    let line = |error: figment::Error| {
        let source = error.metadata.as_ref().map(|source| source.name.clone());
        let source = source
            .map(|source| format!(" (from {source})"))
            .unwrap_or_default();
        let setting = error.path.join(".");
        let setting = if setting.is_empty() {
            String::new()
        } else {
            format!(" `{setting}`")
        };
        format!("setting{setting}: {}{source}", error.kind).replace('\n', " ")
    };
    errors.into_iter().map(line).collect::<Vec<_>>().join("\n")
}
