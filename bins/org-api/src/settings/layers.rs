//! The layers of settings: what was given in the file, in the environment, and as flags.
//!
//! Every value is a layer of its own, which knows what it came from.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Error, Figment, Metadata, Profile, Provider};

use super::setting::{PREFIX, Setting};
use super::{all, secret_file};

/// One value, and where it is from.
pub(super) struct One {
    pub(super) name: &'static str,
    pub(super) value: Value,
    pub(super) from: String,
}

impl Provider for One {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.from.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let values = Dict::from([(self.name.to_owned(), self.value.clone())]);
        Ok(Profile::Default.collect(values))
    }
}

/// The layers so far, and the lines on what is wrong with them.
pub(super) struct Layers {
    pub(super) given: Figment,
    pub(super) wrong: Vec<String>,
}

impl Layers {
    pub(super) fn new() -> Self {
        Self {
            given: Figment::new(),
            wrong: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, layers: impl IntoIterator<Item = One>) {
        let given = std::mem::take(&mut self.given);
        self.given = layers.into_iter().fold(given, Figment::merge);
    }

    /// Adds what a TOML file says.
    pub(super) fn add_file(&mut self, file: &Path) {
        let line = |error| format!("setting `config`: {}: {error}", file.display());
        // Before figment, which takes a file that cannot be read for one that is not there.
        if let Err(error) = fs::read_to_string(file) {
            return self.wrong.push(line(error.to_string()));
        }
        let toml = Toml::file_exact(file);
        match toml.data() {
            Err(error) => self
                .wrong
                .push(line(without_the_text(&error.kind.to_string()))),
            Ok(data) => {
                let names = data.values().flat_map(Dict::keys);
                let known = |name: &str| all().any(|s| s.name == name && s.is_in_the_file());
                let unknown = names.filter(|name| !known(name));
                let line = |name| {
                    format!(
                        "setting `{name}`: there is none of this name (from the file {})",
                        file.display()
                    )
                };
                self.wrong.extend(unknown.map(line));
                self.given = std::mem::take(&mut self.given).merge(toml);
            }
        }
    }

    /// Adds what the environment says.
    pub(super) fn add_environment(&mut self) {
        for setting in all().filter(|setting| setting.is_in_the_file()) {
            for found in [besides(setting), from_variables(setting)] {
                match found {
                    Ok(Some((text, variable))) => self.keep(setting, &variable, text),
                    Ok(None) => {}
                    Err(why) => self
                        .wrong
                        .push(format!("setting `{}`: {why}", setting.name)),
                }
            }
        }
    }

    fn keep(&mut self, setting: &'static Setting, variable: &str, text: String) {
        self.add([One {
            name: setting.name,
            value: Value::from(text),
            from: format!("the variable {variable}"),
        }]);
    }
}

/// What the variable says that other programs call the same setting by, which gives way to its own.
fn besides(setting: &Setting) -> Result<Option<(String, String)>, String> {
    let Some(name) = setting.other_variable() else {
        return Ok(None);
    };
    Ok(variable(name)?.map(|text| (text, name.to_owned())))
}

/// What a setting's own variables say: its value, and the variable that gives it.
pub(super) fn from_variables(setting: &Setting) -> Result<Option<(String, String)>, String> {
    let plain = variable(&setting.variable())?;
    let file = setting.file_variable();
    let path = file.as_deref().and_then(env::var_os);
    match (plain, file.zip(path)) {
        (Some(_), Some((file, _))) => Err(format!(
            "must not be given twice (by the variables {} and {file})",
            setting.variable()
        )),
        (Some(text), None) => Ok(Some((text, setting.variable()))),
        (None, Some((file, path))) => {
            let path = Path::new(&path);
            let text = secret_file::read(path);
            let text = text
                .map_err(|why| format!("{}: {why} (from the variable {file})", path.display()))?;
            Ok(Some((text, file)))
        }
        (None, None) => Ok(None),
    }
}

/// Variables that look like settings and are none: slips, most likely.
pub(crate) fn unknown_variables() -> Vec<String> {
    let known: Vec<_> = all().flat_map(Setting::variables).collect();
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let slips = names.filter(|name| name.starts_with(PREFIX) && !known.contains(name));
    slips.collect()
}

fn variable(name: &str) -> Result<Option<String>, String> {
    let text = env::var_os(name).map(OsString::into_string);
    let refused = |_| format!("must be UTF-8 (from the variable {name})");
    text.transpose().map_err(refused)
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
