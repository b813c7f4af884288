//! `dateline fix`: applies what findings suggest to the files that they are about.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use dateline::address::secret;
use dateline::address::shown::stand_in;
use dateline::config::cli::FixArgs;
use dateline::config::file::ConfigFile;
use dateline::error::{Error, Exit};
use dateline::model::{Judged, Suggestion, Suppressed, SuppressedBy};
use dateline::repair::repair;
use dateline::report::{Report, Summary};
use dateline::run;
use dateline::run::Observer as _;
use dateline::text::count;
use jiff::Timestamp;

use super::check;
use crate::messages::Messages;

/// How often repaired files are looked at again: what a repair lays open (a wrapped address that
/// is plain http) is repaired, too, so that a second run changes nothing.
const ROUNDS: usize = 4;

/// Repairs files, or shows how they would be repaired. With `--diff` the exit code says whether
/// there is anything to repair.
pub(super) fn fix(
    args: FixArgs,
    file: Option<&(PathBuf, ConfigFile)>,
    clock: Timestamp,
    messages: &Messages,
) -> Result<Exit, Error> {
    let FixArgs { check: mut args, diff, rule } = args;
    let mut fixer = Fixer { rules: rule, diff, ..Fixer::default() };
    let mut worst = Exit::Clean;
    // A diff goes to standard output as it comes.
    if !diff {
        messages.work();
    }
    for round in 0..ROUNDS {
        let mut settings = check::settings(args.clone(), file.cloned(), clock)?;
        settings.fail_on.clear();
        settings.show(&fixer.rules);
        fixer.touched.clear();
        fixer.first = round == 0;
        let summary = run::run(settings, &mut fixer, messages)?;
        if round == 0 {
            worst = run::exit(&[], &summary);
        }
        if diff || fixer.touched.is_empty() || summary.interrupted {
            break;
        }
        args.input.inputs.clone_from(&fixer.touched);
    }
    messages.told(&fixer.told());
    if fixer.masked {
        messages.notice(MASKED);
    }
    Ok(match (worst, diff && fixer.repairs > 0) {
        (Exit::Clean, true) => Exit::Findings,
        (exit, _) => exit,
    })
}

/// A report that is written into the articles themselves.
#[derive(Default)]
struct Fixer {
    rules: Vec<String>,
    diff: bool,
    /// Every file that was repaired, and those of this round.
    files: BTreeSet<String>,
    touched: Vec<String>,
    repairs: usize,
    /// Of how many findings that could be repaired something knows, and what.
    known: BTreeMap<&'static str, usize>,
    /// Whether something of the diff is not shown as it is.
    masked: bool,
    /// Whether this is the round that looks at everything.
    first: bool,
    /// How many repairs of each file were left in its last round.
    left: BTreeMap<String, usize>,
}

impl Fixer {
    fn told(&self) -> String {
        let Self { diff, files, repairs, left, known, .. } = self;
        let done = if *diff { "would be made" } else { "made" };
        let left = match left.values().sum::<usize>() {
            0 => String::new(),
            left => {
                format!("; {left} left, which touch the same words or a file that is no UTF-8 text")
            }
        };
        let by: Vec<String> =
            known.iter().map(|(by, number)| format!("{number} by {by}")).collect();
        let known = match known.values().sum::<usize>() {
            0 => String::new(),
            number => format!(
                "; {number} more {} left alone, the {} being known ({})",
                if number == 1 { "was" } else { "were" },
                if number == 1 { "finding" } else { "findings" },
                by.join(", ")
            ),
        };
        let (repairs, files) = (count(*repairs, "repair"), count(files.len(), "file"));
        format!("{repairs} {done} in {files}{left}{known}")
    }

    /// Counts what would be repaired if nothing knew of it.
    fn count_known(&mut self, judged: &Judged) {
        for Suppressed { finding, by, .. } in &judged.suppressed {
            if finding.suggestion.is_some() && self.wants(&finding.rule) {
                let by = match by {
                    SuppressedBy::Comment => "a comment",
                    SuppressedBy::Baseline => "the baseline",
                    SuppressedBy::Configuration => "the allow-list",
                };
                *self.known.entry(by).or_default() += 1;
            }
        }
    }

    fn wants(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|id| id == rule)
    }

    fn suggestions<'j>(&self, judged: &'j Judged) -> Vec<&'j Suggestion> {
        let findings = judged.findings.iter().filter(|finding| self.wants(&finding.rule));
        findings.filter_map(|finding| finding.suggestion.as_ref()).collect()
    }

    #[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
    fn repair(&mut self, judged: &Judged, path: &Path) -> io::Result<()> {
        let suggestions = self.suggestions(judged);
        let bytes = fs::read(path)?;
        let text = judged.case.article.text.as_str();
        let input = judged.case.article.input.clone();
        // Spans count in the decoded text: what was decoded from something else, or has changed
        // since it was read, is left alone. A byte order mark is no part of the text.
        let mark = bytes.strip_suffix(text.as_bytes());
        let Some(mark) = mark.filter(|mark| mark.is_empty() || *mark == "\u{feff}".as_bytes())
        else {
            self.left.insert(input, suggestions.len());
            return Ok(());
        };
        let repaired = repair(text, suggestions);
        self.left.insert(input.clone(), repaired.left);
        if repaired.text == text {
            return Ok(());
        }
        self.files.insert(input.clone());
        self.touched.push(input);
        self.repairs += repaired.applied;
        if self.diff {
            self.masked |= print_diff(&judged.case.article.input, text, &repaired.text)?;
            return Ok(());
        }
        replace(path, &[mark, repaired.text.as_bytes()].concat())
    }
}

impl Report for Fixer {
    #[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        let path = Path::new(&judged.case.article.input);
        let is_file = judged.case.article.id.is_none() && path.is_file();
        if is_file && self.first {
            self.count_known(judged);
        }
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

/// What is said of a diff that cannot be applied as it is shown.
const MASKED: &str = "secrets in addresses are shown as ***, so that no program can apply those lines \
                      of the diff; `dateline fix` without --diff can";

/// A unified diff, exact where a program reads it but for secrets, harmless where a person does.
/// Says whether secrets were taken out.
fn print_diff(name: &str, old: &str, new: &str) -> io::Result<bool> {
    let diff = similar::TextDiff::from_lines(old, new);
    // `patch -p1` takes off the part before the first slash, and so may a path begin with none.
    let name = name.trim_start_matches('/');
    let text = diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    let shown: String =
        text.split_inclusive('\n').map(|line| secret::masked(line).into_owned()).collect();
    let masked = shown != text;
    let text = shown;
    let stdout = io::stdout();
    let text = if stdout.is_terminal() {
        text.chars().map(|c| if c == '\n' { c } else { stand_in(c) }).collect()
    } else {
        text
    };
    stdout.lock().write_all(text.as_bytes()).map(|()| masked)
}

/// Puts new bytes in a file's place at once: nobody sees half of it, whatever happens.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
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
