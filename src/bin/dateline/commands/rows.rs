//! `dateline report`, `dateline diff` and `dateline stats`: reads the rows of earlier runs.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use dateline::config::cli::{DiffArgs, Messaging, ReportArgs, StatsArgs};
use dateline::diff::Comparison;
use dateline::error::{Error, Exit, in_words};
use dateline::read;
use dateline::report::figures::Counter;
use dateline::report::{Restored, Summary, View, restored, unfetched_remark};

use super::{output, places, print};
use crate::messages::Messages;

/// Writes any report from the rows of earlier runs.
pub(super) fn report(
    args: ReportArgs,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Exit, Error> {
    let ReportArgs { rows, format, output, report: beside, rows_as } = args;
    let wanted = output::Wanted {
        view: View::Check,
        format: &format,
        output: output.as_deref(),
        reports: &beside,
        rows: rows_as,
    };
    let rows = files(&rows)?;
    places::of_rows(&wanted, &rows)?;
    let mut report = output::all(&wanted, messaging, messages)?;
    let mut summary = Summary::default();
    let unwritable = |error| Error::Output { to: "the report".into(), error };
    each(&rows, &mut |row| match row {
        Restored::Judged(judged) => {
            summary.add(&judged);
            report.document(&judged).map_err(unwritable)
        }
        Restored::Failed(failed) => {
            summary.unreadable += 1;
            report.failed(&failed).map_err(unwritable)
        }
    })?;
    summary.tell_silences();
    // Rows say of each link whether it was fetched, but not why not.
    if summary.unfetched > 0 {
        summary.remarks.push(unfetched_remark(summary.unfetched, None));
    }
    report.finish(&summary).map_err(unwritable)?;
    Ok(Exit::Clean)
}

/// Tells what came, went and changed; the exit code says whether anything is worse.
pub(super) fn diff(args: &DiffArgs) -> Result<Exit, Error> {
    let unwritable = |error| Error::Output { to: "the comparison".into(), error };
    let mut comparison = Comparison::new().map_err(unwritable)?;
    each(&files(std::slice::from_ref(&args.old))?, &mut |row| match row {
        Restored::Judged(judged) => comparison.older(&judged).map_err(unwritable),
        Restored::Failed(_) => Ok(()),
    })?;
    each(&files(std::slice::from_ref(&args.new))?, &mut |row| match row {
        Restored::Judged(judged) => comparison.newer(&judged).map_err(unwritable),
        Restored::Failed(_) => Ok(()),
    })?;
    let diff = comparison.finish().map_err(unwritable)?;
    let to_stdout = |error| Error::Output { to: "standard output".into(), error };
    let mut out = BufWriter::new(io::stdout().lock());
    diff.write(args.format, &mut out).and_then(|()| out.flush()).map_err(to_stdout)?;
    Ok(if diff.is_worse() { Exit::Findings } else { Exit::Clean })
}

/// Tells how many links are dead, drifted, archived or too new.
pub(super) fn stats(args: &StatsArgs) -> Result<Exit, Error> {
    let StatsArgs { rows, format, top, output } = args;
    let rows = files(rows)?;
    places::of_lines(output.as_deref(), &rows)?;
    let mut counter = Counter::default();
    each(&rows, &mut |row| {
        match row {
            Restored::Judged(judged) => counter.add(&judged),
            Restored::Failed(_) => counter.unreadable(),
        }
        Ok(())
    })?;
    let text = counter.figures(*top).written(*format);
    match output {
        Some(path) => output::whole(path, text.as_bytes()).map(|()| Exit::Clean),
        None => print(&text),
    }
}

/// The endings of files of rows in a folder.
const ENDINGS: [&str; 6] =
    [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst"];

/// The files that are named: of a folder those of rows, of a glob those that it matches, in the order
/// of their names.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in named {
        let text = path.to_string_lossy();
        if path.is_dir() {
            let found = fs::read_dir(path).map_err(|error| unusable(path, &in_words(&error)))?;
            let found = found.filter_map(Result::ok).map(|entry| entry.path());
            let is_rows = |file: &PathBuf| {
                let name = file.to_string_lossy().to_ascii_lowercase();
                ENDINGS.iter().any(|ending| name.ends_with(ending))
            };
            let mut found: Vec<PathBuf> = found.filter(is_rows).collect();
            found.sort_unstable();
            if found.is_empty() {
                return Err(unusable(path, "the folder holds no file of rows"));
            }
            files.extend(found);
        } else if !path.exists() && text.contains(['*', '?', '[', '{']) {
            let options = read::Options::default();
            for file in read::files(&text, &options) {
                files.push(file.map_err(|error| unusable(path, &error.problem))?);
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn unusable(path: &Path, problem: &str) -> Error {
    Error::usage(
        format!("{} cannot be read: {problem}", path.display()),
        "name a file that `dateline check --format jsonl` wrote",
    )
}

/// A file of lines, or those of standard input, whether they are packed or not.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn opened(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    read::unpacked(if path == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path)?))
    })
}

/// Hands over the rows of files one by one.
pub(super) fn each(
    files: &[PathBuf],
    take: &mut dyn FnMut(Restored) -> Result<(), Error>,
) -> Result<(), Error> {
    for path in files {
        let wrong = |error: &io::Error| unusable(path, &in_words(error));
        let mut input = opened(path).map_err(|error| wrong(&error))?;
        let mut line = String::new();
        for number in 1.. {
            line.clear();
            if input.read_line(&mut line).map_err(|error| wrong(&error))? == 0 {
                break;
            }
            if !line.trim().is_empty() {
                let row = restored(&line)
                    .map_err(|problem| unusable(path, &format!("line {number}: {problem}")))?;
                take(row)?;
            }
        }
    }
    Ok(())
}
