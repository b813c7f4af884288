//! `dateline.toml`: every option of the command line by its long name, and beside them tables
//! that the command line has no room for.
//!
//! The options are not listed here: they are read off the command line's own definition, so that
//! a new option is a key of the file, a line of the schema and a line of `dateline config` at once.

mod environment;
mod options;
mod place;
mod schema;
mod tables;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

use toml::{Table, Value};

use crate::config::cli::BoundHeader;
use crate::fetch::{Archive, HostPace};
use crate::model::Position;
use crate::suppress::allow::{Allow, Override, Scope};

use self::place::{InKey as _, Wrong, place, places};

pub use environment::{Environment, PREFIX};
pub use options::{Setting, keys, settings};
pub use schema::schema;

/// The name under which the file is looked for.
pub const NAME: &str = "dateline.toml";

/// What a configuration file says.
#[derive(Clone, Debug, Default)]
pub struct ConfigFile {
    /// The options that it sets, each as one argument of the command line, with its key.
    pub arguments: Vec<(String, OsString)>,
    /// What is allowed, and why.
    pub allow: Vec<Allow>,
    /// Levels for certain paths, hosts and addresses.
    pub overrides: Vec<Override>,
    /// The pace of certain hosts.
    pub hosts: Vec<HostPace>,
    /// Web archives, each with its name.
    pub archives: Vec<(String, Archive)>,
    /// Header fields for certain hosts.
    pub headers: Vec<BoundHeader>,
    /// What is furniture on certain pages.
    pub furniture: Vec<Furniture>,
    /// The entries of the lists of tables as they are written, each with its list's name, secrets
    /// taken out.
    pub entries: Vec<(&'static str, Table)>,
    /// Where each key of `arguments` stands.
    pub places: BTreeMap<String, Position>,
}

/// What is furniture on some pages, beside what their structure tells.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// The pages, by the article's path or host.
    pub scope: Scope,
    /// CSS selectors.
    pub select: Vec<String>,
}

/// The tables that describe archives, and the option that names one.
const ARCHIVE: &str = "archive";

/// The tables that are no options, with what each is for.
const TABLES: [(&str, &str); 6] = [
    ("levels", "The level of each rule named: error, warning, note or off."),
    ("allow", "Findings that are known, each entry with a reason and, if it should, an end."),
    ("override", "Other levels for certain paths, hosts or addresses."),
    ("host", "The pace of a host, and header fields for it alone."),
    (
        ARCHIVE,
        "A web archive, asked with `--archive NAME` or `ask`: its lists and captures, its pace, its limit.",
    ),
    ("furniture", "What is not the article on certain pages, by CSS selector."),
];

impl ConfigFile {
    /// Reads a configuration file; relative paths in it are taken to start in `folder`.
    ///
    /// # Errors
    ///
    /// Says what is wrong, and what may have been meant.
    pub fn parse(
        text: &str,
        folder: &Path,
        environment: &Environment<'_>,
    ) -> Result<Self, Problem> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| Problem {
            at: error.span().and_then(|span| place(text, span.start)),
            said: error.message().to_owned(),
        })?;
        let mut file = Self::default();
        for (key, value) in &table {
            let read = file.key(key, value, folder, environment);
            read.map_err(|wrong| wrong.within_key(key).in_file(text))?;
        }
        file.places = places(text, file.arguments.iter().map(|(key, _)| key.as_str()));
        Ok(file)
    }

    /// Where and what it says of a key of `arguments`: `3:1: ` and the words.
    #[must_use]
    pub fn problem(&self, key: &str, said: String) -> Problem {
        Problem { at: self.places.get(key).copied(), said }
    }

    fn key(
        &mut self,
        key: &str,
        value: &Value,
        folder: &Path,
        environment: &Environment<'_>,
    ) -> Result<(), Wrong> {
        // An archive is named by a text, and described by tables: `archive` is both.
        let is_option = key == ARCHIVE && !value.is_array();
        match (TABLES.iter().find(|(name, _)| *name == key && !is_option), value) {
            (None, _) => {
                self.arguments.extend(options::arguments(key, value, folder, environment)?);
            }
            (Some(("levels", _)), Value::Table(levels)) => {
                self.arguments.extend(tables::levels(levels)?);
            }
            (Some(("levels", _)), _) => {
                return Err("`levels` is a table: write [levels]".to_owned().into());
            }
            (Some((name, _)), Value::Array(entries)) => {
                for (number, entry) in entries.iter().enumerate() {
                    let read = self.entry(name, entry, environment);
                    read.map_err(|wrong| wrong.within_entry(number))?;
                }
            }
            _ => return Err(format!("`{key}` is a list of tables: write [[{key}]]").into()),
        }
        Ok(())
    }

    /// Reads one entry of the lists of tables.
    fn entry(
        &mut self,
        name: &'static str,
        entry: &Value,
        environment: &Environment<'_>,
    ) -> Result<(), Wrong> {
        match name {
            "allow" => self.allow.push(tables::allow(entry)?),
            "override" => self.overrides.push(tables::over(entry)?),
            "furniture" => self.furniture.push(tables::furniture(entry)?),
            ARCHIVE => {
                let tables::Described { archive, pace, is_asked } = tables::archive(entry)?;
                if is_asked {
                    let asked = self.arguments.iter().any(|(key, _)| key == ARCHIVE);
                    if asked {
                        return Err("one archive is asked: `ask` stands in two of them".to_owned())
                            .in_key("ask");
                    }
                    let argument = OsString::from(format!("--archive={}", archive.0));
                    self.arguments.push((ARCHIVE.to_owned(), argument));
                }
                self.archives.push(archive);
                self.hosts.extend(pace);
            }
            _ => {
                let (pace, headers) = tables::host(entry, environment)?;
                self.hosts.push(pace);
                self.headers.extend(headers);
            }
        }
        let mut shown = entry.as_table().cloned().unwrap_or_default();
        if let Some(header) = shown.get_mut(options::SECRET) {
            *header = Value::from("***");
        }
        self.entries.push((name, shown));
        Ok(())
    }
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line and the column, from one.
    pub at: Option<Position>,
    /// What is wrong.
    pub said: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(Position { line, column }) => write!(f, "{line}:{column}: {}", self.said),
            None => write!(f, " {}", self.said),
        }
    }
}

/// A sentence about a name that is none of those that are known.
fn unknown(what: &str, name: &str, known: &[String]) -> String {
    let near = known
        .iter()
        .map(|known| (strsim::jaro_winkler(known, &name.replace('_', "-")), known))
        .filter(|(alike, _)| *alike > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    match near {
        Some((_, near)) => format!("there is no {what} `{name}`; did you mean `{near}`?"),
        None => format!("there is no {what} `{name}`; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ConfigFile, Problem> {
        let lookup = |name: &str| (name == "DATELINE_TOKEN").then(|| "s3cret".to_owned());
        let environment = Environment { lookup: &lookup, allowed: Vec::new() };
        ConfigFile::parse(text, Path::new("conf"), &environment)
    }

    fn parse(text: &str) -> Result<Vec<String>, String> {
        let file = read(text).map_err(|problem| problem.said)?;
        Ok(file.arguments.into_iter().map(|(_, a)| a.to_string_lossy().into_owned()).collect())
    }

    #[test]
    fn keys_become_options() {
        assert_eq!(
            parse(
                "offline = true\ntimeout = 2.5\nselect = [\"dead-link\", \"broken-url\"]\nbaseline = \"b.json\"\n"
            ),
            Ok([
                "--baseline=conf/b.json",
                "--offline",
                "--select=dead-link",
                "--select=broken-url",
                "--timeout=2.5"
            ]
            .map(str::to_owned)
            .to_vec())
        );
        assert_eq!(parse("offline = false"), Ok(Vec::new()));
        assert_eq!(
            parse("[levels]\ndead-link = \"off\""),
            Ok(vec!["--level=dead-link=off".to_owned()])
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_what_was_meant() {
        for (text, said) in [
            ("ofline = true", "there is no key `ofline`; did you mean `offline`?"),
            (
                "max_concurrency = 3",
                "there is no key `max_concurrency`; did you mean `max-concurrency`?",
            ),
            ("config = \"x\"", "`config` can only be given on the command line"),
            ("offline = 1", "`offline` is true or false"),
            ("timeout = \"soon\"", "`timeout`: invalid value 'soon'"),
            ("format = \"yaml\"", "`format`: invalid value 'yaml'"),
            ("timeout = [1]", "`timeout` is one value"),
            ("allow = 1", "`allow` is a list of tables: write [[allow]]"),
            ("[[allow]]\nrule = \"dead-link\"", "an entry of `allow` needs a `reason`"),
            (
                "[[allow]]\nreason = \"x\"\nexpire = 1",
                "there is no key `expire`; did you mean `expires`?",
            ),
            (
                "[[allow]]\nreason = \"x\"\nrule = \"dead-lnk\"",
                "there is no rule `dead-lnk`; did you mean `dead-link`?",
            ),
            (
                "[[allow]]\nreason = \"x\"\nexpires = \"soon\"",
                "`expires` is a day, such as \"2027-01-31\"",
            ),
            ("[levels]\ndead-link = \"bad\"", "`levels`: invalid value 'dead-link=bad'"),
            (
                "[[override]]\nlevel = \"note\"",
                "an entry of `override` names `path`, `host` or `url`",
            ),
            ("[[host]]\ninterval = \"1s\"", "an entry of `host` needs a `host`"),
            ("[[host]]\nhost = \"a.example\"\npace = 1", "there is no key `pace`"),
            ("[[host]]\nhost = \"a/b\"", "`host`: `a/b` is no host"),
            ("[[host]]\nhost = \"a.example\"\nconcurrency = 0", "`concurrency`: "),
            ("[[host]]\nhost = \"a.example\"\ninterval = \"soon\"", "`interval`: "),
            (
                "[[host]]\nhost = \"a.example\"\nheader = \"X: ${HOME}\"",
                "`header`: the variable `HOME`",
            ),
            ("header = \"https://a.example X: ${HOME}\"", "`header`: the variable `HOME`"),
            ("[[archive]]\ntimemap = \"x\"", "an entry of `archive` needs a `name`"),
            ("[[archive]]\nname = \"a b\"", "an entry of `archive` needs a `name`"),
            ("[[archive]]\nname = \"a\"\ntimemap = \"x\"", "`timemap` is the address"),
            (
                "[[archive]]\nname = \"a\"\ntimemap = \"https://a.example/{url}\"\nraw = \"x\"",
                "`raw` is the address",
            ),
            (
                "[[archive]]\nname = \"a\"\ntimemap = \"https://a.example/{url}\"\nlimit = -1",
                "`limit` is how often",
            ),
            (
                "[[archive]]\nname = \"a\"\nask = 1\ntimemap = \"https://a.example/{url}\"",
                "`ask` is true",
            ),
            ("[[furniture]]\npath = \"a\"", "an entry of `furniture` needs a `select`"),
            ("[[furniture]]\nselect = \"a:hover\"", "`select`: `a:hover`: "),
            ("a = [", ""),
        ] {
            let problem = parse(text).expect_err(text);
            assert!(problem.starts_with(said), "{text}: {problem}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, at) in [
            ("# x\n\nofline = true", "3:1: there is no key"),
            ("a = 1\nb = [", "2:6: "),
            ("a = 1 2", "1:5: "),
            ("quiet = 1\n", "1:1: `quiet` is true or false"),
            ("[levels]\ndead-link = \"off\"\nbroken-url = \"bad\"", "3:1: `levels`: invalid value"),
            ("[levels]\n  dead-lnk = \"off\"", "2:3: there is no rule `dead-lnk`"),
            ("exclude-url = [\n  \"a.example\",\n  \"regex:(\",\n]", "3:3: `exclude-url`: "),
            ("[[allow]]\nreason = \"x\"\n\n expires = \"soon\"", "4:2: `expires` is a day"),
            ("[[allow]]\nreason = \"x\"\nrule = [\"dead-link\", \"x\"]", "3:22: there is no rule"),
            ("allow = [{ reason = \"x\", pat = 1 }]", "1:26: there is no key `pat`"),
            ("[[host]]\nhost = \"a.example\"\ninterval = \"x\"", "3:1: `interval`: "),
            ("[[host]]\nhost = \"a.example\"\nheader = \"X: ${HOME}\"", "3:1: `header`: "),
            ("[[override]]\nhost = \"a\"\nlevel = \"bad\"", "3:1: `level` is"),
            ("[[furniture]]\nselect = [\"a\", \"a:hover\"]", "2:16: `select`: `a:hover`"),
            ("[[allow]]\nreason = \"x\"\n  [[allow]]\nrule = \"x\"", "3:3: an entry of `allow`"),
        ] {
            let problem = read(text).expect_err(text).to_string();
            assert!(problem.starts_with(at) && !problem.contains('\n'), "{text}: {problem}");
        }
    }

    #[test]
    fn a_host_has_a_pace_and_headers_of_its_own() {
        let file = read(
            "header = \"https://b.example X: ${DATELINE_TOKEN}\"\n\
             [[host]]\nhost = \"A.example\"\nconcurrency = 1\ninterval = \"2s\"\n\
             header = [\"Authorization: Bearer ${DATELINE_TOKEN}\", \"X-Y: z\"]\n",
        )
        .expect("a configuration");
        assert_eq!(file.hosts[0].host, "a.example");
        assert_eq!(file.hosts[0].concurrency, Some(1));
        assert_eq!(file.hosts[0].interval, Some(std::time::Duration::from_secs(2)));
        assert_eq!(file.headers[0].origin.ascii_serialization(), "https://a.example");
        assert_eq!(file.headers[0].value, "Bearer s3cret");
        assert_eq!(file.headers.len(), 2);
        assert_eq!(file.arguments[0].1, "--header=https://b.example X: s3cret");
        assert!(!format!("{:?}", file.entries).contains("s3cret"));
    }

    #[test]
    fn furniture_is_named_by_selectors() {
        let file = read("[[furniture]]\npath = \"blog/**\"\nselect = [\".more\", \"#x > a\"]\n")
            .expect("a configuration");
        assert_eq!(file.furniture[0].select, [".more", "#x > a"]);
    }

    #[test]
    fn hostile_files_end_in_an_error() {
        assert!(parse(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
