//! The options of the command line as keys of the file.

use std::ffi::OsString;
use std::path::Path;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};
use toml::Value;

use super::place::Wrong;
use super::{Environment, TABLES, unknown};
use crate::config::cli::Cli;
use crate::read::PathGlob;

/// What only a person at the command line may say, and why no file may.
const TYPED_ONLY: [(&str, &str); 14] = [
    ("allow-env", "a file must not choose which secrets it sends"),
    ("allow-net", "a file must not open a network that is not public"),
    ("changed-since", "it is of one run"),
    ("config", "it says where the file is"),
    ("help", "it is of one run"),
    ("level", "in the file there is the table [levels]"),
    ("no-config", "it says where the file is"),
    ("no-offline", "in the file there is `offline = false`"),
    ("no-robots", "in the file there is `robots = false`"),
    ("resume", "it is of one run"),
    ("shard", "it is of one run"),
    ("suppress", "in the file there is `no-suppress = false`"),
    ("untrusted", "a file that it would leave unread cannot say it"),
    ("write-baseline", "it is of one run"),
];

/// The option whose value is a secret, and so is never printed.
pub(super) const SECRET: &str = "header";

/// The command whose options are the keys.
pub(super) fn check() -> Command {
    let mut cli = Cli::command();
    cli.build();
    cli.find_subcommand("check").cloned().unwrap_or(cli)
}

fn options(command: &Command) -> impl Iterator<Item = (&str, &Arg)> {
    command.get_arguments().filter_map(|arg| Some((arg.get_long()?, arg)))
}

/// The options that are keys of the file.
pub(super) fn key_options(command: &Command) -> impl Iterator<Item = (&str, &Arg)> {
    options(command).filter(|(name, _)| !TYPED_ONLY.iter().any(|(typed, _)| typed == name))
}

/// Every key that the file may have at its top.
#[must_use]
pub fn keys() -> Vec<String> {
    let command = check();
    let options = key_options(&command).map(|(name, _)| name.to_owned());
    options.chain(TABLES.iter().map(|(name, _)| (*name).to_owned())).collect()
}

pub(super) fn is_flag(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::SetFalse)
}

pub(super) fn is_list(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

/// The arguments that say what a key says.
pub(super) fn arguments(
    key: &str,
    value: &Value,
    folder: &Path,
    environment: &Environment<'_>,
) -> Result<Vec<(String, OsString)>, Wrong> {
    let command = check();
    let Some((_, arg)) = options(&command).find(|(name, _)| *name == key) else {
        return Err(unknown("key", key, &keys()).into());
    };
    if let Some((_, why)) = TYPED_ONLY.iter().find(|(typed, _)| *typed == key) {
        return Err(format!("`{key}` can only be given on the command line: {why}").into());
    }
    let values = match value {
        Value::Boolean(on) if is_flag(arg) => {
            return Ok(on
                .then(|| (key.to_owned(), format!("--{key}").into()))
                .into_iter()
                .collect());
        }
        _ if is_flag(arg) => return Err(format!("`{key}` is true or false").into()),
        Value::Array(values) if is_list(arg) => values.as_slice(),
        Value::Array(_) => return Err(format!("`{key}` is one value, not a list").into()),
        value => std::slice::from_ref(value),
    };
    let one = |value: &Value| {
        let mut value = scalar(key, value)?;
        if key == SECRET {
            value = environment.filled(key, &value)?;
        }
        let argument = argument(key, &value, arg, folder);
        accepted(key, &argument)?;
        Ok((key.to_owned(), argument))
    };
    let all = values.iter().enumerate();
    all.map(|(number, value)| {
        one(value).map_err(|said: String| Wrong::from(said).within_entry(number))
    })
    .collect()
}

pub(super) fn scalar(key: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Float(number) => Ok(number.to_string()),
        Value::Datetime(date) => Ok(date.to_string()),
        Value::Boolean(_) | Value::Array(_) | Value::Table(_) => {
            Err(format!("`{key}` is a text or a number"))
        }
    }
}

fn path_glob() -> clap::builder::ValueParser {
    clap::value_parser!(PathGlob).into()
}

/// `--key=value`; paths start where the file is.
fn argument(key: &str, value: &str, arg: &Arg, folder: &Path) -> OsString {
    let mut argument = OsString::from(format!("--{key}="));
    if arg.get_value_parser().type_id() == ValueParser::path_buf().type_id() {
        argument.push(folder.join(value));
    } else if arg.get_value_parser().type_id() == path_glob().type_id() {
        argument.push(folder);
        argument.push(PathGlob::MARK.to_string());
        argument.push(value);
    } else {
        argument.push(value);
    }
    argument
}

/// Lets the command line's own parser judge one argument.
pub(super) fn accepted(key: &str, argument: &OsString) -> Result<(), String> {
    let parsed = check().try_get_matches_from([OsString::from("check"), argument.clone()]);
    parsed.map(|_| ()).map_err(|error| {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        let short = first.trim_start_matches("error: ").split(" for '--").next().unwrap_or(first);
        let more = text.lines().find(|line| line.contains("[possible values"));
        let more = more.map(|line| format!(" {}", line.trim())).unwrap_or_default();
        format!("`{key}`: {short}{more}")
    })
}

/// One setting that is in force, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its key.
    pub key: String,
    /// What it is, as the file would say it; none where nothing sets it.
    pub value: Option<String>,
    /// Whether it was typed.
    pub typed: bool,
}

/// Every option in force after parsing, in the order of the help text.
#[must_use]
pub fn settings(matches: &ArgMatches) -> Vec<Setting> {
    let command = check();
    key_options(&command)
        .filter(|(_, arg)| matches.try_contains_id(arg.get_id().as_str()).is_ok())
        .map(|(key, arg)| {
            let id = arg.get_id().as_str();
            let source = matches.value_source(id);
            let typed = source == Some(clap::parser::ValueSource::CommandLine);
            Setting { key: key.to_owned(), value: value_of(matches, id, arg), typed }
        })
        .collect()
}

fn value_of(matches: &ArgMatches, id: &str, arg: &Arg) -> Option<String> {
    if is_flag(arg) {
        return Some(matches.get_flag(id).to_string());
    }
    let raw = matches.get_raw(id)?;
    if id == SECRET {
        return Some("[\"***\"]".to_owned());
    }
    let quoted = |text: &str| {
        // A glob of the file is shown as it stands there.
        let text = text.rsplit(PathGlob::MARK).next().unwrap_or(text);
        if text.parse::<f64>().is_ok() { text.to_owned() } else { Value::from(text).to_string() }
    };
    let values: Vec<String> = raw.map(|value| quoted(&value.to_string_lossy())).collect();
    // One value is written alone where that is how the default is.
    let is_list = is_list(arg) && (values.len() != 1 || arg.get_default_values().is_empty());
    if is_list { Some(format!("[{}]", values.join(", "))) } else { values.into_iter().next() }
}
