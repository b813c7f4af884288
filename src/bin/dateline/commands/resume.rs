//! `--resume`: the rows are the state of a run. What has a row is not read again, a last line that is
//! not whole is cut off, and what is judged is written behind it, so that the bytes are those of a run
//! that was not broken off.

use std::cell::Cell;
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use dateline::address;
use dateline::config::Settings;
use dateline::config::cli::{Resume, Rows};
use dateline::error::{Error, in_words};
use dateline::model::{FailureKind, Judged, Status};
use dateline::read::Known;
use dateline::report::{self, Failed, Open, Renderer, Report, Summary, View, fresh};
use dateline::run::Observer;
use dateline::text::{count, were};
use tempfile::NamedTempFile;

use super::merge::{Line, merge};
use super::output::{Compacted, PLAIN};
use crate::messages::Messages;

/// A run that goes on.
pub(super) struct Resumed {
    path: PathBuf,
    /// Held open and locked while the run goes on.
    file: File,
    /// What the rows that are there come to.
    before: Summary,
    known: Arc<Known>,
    /// The inputs of which something is tried again.
    retried: HashSet<String>,
    is_compact: bool,
    /// Whether what is asked for is fetched at all.
    is_online: bool,
    /// How many documents were judged and not written, since the network was gone or time was up.
    unfinished: Rc<Cell<usize>>,
}

impl Resumed {
    /// Reads what is there, and lets the run leave it out.
    #[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
    pub(super) fn begin(
        settings: &mut Settings,
        resume: Resume,
        path: &Path,
        messages: &Messages,
    ) -> Result<Self, Error> {
        let unusable = |error: io::Error| Error::Output { to: path.display().to_string(), error };
        let mut options = OpenOptions::new();
        let file = options.read(true).append(true).create(true).open(path).map_err(unusable)?;
        // Some file systems know no locks; there nobody is kept out.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let problem = format!("another run is writing {}", path.display());
            return Err(Error::usage(problem, "let it end, or write to another file"));
        }
        let began = file.metadata().and_then(|about| about.created().or_else(|_| about.modified()));
        let mut rows = Taking { began: began.ok(), ..Taking::default() };
        let whole = rows.all(&file, resume, path)?;
        file.set_len(whole).map_err(unusable)?;
        if let Some(now) = rows.now.filter(|_| !settings.now_is_given) {
            settings.now = now;
        }
        let known = Arc::new(rows.known);
        settings.read.known = Some(Arc::clone(&known));
        let resumed = Self {
            path: path.to_owned(),
            file,
            before: rows.summary,
            known,
            retried: rows.retried,
            is_compact: settings.rows == Rows::Compact,
            is_online: !settings.offline,
            unfinished: Rc::default(),
        };
        resumed.tell(&rows.changed, resume, messages);
        Ok(resumed)
    }

    fn tell(&self, changed: &[String], resume: Resume, messages: &Messages) {
        const NAMED: usize = 5;
        let Summary { documents, unreadable, .. } = self.before;
        if documents + unreadable == 0 {
            return;
        }
        let path = self.path.display();
        let mut said = format!("{path} holds {}", count(documents, "document"));
        match (unreadable, resume) {
            (0, _) => {}
            (failed, Resume::Failed) => {
                said += &format!(", and {failed} that could not be read are tried again");
            }
            (failed, Resume::Rest) => {
                said += &format!(
                    ", and {failed} that could not be read; --resume=failed tries them again"
                );
            }
        }
        messages.notice(&said);
        if !changed.is_empty() {
            let named: Vec<&str> = changed.iter().take(NAMED).map(String::as_str).collect();
            let more = if changed.len() > NAMED { ", …" } else { "" };
            messages.notice(&format!(
                "{} changed since {path} was begun, and keep the rows they have: {}{more}",
                were(changed.len(), "input"),
                named.join(", ")
            ));
        }
    }

    /// The report that writes on.
    pub(super) fn report(&self) -> Result<Box<dyn Report>, Error> {
        let unusable = |error| Error::Output { to: self.path.display().to_string(), error };
        let (out, retry) = if self.retried.is_empty() {
            (self.file.try_clone().map_err(unusable)?, None)
        } else {
            let temporary = fresh::beside(&self.path).map_err(unusable)?;
            let out = temporary.reopen().map_err(unusable)?;
            (out, Some(Retry { temporary, inputs: self.retried.clone(), path: self.path.clone() }))
        };
        let Some(Open::Stream(open)) = report::by_name("jsonl").map(|format| format.open) else {
            return Err(Error::usage("rows cannot be written", "report this as a bug"));
        };
        let rows = open(View::Check, PLAIN, Box::new(BufWriter::new(out)));
        let rows = if self.is_compact { Box::new(Compacted(rows)) } else { rows };
        let unfinished = Rc::clone(&self.unfinished);
        Ok(Box::new(Finished { rows, is_online: self.is_online, unfinished, retry }))
    }

    /// Says what became of it, and adds what the rows came to that were there. Whether it is whole.
    pub(super) fn end(&self, summary: &mut Summary, messages: &Messages) -> bool {
        summary.merge(&self.before);
        if self.retried.is_empty() {
            summary.unreadable += self.before.unreadable;
        }
        let path = self.path.display();
        let unfinished = self.unfinished.get();
        if unfinished > 0 {
            messages.notice(&format!(
                "{} judged with links that could not be asked any more, and have no row in {path}: \
                 the same command goes on there",
                were(unfinished, "document")
            ));
        } else if self.known.unmet() > 0 && !summary.interrupted {
            messages.notice(&format!(
                "{path} has rows of {} that the inputs do not hold any more",
                count(usize::try_from(self.known.unmet()).unwrap_or(usize::MAX), "document")
            ));
        }
        unfinished == 0
    }
}

/// What is taken in of the rows that are there.
#[derive(Default)]
struct Taking {
    known: Known,
    now: Option<jiff::Timestamp>,
    summary: Summary,
    retried: HashSet<String>,
    changed: Vec<String>,
    began: Option<SystemTime>,
    /// The input at hand, and whether something of it is tried again.
    input: Option<(String, bool)>,
}

impl Taking {
    /// Takes in all rows, and gives the length of those that are whole.
    fn all(&mut self, file: &File, resume: Resume, path: &Path) -> Result<u64, Error> {
        let unusable = |line: usize, problem: String| {
            Error::usage(
                format!("{} cannot be gone on with: line {line}: {problem}", path.display()),
                "name a file that `dateline check --format jsonl` wrote, or a new one",
            )
        };
        let (mut reader, mut whole) = (BufReader::with_capacity(1 << 20, file), 0);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let read = reader.read_until(b'\n', &mut line);
            read.map_err(|error| unusable(number, in_words(&error)))?;
            if line.last() != Some(&b'\n') {
                break;
            }
            let row = Line::read(&line).map_err(|problem| unusable(number, problem))?;
            self.one(&row, resume);
            whole += line.len() as u64;
        }
        self.end_input(false);
        Ok(whole)
    }

    fn one(&mut self, row: &Line<'_>, resume: Resume) {
        if self.input.as_ref().is_none_or(|(input, _)| *input != row.input) {
            self.end_input(true);
            self.input = Some((row.input.to_string(), false));
        }
        self.now = self.now.or(row.now);
        row.count(&mut self.summary);
        match (&row.document, &row.failed) {
            (Some(document), _) => {
                self.known.add(&row.input, document.id.as_deref(), document.record.as_ref());
            }
            (None, Some(_)) if resume == Resume::Failed => {
                self.input = Some((row.input.to_string(), true));
                self.retried.insert(row.input.to_string());
            }
            (None, failed) => {
                let line = failed.as_ref().and_then(|failed| failed.line);
                self.known.add_failure(&row.input, line);
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
    fn end_input(&mut self, is_followed: bool) {
        let Some((input, is_retried)) = self.input.take() else { return };
        self.known.end(&input, is_followed && !is_retried);
        let is_file = input != "-" && address::web_address(&input).is_none();
        let modified = is_file.then(|| fs::metadata(&input).and_then(|found| found.modified()));
        let changed = modified.and_then(Result::ok).zip(self.began);
        if changed.is_some_and(|(modified, began)| modified > began) {
            self.changed.push(input);
        }
    }
}

/// Rows of documents whose links have all been asked. The first that is none ends them: what comes
/// behind it is judged again, so that no row stands before its turn.
struct Finished {
    rows: Box<dyn Report>,
    is_online: bool,
    unfinished: Rc<Cell<usize>>,
    retry: Option<Retry>,
}

impl Finished {
    /// Whether a document's row is still to be written, which none is after an unfinished one.
    fn goes_on(&self, is_finished: bool) -> bool {
        let unfinished = self.unfinished.get();
        let goes_on = unfinished == 0 && is_finished;
        if !goes_on {
            self.unfinished.set(unfinished + 1);
        }
        goes_on
    }
}

fn is_finished(judged: &Judged, is_online: bool) -> bool {
    judged.case.statuses.iter().all(|status| match status {
        Status::Offline => !is_online,
        Status::Followed(outcome) => {
            let kind = outcome.result.as_ref().err().map(|failure| failure.kind);
            kind != Some(FailureKind::NotTried)
        }
        Status::NotFollowed | Status::Excluded => true,
    })
}

/// What a part says of a document that is finished.
const FINISHED: u8 = 1;

impl Report for Finished {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        if self.goes_on(is_finished(judged, self.is_online)) {
            return self.rows.document(judged);
        }
        Ok(())
    }

    fn renderer(&self) -> Option<Renderer> {
        let is_online = self.is_online;
        let finished = Renderer::new(move |judged| {
            Ok(if is_finished(judged, is_online) { vec![FINISHED] } else { Vec::new() })
        });
        Renderer::of_all([Some(finished), self.rows.renderer()].into_iter())
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        let is_finished = parts.next().is_some_and(|part| part == [FINISHED]);
        if self.goes_on(is_finished) {
            return self.rows.rendered(parts);
        }
        // These rows are one part.
        drop(parts.next());
        Ok(())
    }

    fn failed(&mut self, failed: &Failed) -> io::Result<()> {
        if self.unfinished.get() > 0 { Ok(()) } else { self.rows.failed(failed) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.rows.flush()
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.rows.finish(summary)?;
        self.retry.take().map_or(Ok(()), Retry::put_in_place)
    }
}

/// Rows of what was tried again, which are to stand where those that told of the failures do.
struct Retry {
    temporary: NamedTempFile,
    inputs: HashSet<String>,
    path: PathBuf,
}

impl Retry {
    #[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
    fn put_in_place(self) -> io::Result<()> {
        let whole = fresh::beside(&self.path)?;
        let mut new = self.temporary.reopen()?;
        new.seek(SeekFrom::Start(0))?;
        let old = BufReader::new(File::open(&self.path)?);
        let mut out = BufWriter::new(whole.reopen()?);
        merge(old, new, &self.inputs, &mut out)?;
        out.flush()?;
        whole.persist(&self.path).map(|_| ()).map_err(|error| error.error)
    }
}
