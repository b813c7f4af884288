//! `dateline fix`: applies what findings suggest to the files that they are about.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use dateline::cli::{FailOn, FixArgs};
use dateline::config_file::ConfigFile;
use dateline::error::{Error, Exit};
use dateline::model::{Judged, Suggestion};
use dateline::repair::repair;
use dateline::report::shown::stand_in;
use dateline::report::{Report, Summary};
use dateline::run;
use jiff::Timestamp;

use super::check;
use crate::talk::Messages;

/// Repairs files, or shows how they would be repaired. With `--diff` the exit code says whether
/// there is anything to repair.
pub(super) fn fix(
    args: FixArgs,
    file: Option<(PathBuf, ConfigFile)>,
    clock: Timestamp,
    messages: &Messages,
) -> Result<Exit, Error> {
    let FixArgs { check: args, diff, rule } = args;
    let mut settings = check::settings(args, file, clock)?;
    settings.fail_on = FailOn::Never;
    let mut fixer = Fixer { rules: rule, diff, files: 0, repairs: 0, left: 0 };
    let summary = run::run(settings, &mut fixer, messages)?;
    let told = fixer.told();
    messages.told(&told);
    Ok(match (run::exit(FailOn::Never, &summary), diff && fixer.repairs > 0) {
        (Exit::Clean, true) => Exit::Findings,
        (exit, _) => exit,
    })
}

/// A report that is written into the articles themselves.
struct Fixer {
    rules: Vec<String>,
    diff: bool,
    files: usize,
    repairs: usize,
    left: usize,
}

impl Fixer {
    fn told(&self) -> String {
        let Self { diff, files, repairs, left, .. } = self;
        let done = if *diff { "would be made" } else { "made" };
        let left = match left {
            0 => String::new(),
            _ => format!(
                "; {left} left, which touch the same words or a file that is no UTF-8 text: run it again"
            ),
        };
        format!("{repairs} repairs {done} in {files} files{left}")
    }

    fn suggestions<'j>(&self, judged: &'j Judged) -> Vec<&'j Suggestion> {
        let wanted = |rule: &str| self.rules.is_empty() || self.rules.iter().any(|id| id == rule);
        let findings = judged.findings.iter().filter(|finding| wanted(finding.rule));
        findings.filter_map(|finding| finding.suggestion.as_ref()).collect()
    }

    fn repair(&mut self, judged: &Judged, path: &Path) -> io::Result<()> {
        let suggestions = self.suggestions(judged);
        let bytes = fs::read(path)?;
        let text = judged.case.article.text.as_str();
        // Spans count in the decoded text: what was decoded from something else, or has changed
        // since it was read, is left alone. A byte order mark is no part of the text.
        let Some(mark) = bytes.strip_suffix(text.as_bytes()) else {
            self.left += suggestions.len();
            return Ok(());
        };
        if !["".as_bytes(), "\u{feff}".as_bytes()].contains(&mark) {
            self.left += suggestions.len();
            return Ok(());
        }
        let repaired = repair(text, suggestions);
        self.left += repaired.left;
        if repaired.text == text {
            return Ok(());
        }
        self.files += 1;
        self.repairs += repaired.applied;
        if self.diff {
            return print_diff(&judged.case.article.input, text, &repaired.text);
        }
        replace(path, &[mark, repaired.text.as_bytes()].concat())
    }
}

impl Report for Fixer {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        let path = Path::new(&judged.case.article.input);
        let is_file = judged.case.article.id.is_none() && path.is_file();
        if !is_file || self.suggestions(judged).is_empty() {
            return Ok(());
        }
        self.repair(judged, path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}

/// A unified diff, exact where a program reads it, harmless where a person does.
fn print_diff(name: &str, old: &str, new: &str) -> io::Result<()> {
    let diff = similar::TextDiff::from_lines(old, new);
    let text = diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    let stdout = io::stdout();
    let text = if stdout.is_terminal() {
        text.chars().map(|c| if c == '\n' { c } else { stand_in(c) }).collect()
    } else {
        text
    };
    stdout.lock().write_all(text.as_bytes())
}

/// Puts new bytes in a file's place at once: nobody sees half of it, whatever happens.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The file itself, not the link to it, is replaced.
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temporary = BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
    temporary.write_all(bytes)?;
    let temporary = temporary.into_inner().map_err(io::IntoInnerError::into_error)?;
    fs::set_permissions(temporary.path(), fs::metadata(&path)?.permissions())?;
    temporary.as_file().sync_all()?;
    temporary.persist(&path).map(|_| ()).map_err(|error| error.error)
}
