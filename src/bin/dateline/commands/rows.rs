//! `dateline report`, `dateline diff` and `dateline stats`: reads the rows of earlier runs.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use dateline::config::cli::{DiffArgs, Messaging, ReportArgs, StatsArgs};
use dateline::diff::{Comparison, Run};
use dateline::error::{Error, Exit, in_words};
use dateline::read;
use dateline::report::figures::{Counter, Counts};
use dateline::report::{Outlined, Restored, Summary, View, outlined, restored, unfetched_remark};

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
    each(&rows, restored, &mut |row| match row {
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
    let compared = comparison.taker();
    for (run, rows) in [(Run::Old, &args.old), (Run::New, &args.new)] {
        let make = |line: &str| match outlined(line)? {
            Outlined::Judged(outline) => Ok(Some(compared.take(run, &outline))),
            Outlined::Failed => Ok(None),
        };
        each(&files(std::slice::from_ref(rows))?, make, &mut |taken| match taken {
            Some(taken) => comparison.take(run, taken).map_err(unwritable),
            None => Ok(()),
        })?;
    }
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
    let counts = |line: &str| match outlined(line)? {
        Outlined::Judged(outline) => Ok(Some(Counts::of(&outline))),
        Outlined::Failed => Ok(None),
    };
    each(&rows, counts, &mut |counts| {
        match counts {
            Some(counts) => counter.add(counts),
            None => counter.unreadable(),
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
        Box::new(BufReader::with_capacity(BATCH, io::stdin()))
    } else {
        Box::new(BufReader::with_capacity(BATCH, File::open(path)?))
    })
}

/// About so many bytes of lines are read at a time.
const BATCH: usize = 256 << 10;

/// Lines of a file, and what they are made into.
struct Batch {
    path: usize,
    /// The number of the first line, from one.
    first: usize,
    lines: Vec<u8>,
}

/// What became of a batch, up to the first line that is wrong, and what is wrong with it.
type Made<T> = (Vec<T>, Option<(usize, usize, String)>);

/// Hands over the rows of files one by one, in their order. What is made of each row is made on all cores.
pub(super) fn each<T: Send>(
    files: &[PathBuf],
    make: impl Fn(&str) -> Result<T, String> + Sync,
    take: &mut dyn FnMut(T) -> Result<(), Error>,
) -> Result<(), Error> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let unusable_line = |(path, line, problem): (usize, usize, String)| {
        let path = files.get(path).map_or(Path::new("-"), PathBuf::as_path);
        unusable(path, &format!("line {line}: {problem}"))
    };
    thread::scope(|scope| {
        // Batches wait in their order for what becomes of them, while any core takes the next.
        let (order, ordered) = mpsc::sync_channel::<mpsc::Receiver<Made<T>>>(2 * cores);
        let (work, works) = mpsc::sync_channel::<(Batch, mpsc::SyncSender<Made<T>>)>(2 * cores);
        let works = Arc::new(Mutex::new(works));
        for _ in 0..cores {
            let (works, make) = (Arc::clone(&works), &make);
            scope.spawn(move || {
                loop {
                    let next = works.lock().map(|works| works.recv());
                    let Ok(Ok((batch, done))) = next else { break };
                    // Nobody waits for it where the run ends early.
                    let _ = done.send(made(&batch, make));
                }
            });
        }
        drop(works);
        let reading = scope.spawn(move || {
            for (path, name) in files.iter().enumerate() {
                let mut is_wanted = true;
                batches(name, &mut |first, lines| {
                    let (done, result) = mpsc::sync_channel(1);
                    let batch = Batch { path, first, lines };
                    is_wanted = order.send(result).is_ok() && work.send((batch, done)).is_ok();
                    is_wanted
                })
                .map_err(|error| unusable(name, &in_words(&error)))?;
                if !is_wanted {
                    break;
                }
            }
            Ok(())
        });
        let mut result = Ok(());
        'all: for batch in &ordered {
            let Ok((rows, wrong)) = batch.recv() else { break };
            for row in rows {
                result = take(row);
                if result.is_err() {
                    break 'all;
                }
            }
            if let Some(wrong) = wrong {
                result = Err(unusable_line(wrong));
                break;
            }
        }
        drop(ordered);
        let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        result.and(read)
    })
}

/// Reads a file in batches of whole lines, as long as `take` wants more.
fn batches(path: &Path, take: &mut dyn FnMut(usize, Vec<u8>) -> bool) -> io::Result<()> {
    let mut input = opened(path)?;
    let (mut first, mut lines, mut count) = (1, Vec::new(), 0);
    while input.read_until(b'\n', &mut lines)? > 0 {
        count += 1;
        if lines.len() >= BATCH {
            if !take(first, std::mem::take(&mut lines)) {
                return Ok(());
            }
            (first, count) = (first + count, 0);
        }
    }
    if count > 0 {
        take(first, lines);
    }
    Ok(())
}

fn made<T>(batch: &Batch, make: &impl Fn(&str) -> Result<T, String>) -> Made<T> {
    let mut rows = Vec::new();
    for (line, number) in batch.lines.split_inclusive(|&byte| byte == b'\n').zip(batch.first..) {
        let text = str::from_utf8(line).map_err(|error| error.to_string());
        let row = text.map(str::trim).and_then(|text| match text {
            "" => Ok(None),
            text => make(text).map(Some),
        });
        match row {
            Ok(row) => rows.extend(row),
            Err(problem) => return (rows, Some((batch.path, number, problem))),
        }
    }
    (rows, None)
}
