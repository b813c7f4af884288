//! `dateline check`, and the pipeline that `links` and `date` run, too.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use dateline::config::Settings;
use dateline::config::cli::{CheckArgs, Talk};
use dateline::config::file::ConfigFile;
use dateline::error::{Error, Exit};
use dateline::run;
use jiff::Timestamp;

use super::{git, known, output};
use crate::messages::Messages;

/// Checks, and says by the exit code what came of it.
pub(super) fn check(
    args: CheckArgs,
    file: Option<(PathBuf, ConfigFile)>,
    clock: Timestamp,
    talk: &Talk,
    messages: &Messages,
) -> Result<Exit, Error> {
    pipeline(settings(args, file, clock)?, talk, messages)
}

/// The settings of a check, with what they name read.
pub(super) fn settings(
    args: CheckArgs,
    file: Option<(PathBuf, ConfigFile)>,
    clock: Timestamp,
) -> Result<Settings, Error> {
    let mut settings = Settings::check(args, clock, user_cache())?;
    if let Some((_, file)) = file {
        settings.configure(file);
    }
    known::baseline(&mut settings)?;
    if let Some(revision) = &settings.changed_since {
        settings.sieve.changes = Some(Arc::new(git::changes(revision, &settings.inputs)?));
    }
    Ok(settings)
}

/// Runs the pipeline and writes its reports.
pub(super) fn pipeline(
    mut settings: Settings,
    talk: &Talk,
    messages: &Messages,
) -> Result<Exit, Error> {
    settings.fetch.observer = messages.fetch_observer();
    let fail_on = settings.fail_on;
    let mut report = output::open(&settings, talk)?;
    let written = output::baseline(&settings);
    let summary = run::run(settings, report.as_mut(), messages)?;
    if let Some(path) = written.filter(|_| !summary.interrupted) {
        messages.told(&format!("{} is written: what it knows fails no more", path.display()));
    }
    Ok(run::exit(fail_on, &summary))
}

/// The folder for what may be lost (XDG Base Directory Specification), where it can be told.
fn user_cache() -> Option<PathBuf> {
    let folder =
        |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = |below: &str| folder("HOME").map(|home| home.join(below));
    match env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => home("Library/Caches"),
        _ => folder("XDG_CACHE_HOME").or_else(|| home(".cache")),
    }
}
