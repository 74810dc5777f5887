//! Prometheus' text format, read strictly: what is not well formed is no scrape.

use std::collections::BTreeMap;

type Labels = BTreeMap<String, String>;

/// All samples of one answer.
pub(crate) struct Scrape {
    types: BTreeMap<String, String>,
    samples: BTreeMap<(String, Labels), f64>,
}

impl Scrape {
    pub(crate) fn parse(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line ends");
        let mut scrape = Self {
            types: BTreeMap::new(),
            samples: BTreeMap::new(),
        };
        let mut helped = None;
        for line in text.lines() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, words) = help.split_once(' ').expect("a help text");
                assert!(!words.is_empty(), "{name} has a help text");
                helped = Some(name.to_owned());
            } else if let Some(kind) = line.strip_prefix("# TYPE ") {
                let (name, kind) = kind.split_once(' ').expect("a type");
                assert_eq!(
                    helped.as_deref(),
                    Some(name),
                    "the help comes before the type"
                );
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                let before = scrape.types.insert(name.to_owned(), kind.to_owned());
                assert_eq!(before, None, "{name} stands once");
            } else {
                scrape.sample(line);
            }
        }
        scrape.hold_histograms_to_their_sums();
        scrape
    }

    fn sample(&mut self, line: &str) {
        let (series, value) = line.rsplit_once(' ').expect("a value");
        let (name, labels) = match series.split_once('{') {
            Some((name, labels)) => (name, parse_labels(labels)),
            None => (series, Labels::new()),
        };
        let letters = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(name.chars().all(letters), "{name}");
        assert!(self.family_of(name).is_some(), "{name} has a type");
        let value = value.parse().unwrap_or_else(|why| panic!("{line}: {why}"));
        let before = self.samples.insert((name.to_owned(), labels), value);
        assert_eq!(before, None, "{series} stands once");
    }

    fn family_of<'a>(&self, name: &'a str) -> Option<&'a str> {
        if self.types.contains_key(name) {
            return Some(name);
        }
        let parts = ["_bucket", "_sum", "_count"];
        let family = parts.iter().find_map(|part| name.strip_suffix(part))?;
        (self.types.get(family)? == "histogram").then_some(family)
    }

    /// The last bucket has everything that was counted.
    fn hold_histograms_to_their_sums(&self) {
        for ((name, labels), count) in &self.samples {
            let Some(family) = name.strip_suffix("_count") else {
                continue;
            };
            let mut last = labels.clone();
            last.insert("le".to_owned(), "+Inf".to_owned());
            let bucket = self.samples.get(&(format!("{family}_bucket"), last));
            assert_eq!(bucket, Some(count), "{family} {labels:?}");
        }
    }

    /// The names of the families.
    pub(crate) fn families(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }

    /// The value of one series.
    pub(crate) fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let labels = labels.iter();
        let labels: Labels = labels
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let value = self.samples.get(&(name.to_owned(), labels.clone()));
        *value.unwrap_or_else(|| panic!("no {name} {labels:?} in {:#?}", self.samples.keys()))
    }

    /// The value of one series that counts something.
    pub(crate) fn count(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        let value = self.value(name, labels).to_string();
        value
            .parse()
            .unwrap_or_else(|why| panic!("{name} {labels:?}: {value}: {why}"))
    }
}

/// No label here has a value that would have to be escaped, or has a comma.
fn parse_labels(text: &str) -> Labels {
    let text = text.strip_suffix('}').expect("a bracket at the end");
    let mut labels = Labels::new();
    for label in text.split(',') {
        let (name, value) = label.split_once('=').expect("a label and its value");
        let value = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        let value = value.expect("a value in quotes");
        assert!(!value.contains(['"', '\\']), "{label}");
        let before = labels.insert(name.to_owned(), value.to_owned());
        assert_eq!(before, None, "{name} stands once in {text}");
    }
    labels
}
