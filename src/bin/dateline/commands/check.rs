//! `dateline check`, and the pipeline that `links` and `date` run, too.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::config::Settings;
use dateline::config::cli::{CheckArgs, Messaging};
use dateline::config::file::ConfigFile;
use dateline::error::{Error, Exit};
use dateline::read::{Home, Selection};
use dateline::run::{self, Observer as _};
use jiff::Timestamp;

use super::resume::Resumed;
use super::{clocks, git, known, output, places};
use crate::arguments::located;
use crate::messages::Messages;

/// Checks, and says by the exit code what came of it.
pub(super) fn check(
    args: CheckArgs,
    file: Option<(PathBuf, ConfigFile)>,
    clock: Timestamp,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Exit, Error> {
    pipeline(settings(args, file, clock)?, messaging, messages)
}

/// The settings of a check, with what they name read.
pub(super) fn settings(
    args: CheckArgs,
    file: Option<(PathBuf, ConfigFile)>,
    clock: Timestamp,
) -> Result<Settings, Error> {
    let mut settings = Settings::check(args, clock, user_cache())
        .map_err(|error| of_file(error, file.as_ref()))?;
    let mut folders = Vec::new();
    let described = file.map(|(path, file)| {
        folders.extend(path.parent().map(Path::to_owned));
        file
    });
    settings.configure(described.unwrap_or_default())?;
    folders.extend(settings.baseline.as_deref().and_then(Path::parent).map(Path::to_owned));
    let home = home(&folders)?;
    known::baseline(&mut settings, &home)?;
    locate(&mut settings, home);
    if let Some(revision) = &settings.changed_since {
        settings.suppress.changes = Some(Arc::new(git::changes(revision, &settings.inputs)?));
    }
    Ok(settings)
}

/// The options that choose rules, and so can leave none.
const CHOOSING: [&str; 3] = ["ignore", "select", "levels."];

/// The same error, with the places of the file that had a part in it.
fn of_file(error: Error, file: Option<&(PathBuf, ConfigFile)>) -> Error {
    let (Error::Usage { problem, help }, Some((path, file))) = (&error, file) else {
        return error;
    };
    let chosen = file.places.iter().find(|(key, _)| CHOOSING.iter().any(|it| key.starts_with(it)));
    let Some((key, _)) = chosen else { return error };
    let (_, name) = key.rsplit_once('.').unwrap_or(("", key));
    let place = located(path, file, key, format!("`{name}` has a part in it"));
    Error::usage(format!("{problem} ({place})"), help.clone())
}

/// Where files are told from: the repository's root, or else one of these folders above.
#[expect(clippy::disallowed_methods, reason = "the program asks where it was started")]
fn home(folders: &[PathBuf]) -> Result<Home, Error> {
    let here = env::current_dir().map_err(|error| {
        Error::usage(
            format!("the folder that this was started in cannot be told: {error}"),
            "change to a folder that is there",
        )
    })?;
    Ok(Home::around(here, folders))
}

/// Lets files be named from there, and chosen.
fn locate(settings: &mut Settings, home: Home) {
    settings.read.selection = Selection::new(&settings.exclude, &settings.include, home.here());
    settings.read.home = Some(home);
}

/// Runs the pipeline and writes its reports.
pub(super) fn pipeline(
    mut settings: Settings,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Exit, Error> {
    if settings.read.home.is_none() {
        let home = home(&[])?;
        locate(&mut settings, home);
    }
    settings.fetch.observer = messages.fetch_observer();
    clocks::load(&mut settings)?;
    places::settle(&mut settings)?;
    let fail_on = std::mem::take(&mut settings.fail_on);
    let resumed = match (settings.resume, settings.output.clone()) {
        (Some(resume), Some(path)) => Some(Resumed::begin(&mut settings, resume, &path, messages)?),
        _ => None,
    };
    let mut report = match &resumed {
        Some(resumed) => resumed.report()?,
        None => output::open(&settings, messaging, messages)?,
    };
    let written = output::baseline(&settings);
    let places = output::places(&settings);
    let recording = settings.fetch.record.clone();
    let is_told = output::tells_remarks(&settings);
    messages.work();
    let mut summary = run::run(settings, report.as_mut(), messages)?;
    let is_whole = resumed.is_none_or(|resumed| resumed.end(&mut summary, messages));
    if !is_told {
        summary.remarks.iter().for_each(|remark| messages.notice(remark));
    }
    if summary.interrupted {
        messages.interrupted(&places, written.as_deref(), recording.as_deref());
    }
    if let Some(path) = written.filter(|_| !summary.interrupted) {
        messages.told(&format!("{} is written: what it knows fails no more", path.display()));
    }
    Ok(if is_whole || summary.interrupted { run::exit(&fail_on, &summary) } else { Exit::Failed })
}

/// The folder for what may be lost (XDG Base Directory Specification), where it can be told.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the environment")]
pub(super) fn user_cache() -> Option<PathBuf> {
    let folder =
        |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = |below: &str| folder("HOME").map(|home| home.join(below));
    match env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => home("Library/Caches"),
        _ => folder("XDG_CACHE_HOME").or_else(|| home(".cache")),
    }
}
