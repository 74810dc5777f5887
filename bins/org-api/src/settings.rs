//! Settings: flags over the environment over a file over what is usual.

mod address;
mod given_key;
mod list;
mod observing;
mod pool;
mod serving;
mod webhooks;

use std::net::IpAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use org_kernel::field::FromText;
use org_store::DatabaseUrl;
use org_web::{IpNet, PublicUrl};
use org_webhooks::sealing::MasterKey;
use serde::{Deserialize, Serialize};

use self::given_key::GivenKey;
use self::list::list;
use crate::cli::CommonFlags;
use crate::failure::Failure;

pub(crate) use self::address::{Listen, OtlpEndpoint, RedisUrl};
pub(crate) use self::observing::{LogFormat, Observing};
pub(crate) use self::pool::{Pool, Replica};
pub(crate) use self::serving::Serving;
pub(crate) use self::webhooks::{Delivery, Webhooks};

/// What the environment's variables begin with.
const PREFIX: &str = "ORG_API_";

/// How this process was told to run.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The database; an embedded one when there is none.
    pub(crate) database_url: Option<DatabaseUrl>,
    pub(crate) data_dir: PathBuf,
    pub(crate) listen: Listen,
    /// The server's address as clients see it.
    pub(crate) public_url: Option<PublicUrl>,
    /// Whose word is taken for where a request comes from.
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) serving: Serving,
    pub(crate) pool: Pool,
    pub(crate) replica: Replica,
    /// Where several servers share the counts of their limits; each counts by itself when there is none.
    pub(crate) redis_url: Option<RedisUrl>,
    pub(crate) observing: Observing,
    /// The key under which secrets are encrypted, where a setting gives it.
    pub(crate) master_key: Option<Arc<MasterKey>>,
    pub(crate) webhooks: Webhooks,
}

/// The settings as they are written. The names of the fields are the names of the settings.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    database_url: Option<String>,
    data_dir: PathBuf,
    listen: String,
    public_url: Option<String>,
    #[serde(deserialize_with = "list")]
    trusted_proxy: Vec<String>,
    database_connections: u32,
    database_wait_ms: u64,
    log: Option<String>,
    #[serde(skip_serializing)]
    master_key: Option<GivenKey>,
    webhook_delivery: String,
    #[serde(deserialize_with = "list")]
    webhook_allow: Vec<String>,
    webhook_allow_http: bool,
    #[serde(deserialize_with = "list")]
    webhook_ports: Vec<String>,
    #[serde(deserialize_with = "list")]
    webhook_resolver: Vec<String>,
    webhook_ca: Option<PathBuf>,
    webhook_retention_days: u32,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            database_url: None,
            data_dir: ".org-api".into(),
            listen: "127.0.0.1:8080".to_owned(),
            public_url: None,
            trusted_proxy: Vec::new(),
            database_connections: 16,
            database_wait_ms: 2000,
            log: None,
            master_key: None,
            webhook_delivery: Delivery::Record.to_string(),
            webhook_allow: Vec::new(),
            webhook_allow_http: false,
            webhook_ports: vec!["443".to_owned(), "8443".to_owned()],
            webhook_resolver: Vec::new(),
            webhook_ca: None,
            webhook_retention_days: 90,
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
    "log",
    "master_key",
    "webhook_delivery",
    "webhook_allow",
    "webhook_allow_http",
    "webhook_ports",
    "webhook_resolver",
    "webhook_ca",
    "webhook_retention_days",
];

/// What only one command reads, from the environment alone.
pub(crate) const NEW_MASTER_KEY: &str = "ORG_API_NEW_MASTER_KEY";

impl Settings {
    /// Gathers the settings; `flags` are those of the command, besides the common ones.
    pub(crate) fn gather(common: &CommonFlags, flags: &impl Serialize) -> Result<Self, Failure> {
        let named = || std::env::var_os("ORG_API_CONFIG").map(PathBuf::from);
        let mut figment = Figment::from(Serialized::defaults(Written::default()));
        if let Some(file) = common.config.clone().or_else(named) {
            readable(&file)?;
            figment = figment.merge(Toml::file_exact(file));
        }
        let written: Written = figment
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed(PREFIX).only(NAMES))
            .merge(Serialized::defaults(&common.database))
            .merge(Serialized::defaults(flags))
            .extract()
            .map_err(|errors| Failure::Usage(lines(errors)))?;
        written.try_into()
    }
}

/// Variables that look like settings and are none: slips, most likely.
pub(crate) fn unknown_variables() -> Vec<String> {
    let known = |name: &str| ["config", "new_master_key"].contains(&name) || NAMES.contains(&name);
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = |name: &String| {
        let rest = name.strip_prefix(PREFIX);
        rest.is_some_and(|rest| !known(&rest.to_ascii_lowercase()))
    };
    names.filter(unknown).collect()
}

impl TryFrom<Written> for Settings {
    type Error = Failure;

    fn try_from(written: Written) -> Result<Self, Failure> {
        let url = written.database_url.as_deref().map(str::parse).transpose();
        let public_url = written
            .public_url
            .as_deref()
            .map(PublicUrl::from_text)
            .transpose();
        let proxies: Result<_, _> = written
            .trusted_proxy
            .iter()
            .map(|text| network("trusted_proxy", text))
            .collect();
        let webhooks = Webhooks::read(&written)?;
        Ok(Self {
            // It may hold a password, so the refusal does not repeat it.
            database_url: url.map_err(|error| wrong("database_url", error))?,
            data_dir: written.data_dir,
            listen: written
                .listen
                .parse()
                .map_err(|error| wrong("listen", error))?,
            public_url: public_url.map_err(|invalid| wrong("public_url", invalid))?,
            trusted_proxies: proxies?,
            serving: Serving {
                workers: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
                max_connections: NonZeroUsize::MIN.saturating_add(4095),
                max_in_flight: NonZeroUsize::MIN.saturating_add(1023),
                head_timeout: Duration::from_secs(5),
                request_timeout: Duration::from_secs(30),
                keep_alive: Duration::from_secs(75),
                stop_delay: Duration::from_secs(1),
                stop_timeout: Duration::from_secs(30),
            },
            pool: Pool {
                connections: NonZeroU32::new(written.database_connections)
                    .filter(|connections| connections.get() <= 1000)
                    .ok_or_else(|| wrong("database_connections", "must be 1 to 1000"))?,
                wait: Some(written.database_wait_ms)
                    .filter(|wait| (1..=600_000).contains(wait))
                    .map(Duration::from_millis)
                    .ok_or_else(|| wrong("database_wait_ms", "must be 1 to 600000"))?,
                queue: NonZeroUsize::MIN.saturating_add(255),
                statement_timeout: Duration::from_secs(10),
                idle_in_transaction_timeout: Duration::from_mins(1),
            },
            replica: Replica {
                url: None,
                own_writes: Duration::from_secs(5),
            },
            redis_url: None,
            observing: Observing {
                log: written.log,
                log_format: LogFormat::Auto,
                metrics_listen: None,
                otlp_endpoint: None,
            },
            master_key: written.master_key.map(|GivenKey(key)| key),
            webhooks,
        })
    }
}

/// A network, or the network of one address.
fn network(setting: &str, text: &str) -> Result<IpNet, Failure> {
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    let refused = |_| {
        wrong(
            setting,
            format!("{text:?} must be an address or a network like 10.0.0.0/8"),
        )
    };
    text.parse().or_else(|_| address()).map_err(refused)
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
        let kind = without_the_text(&error.kind.to_string());
        format!("setting{setting}: {kind}{source}")
    };
    errors.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// An error on one line, without those lines in which TOML's errors repeat the file: there may be a key
/// or a password in them.
fn without_the_text(error: &str) -> String {
    let repeats = |line: &&str| {
        let line = line
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit());
        line.trim_start().starts_with('|')
    };
    let told: Vec<_> = error.lines().filter(|line| !repeats(line)).collect();
    told.join(" ")
}
