//! Settings: flags over the environment over a file over what is usual.
//!
//! Each is written down once, in one of [`GROUPS`]: its name, what it holds within which bounds, what is
//! usual and what it does. From there come its flag with its help, its variables, its place in the file, and
//! its row in OPERATIONS.md. Beside each group stands what it is read into.

mod address;
mod layers;
mod markdown;
mod observing;
mod pool;
mod reading;
mod secret_file;
mod serving;
mod setting;
#[cfg(test)]
mod tests;
mod webhooks;

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use figment::value::Value;
use org_kernel::field::FromText;
use org_store::DatabaseUrl;
use org_web::{IpNet, ProxyHeader, PublicUrl};
use org_webhooks::sealing::MasterKey;

use self::address::network;
use self::layers::{Layers, One, from_variables};
use self::reading::Reading;
use self::setting::Sources;
use crate::cli::CommonFlags;
use crate::failure::Failure;

pub(crate) use self::address::{Listen, OtlpEndpoint, RedisUrl};
pub(crate) use self::layers::unknown_variables;
pub(crate) use self::markdown::markdown;
pub(crate) use self::observing::{LogFormat, Observing};
pub(crate) use self::pool::{Pool, Replica};
pub(crate) use self::reading::wrong;
pub(crate) use self::serving::Serving;
pub(crate) use self::setting::{Kind, Reach, Setting};
pub(crate) use self::webhooks::{Delivery, Webhooks};

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
    /// In which header they tell it.
    pub(crate) trusted_proxy_header: ProxyHeader,
    pub(crate) serving: Serving,
    pub(crate) pool: Pool,
    pub(crate) replica: Replica,
    /// Where several servers share the counts of their limits; each counts by itself when there is none.
    pub(crate) redis_url: Option<RedisUrl>,
    /// How long a request waits for that.
    pub(crate) redis_timeout: Duration,
    pub(crate) observing: Observing,
    /// The key under which secrets are encrypted, where a setting gives it.
    pub(crate) master_key: Option<Arc<MasterKey>>,
    pub(crate) webhooks: Webhooks,
}

/// Every setting there is, in groups with their headings.
pub(crate) const GROUPS: &[(&str, &[Setting])] = &[
    ("Addresses", ADDRESSES),
    ("Bounds of serving", serving::SETTINGS),
    ("The database", pool::SETTINGS),
    ("The log, metrics and traces", observing::SETTINGS),
    ("The master key", KEYS),
    ("Webhooks", webhooks::SETTINGS),
    ("The settings' file", FILE),
];

const ADDRESSES: &[Setting] = &[
    setting::setting("listen", Kind::Text, "ADDR")
        .usual("127.0.0.1:8080")
        .does("The address to listen on"),
    setting::setting("public_url", Kind::Text, "URL")
        .does("The server's address as clients and browsers see it")
        .more(": for `openapi.json` and `agent.json`, and for the [console](#the-settings-console) behind a proxy"),
    setting::setting("trusted_proxy", Kind::List, "CIDR")
        .does("Networks whose word is believed on which client a request is from")
        .more(", for counting failed authentication and for the audit trail"),
    setting::setting("trusted_proxy_header", Kind::Text, "NAME")
        .usual("x-forwarded-for")
        .does("The header in which they tell it, `x-forwarded-for` or `forwarded`; the other is not read"),
    setting::setting("redis_url", Kind::Text, "URL")
        .secret()
        .does("A Redis or Valkey in which several servers count together what a key has used of its limits"),
    setting::milliseconds("redis_timeout_ms", 1, 60_000)
        .usual("50")
        .does("How long a request waits for Redis, in milliseconds, before its server counts it by itself")
        .more("; see [Limits](#limits)"),
];

const KEYS: &[Setting] = &[
    setting::setting("master_key", Kind::Text, "KEY")
        .from(Sources::NoFlag)
        .secret()
        .usually("none; embedded: a file")
        .does("[The key](#the-master-key) under which the secrets of webhooks and of second factors are encrypted"),
    setting::setting("new_master_key", Kind::Text, "KEY")
        .from(Sources::Variable)
        .secret()
        .does("The key that `org-api master-key rotate` changes to"),
];

const FILE: &[Setting] = &[setting::setting("config", Kind::Text, "FILE")
    .of(Reach::All)
    .from(Sources::NoFile)
    .does("A TOML file with settings")];

/// Every setting there is.
pub(crate) fn all() -> impl Iterator<Item = &'static Setting> {
    GROUPS.iter().flat_map(|(_, settings)| *settings)
}

fn find(name: &str) -> Result<&'static Setting, Failure> {
    let found = all().find(|setting| setting.name == name);
    found.ok_or_else(|| wrong(name, "there is none of this name"))
}

/// A flag as it was given: its setting, and a text or a list of texts.
pub(crate) type GivenFlag = (&'static Setting, Value);

impl Settings {
    /// Gathers the settings; `flags` are those of the command, besides the common ones.
    pub(crate) fn gather(common: &CommonFlags, flags: &[GivenFlag]) -> Result<Self, Failure> {
        Self::with(Layers::new(), common, flags)
    }

    /// The same for the demonstration, which nobody balances: it stops at once.
    pub(crate) fn of_the_demonstration(
        common: &CommonFlags,
        flags: &[GivenFlag],
    ) -> Result<Self, Failure> {
        let mut layers = Layers::new();
        layers.add([One {
            name: "stop_delay_ms",
            value: Value::from("0"),
            from: "what is usual for the demonstration".to_owned(),
        }]);
        Self::with(layers, common, flags)
    }

    fn with(
        mut layers: Layers,
        common: &CommonFlags,
        flags: &[GivenFlag],
    ) -> Result<Self, Failure> {
        let flags = common.given().iter().chain(flags);
        let (config, flags): (Vec<_>, Vec<_>) = flags.partition(|(s, _)| !s.is_in_the_file());
        let named = config
            .iter()
            .find_map(|(_, file)| file.as_str().map(PathBuf::from));
        let named = named.or_else(|| std::env::var_os("ORG_API_CONFIG").map(PathBuf::from));
        if let Some(file) = named {
            layers.add_file(&file);
        }
        layers.add_environment();
        layers.add(flags.into_iter().map(|(setting, value)| One {
            name: setting.name,
            value: value.clone(),
            from: format!("the flag --{}", setting.flag().unwrap_or_default()),
        }));
        let reading = Reading::of(layers.given, layers.wrong);
        let settings = Self::read(&reading)?;
        reading.end()?;
        Ok(settings)
    }

    fn read(from: &Reading) -> Result<Self, Failure> {
        let path = |text: &str| Ok::<_, Infallible>(PathBuf::from(text));
        Ok(Self {
            database_url: from.optional("database_url", str::parse)?,
            data_dir: from.required("data_dir", path)?,
            listen: from.required("listen", str::parse)?,
            public_url: from.optional("public_url", PublicUrl::from_text)?,
            trusted_proxies: from.list("trusted_proxy", network)?,
            trusted_proxy_header: from.required("trusted_proxy_header", ProxyHeader::from_text)?,
            serving: Serving::read(from)?,
            pool: Pool::read(from)?,
            replica: Replica::read(from)?,
            redis_url: from.optional("redis_url", str::parse)?,
            redis_timeout: from.milliseconds("redis_timeout_ms")?,
            observing: Observing::read(from)?,
            master_key: from.optional("master_key", MasterKey::parse)?.map(Arc::new),
            webhooks: Webhooks::read(from)?,
        })
    }
}

/// The key that `master-key rotate` changes to, which only that command reads; none when no variable
/// gives one.
pub(crate) fn new_master_key() -> Result<Option<String>, Failure> {
    let given = from_variables(find("new_master_key")?);
    let given = given.map_err(|why| wrong("new_master_key", why))?;
    Ok(given.map(|(text, _)| text))
}
