//! Opens the reports that a run is to write: the main one, those beside it, and the summary that
//! GitHub shows beneath a job.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use dateline::config::Settings;
use dateline::config::cli::{Messaging, ReportTo, Rows};
use dateline::error::Error;
use dateline::model::Judged;
use dateline::report::{
    self, Failed, FanOut, Format, Open, Renderer, Report, Style, Summary, View, fresh,
};
use tempfile::NamedTempFile;

use crate::messages::Messages;

/// The file that GitHub shows beneath a job.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";
/// Where the baseline stands unless `--baseline` says otherwise.
const BASELINE: &str = "dateline-baseline.json";
pub(super) const PLAIN: Style = Style { color: false, width: WIDTH, links: false };
/// The columns of what is no terminal and says nothing else.
const WIDTH: usize = 120;

/// The reports that are wanted.
pub(super) struct Wanted<'a> {
    /// What they are about.
    pub view: View,
    /// The main one's format.
    pub format: &'a str,
    /// The main one's file, instead of standard output.
    pub output: Option<&'a Path>,
    /// Those beside it.
    pub reports: &'a [ReportTo],
    /// Which rows `jsonl` and `json` write.
    pub rows: Rows,
}

/// Opens all reports of a run.
pub(super) fn open(
    settings: &Settings,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Box<dyn Report>, Error> {
    let Settings { view, format, output, reports, .. } = settings;
    let (output, rows) = (output.as_deref(), settings.rows);
    let wanted = Wanted { view: *view, format, output, reports, rows };
    let mut opened = listed(&wanted, messaging, messages)?;
    if let Some(path) = baseline(settings) {
        let baseline = to_file(&report::baseline::FORMAT, *view, &path)?;
        opened.push(Box::new(OfWholeRuns(baseline)));
    }
    Ok(Box::new(FanOut(opened)))
}

/// Where reports go that are files or folders.
pub(super) fn places(settings: &Settings) -> Vec<PathBuf> {
    let beside = settings.reports.iter().map(|report| &report.path);
    settings.output.iter().chain(beside).cloned().collect()
}

/// Where the baseline is to be written, if it is.
pub(super) fn baseline(settings: &Settings) -> Option<PathBuf> {
    let path = || settings.baseline.clone().unwrap_or_else(|| BASELINE.into());
    settings.write_baseline.then(path)
}

/// Opens the reports that are named.
pub(super) fn all(
    wanted: &Wanted<'_>,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Box<dyn Report>, Error> {
    Ok(Box::new(FanOut(listed(wanted, messaging, messages)?)))
}

#[expect(clippy::disallowed_methods, reason = "the program's edge: the environment")]
fn listed(
    wanted: &Wanted<'_>,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Vec<Box<dyn Report>>, Error> {
    let Wanted { view, format: name, output, reports: beside, rows } = *wanted;
    let opened = |name: &str, report: Box<dyn Report>| -> Box<dyn Report> {
        let is_compact = rows == Rows::Compact && matches!(name, "jsonl" | "json");
        if is_compact { Box::new(Compacted(report)) } else { report }
    };
    let main = format(name)?;
    let main = match output {
        None => to_stdout(main, view, messaging, messages)?,
        Some(path) => to_file(main, view, path)?,
    };
    let mut reports = vec![opened(name, main)];
    for report in beside {
        let written = to_file(format(&report.format)?, view, &report.path)?;
        reports.push(opened(&report.format, written));
    }
    let on_github = name == "github" || beside.iter().any(|report| report.format == "github");
    if let Some(path) = std::env::var_os(STEP_SUMMARY).filter(|path| on_github && !path.is_empty())
    {
        reports.push(appended(format("markdown")?, view, Path::new(&path))?);
    }
    Ok(reports)
}

/// Whether any report of a run tells its remarks; otherwise they are to be told beside it.
pub(super) fn tells_remarks(settings: &Settings) -> bool {
    let beside = settings.reports.iter().map(|report| report.format.as_str());
    let mut names = beside.chain([settings.format.as_str()]);
    names.any(|name| report::by_name(name).is_some_and(|format| format.tells_remarks))
}

fn format(name: &str) -> Result<&'static Format, Error> {
    report::by_name(name).ok_or_else(|| {
        Error::usage(format!("there is no format `{name}`"), "see `dateline check --help`")
    })
}

fn to_stdout(
    format: &Format,
    view: View,
    messaging: &Messaging,
    messages: &Messages,
) -> Result<Box<dyn Report>, Error> {
    let Open::Stream(open) = format.open else {
        return Err(Error::usage(
            format!("a `{}` report needs a place of its own", format.name),
            "name it with --output",
        ));
    };
    let out = BufWriter::new(messages.apart());
    let report = open(view, style(messaging), Box::new(out));
    Ok(Box::new(Named { name: "standard output".to_owned(), report, whole: None }))
}

/// A report in a file appears when it is whole; what stood there before stays until then.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn to_file(format: &Format, view: View, path: &Path) -> Result<Box<dyn Report>, Error> {
    let unwritable = |error| Error::Output { to: path.display().to_string(), error };
    let open = match format.open {
        Open::Stream(open) => open,
        Open::Place(open) => {
            let report = open(view, path).map_err(unwritable)?;
            return Ok(Box::new(Named { name: path.display().to_string(), report, whole: None }));
        }
    };
    let special = fs::metadata(path).is_ok_and(|found| !found.is_file());
    let (out, whole) = if special {
        (File::create(path).map_err(unwritable)?, None)
    } else {
        let temporary = fresh::beside(path).map_err(unwritable)?;
        let out = temporary.reopen().map_err(unwritable)?;
        (out, Some((temporary, path.to_owned())))
    };
    let report = open(view, PLAIN, Box::new(BufWriter::new(out)));
    Ok(Box::new(Named { name: path.display().to_string(), report, whole }))
}

/// A file appears when it is whole; what stood there before stays until then.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let unwritable = |error| Error::Output { to: path.display().to_string(), error };
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return fs::write(path, bytes).map_err(unwritable);
    }
    let mut temporary = fresh::beside(path).map_err(unwritable)?;
    temporary.write_all(bytes).map_err(unwritable)?;
    temporary.persist(path).map(|_| ()).map_err(|error| unwritable(error.error))
}

#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn appended(format: &Format, view: View, path: &Path) -> Result<Box<dyn Report>, Error> {
    let name = path.display().to_string();
    let file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .map_err(|error| Error::Output { to: name.clone(), error })?;
    let Open::Stream(open) = format.open else { return to_file(format, view, path) };
    let report = open(view, PLAIN, Box::new(BufWriter::new(file)));
    Ok(Box::new(Named { name, report, whole: None }))
}

/// A report with the name of the place that it goes to, for when that cannot be written.
struct Named {
    name: String,
    report: Box<dyn Report>,
    whole: Option<(NamedTempFile, PathBuf)>,
}

impl Named {
    fn name(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.name))
    }
}

impl Report for Named {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.report.document(judged).map_err(|error| self.name(&error))
    }

    fn renderer(&self) -> Option<Renderer> {
        self.report.renderer()
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        self.report.rendered(parts).map_err(|error| self.name(&error))
    }

    fn failed(&mut self, failed: &Failed) -> io::Result<()> {
        self.report.failed(failed).map_err(|error| self.name(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.report.flush().map_err(|error| self.name(&error))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.report.finish(summary).map_err(|error| self.name(&error))?;
        if let Some((temporary, path)) = self.whole.take() {
            temporary.persist(path).map_err(|error| self.name(&error.error))?;
        }
        Ok(())
    }
}

/// Rows that leave out what no finding is about.
pub(super) struct Compacted(pub Box<dyn Report>);

impl Report for Compacted {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.0.document(&report::compact(judged))
    }

    fn renderer(&self) -> Option<Renderer> {
        self.0.renderer().map(|renderer| renderer.after(report::compact))
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        self.0.rendered(parts)
    }

    fn failed(&mut self, failed: &Failed) -> io::Result<()> {
        self.0.failed(failed)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.0.finish(summary)
    }
}

/// A report that an interrupted run does not write: it would say less than is so.
struct OfWholeRuns(Box<dyn Report>);

impl Report for OfWholeRuns {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.0.document(judged)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if summary.interrupted { Ok(()) } else { self.0.finish(summary) }
    }
}

/// Colour, width and hyperlinks of standard output.
pub(super) fn style(messaging: &Messaging) -> Style {
    let color = match messaging.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    };
    let links = color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    Style { color, width: width(), links }
}

/// What `COLUMNS` says, else the terminal.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the environment")]
fn width() -> usize {
    const NARROWEST: usize = 40;
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || match terminal_size::terminal_size() {
        Some((terminal_size::Width(columns), _)) if io::stdout().is_terminal() => {
            Some(columns.into())
        }
        _ => None,
    };
    columns.filter(|&columns| columns > 0).or_else(terminal).unwrap_or(WIDTH).max(NARROWEST)
}
