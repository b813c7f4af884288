//! `dateline config`: what is in force, and where each value comes from.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::ArgMatches;
use dateline::config::cli::ConfigCommandArgs;
use dateline::config::file::{self, ConfigFile};
use dateline::error::{Error, Exit};

use super::print;

/// Prints the settings as a configuration file would say them, or the schema of such a file.
pub(super) fn config(
    args: &ConfigCommandArgs,
    file: Option<&(PathBuf, ConfigFile)>,
    options: &ArgMatches,
) -> Result<Exit, Error> {
    if args.schema {
        return print(&format!("{:#}\n", file::schema()));
    }
    print(&settings(file, options))
}

fn settings(file: Option<&(PathBuf, ConfigFile)>, options: &ArgMatches) -> String {
    let mut text = match file {
        Some((path, _)) => format!("# read from {}\n", path.display()),
        None => "# no dateline.toml\n".to_owned(),
    };
    for setting in file::settings(options) {
        let file::Setting { key, value, typed } = setting;
        let in_file = file.map(|(path, file)| (path, said(file, &key)));
        let (value, source) = match in_file {
            Some((path, Some(said))) if !typed => (Some(said), path.display().to_string()),
            _ => (value, if typed { "command line".into() } else { "default".to_owned() }),
        };
        // Writing to a string cannot fail.
        let _ = match value {
            Some(value) => writeln!(text, "{:<40} # {source}", format!("{key} = {value}")),
            None => writeln!(text, "# {key} is not set"),
        };
    }
    if let Some((path, file)) = file {
        text += &tables(file, &path.display().to_string());
    }
    text
}

/// The value that the file gives a key, as the file would say it.
fn said(file: &ConfigFile, key: &str) -> Option<String> {
    let values: Vec<String> = file
        .arguments
        .iter()
        .filter(|(name, _)| name == key)
        .map(|(_, argument)| {
            let argument = argument.to_string_lossy();
            match argument.split_once('=') {
                Some(_) if key == "header" => "\"***\"".to_owned(),
                Some((_, value)) if value.parse::<f64>().is_ok() => value.to_owned(),
                Some((_, value)) => toml::Value::from(value).to_string(),
                None => "true".to_owned(),
            }
        })
        .collect();
    match values.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(format!("[{}]", many.join(", "))),
    }
}

fn tables(file: &ConfigFile, source: &str) -> String {
    let mut text = String::new();
    let levels = file.arguments.iter().filter_map(|(key, argument)| {
        let rule = key.strip_prefix("levels.")?;
        let level = argument.to_string_lossy().rsplit('=').next().map(str::to_owned)?;
        Some(format!("{:<40} # {source}\n", format!("{rule} = \"{level}\"")))
    });
    let levels: String = levels.collect();
    if !levels.is_empty() {
        text += &format!("\n[levels]\n{levels}");
    }
    for (name, entry) in &file.entries {
        text += &format!("\n{:<40} # {source}\n", format!("[[{name}]]"));
        text += &entry.iter().map(|(key, value)| format!("{key} = {value}\n")).collect::<String>();
    }
    text
}
