//! Opens the reports that a run is to write: the main one, those beside it, and the summary that
//! GitHub shows beneath a job.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal};
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use dateline::cli::Talk;
use dateline::config::Settings;
use dateline::error::Error;
use dateline::model::Judged;
use dateline::report::{self, FanOut, Format, Report, Style, Summary};
use tempfile::NamedTempFile;

/// The file that GitHub shows beneath a job.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";
/// Where the baseline stands unless `--baseline` says otherwise.
const BASELINE: &str = "dateline-baseline.json";
const PLAIN: Style = Style { color: false, width: 120 };

/// Opens all reports of a run.
pub(crate) fn open(settings: &Settings, talk: &Talk) -> Result<Box<dyn Report>, Error> {
    let main = format(&settings.format)?;
    let mut reports = vec![match &settings.output {
        None => to_stdout(main, settings, talk),
        Some(path) => to_file(main, settings, path)?,
    }];
    for beside in &settings.reports {
        reports.push(to_file(format(&beside.format)?, settings, &beside.path)?);
    }
    if settings.write_baseline {
        let path = settings.baseline.as_deref().unwrap_or(Path::new(BASELINE));
        reports.push(to_file(&report::baseline::FORMAT, settings, path)?);
    }
    let on_github = settings.format == "github"
        || settings.reports.iter().any(|report| report.format == "github");
    if let Some(path) = std::env::var_os(STEP_SUMMARY).filter(|path| on_github && !path.is_empty())
    {
        reports.push(appended(format("markdown")?, settings, Path::new(&path))?);
    }
    Ok(Box::new(FanOut(reports)))
}

fn format(name: &str) -> Result<&'static Format, Error> {
    report::by_name(name).ok_or_else(|| {
        Error::usage(format!("there is no format `{name}`"), "see `dateline check --help`")
    })
}

fn to_stdout(format: &Format, settings: &Settings, talk: &Talk) -> Box<dyn Report> {
    let out = BufWriter::new(io::stdout().lock());
    let report = (format.open)(settings.view, style(talk), Box::new(out));
    Box::new(Named { name: "standard output".to_owned(), report, whole: None })
}

/// A report in a file appears when it is whole; what stood there before stays until then.
fn to_file(format: &Format, settings: &Settings, path: &Path) -> Result<Box<dyn Report>, Error> {
    let unwritable = |error| Error::Output { to: path.display().to_string(), error };
    let special = fs::metadata(path).is_ok_and(|found| !found.is_file());
    let (out, whole) = if special {
        (File::create(path).map_err(unwritable)?, None)
    } else {
        let temporary = beside(path).map_err(unwritable)?;
        let out = temporary.reopen().map_err(unwritable)?;
        (out, Some((temporary, path.to_owned())))
    };
    let report = (format.open)(settings.view, PLAIN, Box::new(BufWriter::new(out)));
    Ok(Box::new(Named { name: path.display().to_string(), report, whole }))
}

/// A new file in the folder of the one that it will become.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dateline-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}

fn appended(format: &Format, settings: &Settings, path: &Path) -> Result<Box<dyn Report>, Error> {
    let name = path.display().to_string();
    let file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .map_err(|error| Error::Output { to: name.clone(), error })?;
    let report = (format.open)(settings.view, PLAIN, Box::new(BufWriter::new(file)));
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

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.report.finish(summary).map_err(|error| self.name(&error))?;
        if let Some((temporary, path)) = self.whole.take() {
            temporary.persist(path).map_err(|error| self.name(&error.error))?;
        }
        Ok(())
    }
}

/// Colour and width of standard output.
fn style(talk: &Talk) -> Style {
    let color = match talk.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    };
    let width = match terminal_size::terminal_size() {
        Some((terminal_size::Width(columns), _)) if io::stdout().is_terminal() => columns.into(),
        _ => 120,
    };
    Style { color, width }
}
