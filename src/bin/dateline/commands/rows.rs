//! `dateline report` and `dateline diff`: reads the rows of earlier runs.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use dateline::config::cli::{DiffArgs, Messaging, ReportArgs};
use dateline::diff::Comparison;
use dateline::error::{Error, Exit, in_words};
use dateline::model::Judged;
use dateline::report::{Summary, View, restored, unfetched_remark};

use super::{output, places, print};
use crate::messages::Messages;

/// Writes any report from the rows of earlier runs.
pub(super) fn report(
    args: ReportArgs,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Exit, Error> {
    let ReportArgs { rows, format, output, report: beside } = args;
    let wanted = output::Wanted {
        view: View::Check,
        format: &format,
        output: output.as_deref(),
        reports: &beside,
    };
    places::of_rows(&wanted, &rows)?;
    let mut report = output::all(&wanted, messaging, messages)?;
    let mut summary = Summary::default();
    let unwritable = |error| Error::Output { to: "the report".into(), error };
    for path in &rows {
        read(path, &mut |judged| {
            summary.add(judged);
            report.document(judged).map_err(unwritable)
        })?;
    }
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
    let mut comparison = Comparison::default();
    read(&args.old, &mut |judged| {
        comparison.older(judged);
        Ok(())
    })?;
    read(&args.new, &mut |judged| {
        comparison.newer(judged);
        Ok(())
    })?;
    let diff = comparison.finish();
    print(&diff.written(args.format))?;
    Ok(if diff.is_worse() { Exit::Findings } else { Exit::Clean })
}

/// Hands over the documents of one file of rows, one by one.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn read(
    path: &Path,
    each: &mut dyn FnMut(&Judged) -> Result<(), Error>,
) -> Result<(), Error> {
    let unusable = |problem: String| {
        Error::usage(
            format!("{} cannot be read: {problem}", path.display()),
            "name a file that `dateline check --format jsonl` wrote",
        )
    };
    let input: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path).map_err(|error| unusable(in_words(&error)))?))
    };
    for (line, number) in input.lines().zip(1..) {
        let line = line.map_err(|error| unusable(in_words(&error)))?;
        if line.trim().is_empty() {
            continue;
        }
        let judged =
            restored(&line).map_err(|problem| unusable(format!("line {number}: {problem}")))?;
        each(&judged)?;
    }
    Ok(())
}
