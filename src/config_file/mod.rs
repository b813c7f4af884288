//! `dateline.toml`: every option of the command line by its long name, and beside them tables
//! that the command line has no room for.
//!
//! The options are not listed here: they are read off the command line's own definition, so that
//! a new option is a key of the file, a line of the schema and a line of `dateline config` at once.

mod options;
mod schema;
mod tables;

use std::ffi::OsString;
use std::path::Path;

use toml::{Table, Value};

use crate::sieve::allow::{Allow, Override};

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
}

/// The tables that are no options, with what each is for.
const TABLES: [(&str, &str); 3] = [
    ("levels", "The level of each rule named: error, warning, note or off."),
    ("allow", "Findings that are known, each entry with a reason and, if it should, an end."),
    ("override", "Other levels for certain paths, hosts or addresses."),
];

impl ConfigFile {
    /// Reads a configuration file; relative paths in it are taken to start in `folder`.
    ///
    /// # Errors
    ///
    /// Says what is wrong, and what may have been meant.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let mut file = Self::default();
        for (key, value) in &table {
            match (key.as_str(), value) {
                ("levels", Value::Table(levels)) => file.arguments.extend(tables::levels(levels)?),
                ("allow", Value::Array(entries)) => file.allow = tables::allow(entries)?,
                ("override", Value::Array(entries)) => file.overrides = tables::overrides(entries)?,
                ("levels", _) => return Err("`levels` is a table: write [levels]".to_owned()),
                ("allow" | "override", _) => {
                    return Err(format!("`{key}` is a list of tables: write [[{key}]]"));
                }
                _ => file.arguments.extend(options::arguments(key, value, folder)?),
            }
        }
        Ok(file)
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

    fn parse(text: &str) -> Result<Vec<String>, String> {
        let file = ConfigFile::parse(text, Path::new("conf"))?;
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
            ("a = [", ""),
        ] {
            let problem = parse(text).expect_err(text);
            assert!(problem.starts_with(said), "{text}: {problem}");
        }
    }

    #[test]
    fn hostile_files_end_in_an_error() {
        assert!(parse(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
