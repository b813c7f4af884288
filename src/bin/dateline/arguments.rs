//! What was typed, completed by what the configuration file says: an option that was typed goes
//! before the file, the file before the default.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches, parser::ValueSource};
use dateline::config::cli::{Cli, LevelOf};
use dateline::config::file::{ConfigFile, Environment, NAME};
use dateline::error::{Error, in_words};

/// The commands that heed a configuration file.
const HEEDING: [&str; 3] = ["check", "config", "fix"];

/// What was typed, and what was read.
pub(crate) struct Typed {
    /// All arguments, those of the file among them.
    pub cli: Cli,
    /// The options of the command, as they were typed.
    pub options: ArgMatches,
    /// The configuration file, if there is one.
    pub file: Option<(PathBuf, ConfigFile)>,
}

/// Reads the arguments and the configuration file that they name or that stands above the input.
/// Ends the process where clap does: at `--help`, `--version` and what it does not understand.
pub(crate) fn parse(given: &[OsString]) -> Result<Typed, Error> {
    let mut command = Cli::command();
    command.build();
    let typed = command.clone().get_matches_from(given);
    let (name, options) = match typed.subcommand() {
        Some((name, options)) => (name, options.clone()),
        None => ("", ArgMatches::default()),
    };
    let path = if HEEDING.contains(&name) { find(&options) } else { None };
    let file = path.map(|path| Ok((path.clone(), read(&path, &options)?))).transpose()?;
    let arguments = match (&file, command.find_subcommand(name)) {
        (Some((_, file)), Some(command)) => {
            let added = completions(file, command, &options).map(|(_, argument)| argument.clone());
            with(given, &added.collect::<Vec<_>>())
        }
        _ => given.to_vec(),
    };
    let matches = match (command.clone().try_get_matches_from(arguments), &file) {
        (Ok(matches), _) => matches,
        (Err(error), Some((path, file))) => {
            let heeding = command.find_subcommand(name);
            let culprit = heeding
                .and_then(|heeding| culprit(&command, given, completions(file, heeding, &options)));
            let Some((key, said)) = culprit else { error.exit() };
            return Err(unusable(&located(path, file, &key, format!("`{key}`: {said}"))));
        }
        (Err(error), None) => error.exit(),
    };
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    Ok(Typed { cli, options, file })
}

/// The file that was named, or else the nearest one above the first input.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn find(options: &ArgMatches) -> Option<PathBuf> {
    if let Some(named) = options.get_one::<PathBuf>("config") {
        return Some(named.clone());
    }
    if options.get_flag("no_config") || options.get_flag("untrusted") {
        return None;
    }
    let input = options.get_many::<String>("inputs").and_then(|mut inputs| inputs.next());
    let input = input.map_or(Path::new("."), Path::new);
    let start = if input.is_dir() { Some(input) } else { input.parent() };
    let start = start.filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let here = fs::canonicalize(".").ok();
    for folder in fs::canonicalize(start).ok()?.ancestors() {
        let path = folder.join(NAME);
        if path.is_file() {
            // Named as a person would: from where they are.
            let near = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
            return Some(near.map(Path::to_owned).unwrap_or(path));
        }
        // What stands above a repository is none of its business.
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn read(path: &Path, options: &ArgMatches) -> Result<ConfigFile, Error> {
    let text = fs::read_to_string(path)
        .map_err(|error| unusable(&format!("{}: {}", path.display(), in_words(&error))))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let allowed = options.get_many::<String>("allow_env").into_iter().flatten().cloned().collect();
    let environment = Environment { lookup: &|name| std::env::var(name).ok(), allowed };
    ConfigFile::parse(&text, folder, &environment)
        .map_err(|problem| unusable(&format!("{}:{problem}", path.display())))
}

/// What is left out is so by the file and by what was typed, together.
const ADDED: [&str; 2] = ["exclude", "exclude_url"];

/// What ends the run, for the file is no good.
fn unusable(said: &str) -> Error {
    Error::usage(said, "see `dateline config --schema`, or leave the file out with --no-config")
}

/// The name of the file, the place of a key in it, and what is said of it.
pub(crate) fn located(path: &Path, file: &ConfigFile, key: &str, said: String) -> String {
    format!("{}:{}", path.display(), file.problem(key, said))
}

/// The first of the file's arguments that the others do not go with, and what clap says of it. Each
/// is good by itself: the file has been read.
fn culprit<'f>(
    command: &Command,
    given: &[OsString],
    added: impl Iterator<Item = &'f (String, OsString)>,
) -> Option<(String, String)> {
    let mut taken = Vec::new();
    for (key, argument) in added {
        taken.push(argument.clone());
        let Err(error) = command.clone().try_get_matches_from(with(given, &taken)) else {
            continue;
        };
        let said = error.to_string();
        let said = said.lines().next().unwrap_or_default().trim_start_matches("error: ");
        return Some((key.clone(), said.to_owned()));
    }
    None
}

/// The arguments of the file that were not typed and agree with what was.
fn completions<'f>(
    file: &'f ConfigFile,
    command: &'f Command,
    options: &'f ArgMatches,
) -> impl Iterator<Item = &'f (String, OsString)> {
    let typed = move |id: &str| {
        options.try_contains_id(id).is_ok()
            && options.value_source(id) == Some(ValueSource::CommandLine)
    };
    let levels: Vec<&LevelOf> =
        options.try_get_many("level").ok().flatten().into_iter().flatten().collect();
    let wanted = move |key: &str| {
        if let Some(rule) = key.strip_prefix("levels.") {
            return !levels.iter().any(|level| level.rule == rule);
        }
        let arg = command.get_arguments().find(|arg| arg.get_long() == Some(key));
        arg.is_some_and(|arg| {
            let id = arg.get_id().as_str();
            // A conflict is declared by one of the two.
            let against = |one: &Arg, other: &Arg| {
                command.get_arg_conflicts_with(one).iter().any(|it| it.get_id() == other.get_id())
            };
            let mut others = command.get_arguments().filter(|other| typed(other.get_id().as_str()));
            let undone = match id.strip_prefix("no_") {
                Some(plain) => typed(plain),
                None => typed(&format!("no_{id}")),
            };
            let adds = ADDED.contains(&id);
            (adds || !typed(id))
                && !undone
                && !others.any(|other| against(arg, other) || against(other, arg))
        })
    };
    file.arguments.iter().filter(move |(key, _)| wanted(key))
}

/// The arguments with others among them, as options.
fn with(given: &[OsString], added: &[OsString]) -> Vec<OsString> {
    // What follows `--` is no option.
    let end = given.iter().position(|argument| argument == "--").unwrap_or(given.len());
    let (options, rest) = given.split_at(end);
    options.iter().chain(added).chain(rest).cloned().collect()
}
