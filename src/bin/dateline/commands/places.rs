//! Refuses, before anything is read, to write where something stands that is wanted: an input, or
//! another output.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use dateline::config::Settings;
use dateline::error::Error;
use dateline::fetch::CacheChoice;
use dateline::{address, read, report};
use same_file::is_same_file;

use super::output::{self, Wanted};

/// A file that is read or written, and as what.
struct Place {
    what: String,
    path: PathBuf,
}

impl Place {
    fn new(what: impl Into<String>, path: &Path) -> Self {
        Self { what: what.into(), path: path.to_owned() }
    }

    /// Whether both are one file, however they are spelled and through whatever links.
    #[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
    fn is(&self, other: &Path) -> bool {
        let there = |path: &Path| path.parent()?.join(".").canonicalize().ok();
        is_same_file(&self.path, other).unwrap_or_else(|_| {
            // What is not there yet is known by its folder and its name.
            let known = self.path.exists() || other.exists();
            !known && self.path.file_name() == other.file_name() && {
                let (a, b) = (there(&self.path), there(other));
                a.is_some() && a == b
            }
        })
    }

    /// Whether writing there loses nothing: a terminal, `/dev/null`.
    #[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
    fn is_special(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|found| !found.is_file() && !found.is_dir())
    }
}

/// Looks at the places that a run reads and writes. Reports of earlier runs that stand in a folder
/// to be read are left out of it.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn settle(settings: &mut Settings) -> Result<(), Error> {
    let Settings { view, format, output, reports, .. } = &*settings;
    let (output, rows) = (output.as_deref(), settings.rows);
    let wanted = Wanted { view: *view, format, output, reports, rows };
    let mut outputs = of_reports(&wanted);
    let written = output::baseline(settings);
    outputs.extend(written.iter().map(|path| Place::new("the baseline", path)));
    outputs.extend(settings.fetch.record.iter().map(|path| Place::new("--record", path)));
    let mut inputs = Vec::new();
    let cache = match &settings.fetch.cache {
        CacheChoice::File(path) => Some(path),
        CacheChoice::Off => None,
    };
    inputs.extend(cache.map(|path| Place::new("the cache", path)));
    inputs.extend(settings.fetch.replay.iter().map(|path| Place::new("the recording", path)));
    inputs.extend(settings.clocks.iter().map(|path| Place::new("the clocks", path)));
    let known = settings.baseline.iter().filter(|_| written.is_none());
    inputs.extend(known.map(|path| Place::new("the baseline", path)));
    let named = settings.inputs.iter().filter(|input| Path::new(input).is_file());
    inputs.extend(named.map(|input| Place::new("an input", Path::new(input))));
    apart(&outputs, &inputs)?;
    let there = |output: &&Place| output.path.is_file() && !output.is_special();
    let mut left_out = Vec::new();
    for output in among_files(outputs.iter().filter(there).collect(), settings) {
        if !is_report(&output.path) {
            return Err(replaced(output, "an input"));
        }
        left_out.push(output.path.clone());
    }
    settings.read.leave_out = left_out;
    Ok(())
}

/// The same where rows are read.
pub(super) fn of_rows(wanted: &Wanted<'_>, rows: &[PathBuf]) -> Result<(), Error> {
    let inputs: Vec<Place> = rows.iter().map(|path| Place::new("an input", path)).collect();
    apart(&of_reports(wanted), &inputs)
}

/// The same where lines of files are what is read.
pub(super) fn of_lines(output: Option<&Path>, rows: &[PathBuf]) -> Result<(), Error> {
    let inputs: Vec<Place> = rows.iter().map(|path| Place::new("an input", path)).collect();
    let output = output.map(|path| Place::new("--output", path));
    let outputs: Vec<Place> = output.into_iter().filter(|place| !place.is_special()).collect();
    apart(&outputs, &inputs)
}

fn of_reports(wanted: &Wanted<'_>) -> Vec<Place> {
    let main = wanted.output.map(|path| Place::new("--output", path));
    let beside = wanted.reports.iter();
    let beside = beside.map(|to| Place::new(format!("--report {}", to.format), &to.path));
    let all = main.into_iter().chain(beside);
    all.filter(|place| !place.is_special()).collect()
}

fn apart(outputs: &[Place], inputs: &[Place]) -> Result<(), Error> {
    for (number, output) in outputs.iter().enumerate() {
        if let Some(input) = inputs.iter().find(|input| output.is(&input.path)) {
            return Err(replaced(output, &input.what));
        }
        let earlier = outputs.iter().take(number).find(|earlier| output.is(&earlier.path));
        if let Some(earlier) = earlier {
            let (path, both) =
                (output.path.display(), [&*earlier.what, &output.what].join(" and "));
            return Err(Error::usage(
                format!("{path} is where two outputs are to go: {both}"),
                "give each a place of its own",
            ));
        }
    }
    Ok(())
}

fn replaced(output: &Place, input: &str) -> Error {
    Error::usage(
        format!("{} is {input}, which {} would replace", output.path.display(), output.what),
        "write it to another place",
    )
}

/// The outputs, all of them there, that are among the files of the folders and globs that are read.
/// These are gone over once, and not at all where nothing is there to be written over.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn among_files<'p>(
    outputs: Vec<&'p Place>,
    Settings { inputs, read: options, .. }: &Settings,
) -> Vec<&'p Place> {
    if outputs.is_empty() {
        return outputs;
    }
    // To compare two files opens both, which a corpus has too many for; their sizes come first.
    let size = |path: &Path| fs::metadata(path).ok().map(|found| found.len());
    let sized: Vec<_> = outputs.iter().map(|output| (*output, size(&output.path))).collect();
    let named =
        inputs.iter().filter(|input| *input != "-" && address::web_address(input).is_none());
    let mut found = vec![false; sized.len()];
    for file in named.flat_map(|input| read::files(input, options)).filter_map(Result::ok) {
        let own = size(&file);
        for (&(output, size), found) in sized.iter().zip(&mut found) {
            *found |= size == own && is_same_file(&file, &output.path).unwrap_or(false);
        }
    }
    let among = sized.into_iter().zip(found).filter(|(_, found)| *found);
    among.map(|((output, _), _)| output).collect()
}

/// Whether an earlier run wrote a file as its report.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1024).read_to_end(&mut head));
    read.is_ok() && report::begins(&head)
}
