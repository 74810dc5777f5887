//! One setting, as it is told to clap, to those who read the settings, and to those who read about them.

use std::fmt;

/// What the environment's variables begin with.
pub(super) const PREFIX: &str = "ORG_API_";

/// A setting. Its name is the one that it has in a file; flag and variable follow from it.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// What stands for the value in help.
    pub(crate) value: &'static str,
    /// What it does: the words that follow its name.
    pub(crate) what: &'static str,
    /// What OPERATIONS.md adds to that.
    more: &'static str,
    /// What is read where nothing is given.
    pub(super) usual: Option<&'static str>,
    /// What is said of that.
    usually: &'static str,
    pub(crate) reach: Reach,
    pub(super) sources: Sources,
    pub(super) secret: bool,
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// A whole number within bounds, both included.
    Number {
        least: u64,
        most: u64,
    },
    /// On or off; off where nothing is given.
    Switch,
    /// Any number of texts, with commas between them.
    List,
}

/// Which commands have the flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    All,
    /// Those that serve.
    Serving,
    /// Those that serve, and those on webhooks.
    Webhooks,
}

/// Where a setting may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sources {
    All,
    /// No flag: the arguments of a process are everybody's to read.
    NoFlag,
    /// Neither a flag nor the file.
    Variable,
    /// Not in the file, which it names.
    NoFile,
}

/// A setting without a usual value, given in every way, of the commands that serve.
pub(super) const fn setting(name: &'static str, kind: Kind, value: &'static str) -> Setting {
    Setting {
        name,
        kind,
        value,
        what: "",
        more: "",
        usual: None,
        usually: "none",
        reach: Reach::Serving,
        sources: Sources::All,
        secret: false,
    }
}

pub(super) const fn number(least: u64, most: u64) -> Kind {
    Kind::Number { least, most }
}

/// A time in milliseconds.
pub(super) const fn milliseconds(name: &'static str, least: u64, most: u64) -> Setting {
    setting(name, number(least, most), "MS")
}

impl Setting {
    pub(super) const fn does(mut self, what: &'static str) -> Self {
        self.what = what;
        self
    }

    pub(super) const fn more(mut self, more: &'static str) -> Self {
        self.more = more;
        self
    }

    pub(super) const fn usual(mut self, text: &'static str) -> Self {
        (self.usual, self.usually) = (Some(text), text);
        self
    }

    /// Says what is usual where one text does not, or does not alone.
    pub(super) const fn usually(mut self, words: &'static str) -> Self {
        self.usually = words;
        self
    }

    pub(super) const fn of(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    pub(super) const fn from(mut self, sources: Sources) -> Self {
        self.sources = sources;
        self
    }

    /// A setting that nobody is shown, and that a file of its own may hold.
    pub(super) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The flag without its hyphens in front; none for what is no flag.
    pub(crate) fn flag(&self) -> Option<String> {
        let has_flag = matches!(self.sources, Sources::All | Sources::NoFile);
        has_flag.then(|| self.name.replace('_', "-"))
    }

    pub(super) fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.to_ascii_uppercase())
    }

    /// The variable that names a file with the value, for a secret.
    pub(super) fn file_variable(&self) -> Option<String> {
        self.secret.then(|| format!("{}_FILE", self.variable()))
    }

    /// The variable by which other programs know the same setting.
    pub(super) fn other_variable(&self) -> Option<&'static str> {
        (self.name == "database_url").then_some("DATABASE_URL")
    }

    pub(super) fn is_in_the_file(&self) -> bool {
        matches!(self.sources, Sources::All | Sources::NoFlag)
    }

    /// All of its variables, the one that is asked first in front.
    pub(super) fn variables(&self) -> Vec<String> {
        let besides = self.other_variable().map(str::to_owned);
        let all = [Some(self.variable()), self.file_variable(), besides];
        all.into_iter().flatten().collect()
    }

    /// The help of the flag.
    pub(crate) fn help(&self) -> String {
        let (what, bounds) = (self.what, Bounds(self.kind));
        let variables = self.variables().join(", ");
        format!(
            "{what}{bounds} [env: {variables}] [default: {}]",
            self.usually
        )
    }

    /// The setting as a row of a table in Markdown.
    pub(super) fn row(&self) -> String {
        let flag = self.flag().map(|flag| format!("`--{flag}`"));
        let flag = flag.unwrap_or_else(|| "none".to_owned());
        let quoted: Vec<_> = self.variables().iter().map(|v| format!("`{v}`")).collect();
        let (variables, what, more) = (quoted.join(", "), self.what, self.more);
        let bounds = Bounds(self.kind);
        format!(
            "| {flag} | {variables} | {} | {what}{bounds}{more} |",
            self.usually
        )
    }
}

/// The bounds of a number, as they follow what is said of it.
struct Bounds(Kind);

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Number { least, most } => write!(f, " ({least} to {most})"),
            Kind::Text | Kind::Switch | Kind::List => Ok(()),
        }
    }
}
