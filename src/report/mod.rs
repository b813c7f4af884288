//! Report: what was found, in one of several formats, written as it comes.
//!
//! One file per format, listed in [`FORMATS`]. To add a format, copy a file and add its line; the
//! option `--format` knows it then. Same inputs, same `--now`: same bytes.
//!
//! Everything that stands in an article or comes from a server is foreign text: it is escaped for
//! where it is printed, for people by [`shown`](crate::address::shown).

pub mod baseline;
pub(crate) mod compact;
mod csv;
mod failed;
mod fan_out;
pub mod figures;
pub mod fresh;
mod github;
mod gitlab;
mod html;
pub mod human;
mod json;
mod jsonl;
mod junit;
mod markdown;
pub(crate) mod outline;
mod parquet;
mod place;
mod prov;
mod renderer;
mod restore;
mod row;
pub(crate) mod safe_json;
mod sarif;
mod sqlite;
mod tables;
mod words;

#[cfg(test)]
mod registry_tests;
#[cfg(test)]
pub(crate) mod samples;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use crate::model::{FailureKind, Judged, Level, LinkCount, RuleId, Status};
use crate::suppress::baseline::Baseline;

pub use compact::compact;
pub use failed::Failed;
pub use fan_out::FanOut;
pub use outline::{Outline, Outlined, outlined};
pub use renderer::Renderer;
pub(crate) use restore::links;
pub use restore::{Restored, restored};
pub use row::{Row, SCHEMA};
pub use words::unfetched_remark;

/// What the report is about: all of a check, or the part that one stage yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// `dateline check`
    Check,
    /// `dateline links`
    Links,
    /// `dateline date`
    Dates,
}

/// One report format.
pub struct Format {
    /// Its name for `--format`.
    pub name: &'static str,
    /// What it is for, one line.
    pub help: &'static str,
    /// The views that it can show.
    pub views: &'static [View],
    /// Whether it tells the run's remarks: what was not looked at, and what else concerns the whole.
    pub tells_remarks: bool,
    /// How a report begins.
    pub open: Open,
}

/// How a report begins.
#[derive(Clone, Copy)]
pub enum Open {
    /// It is written from its beginning to its end, anywhere.
    Stream(fn(View, Style, Box<dyn Write>) -> Box<dyn Report>),
    /// It lives in a place of its own, a file or a folder, and says itself what becomes of what
    /// the place holds.
    Place(fn(View, &Path) -> io::Result<Box<dyn Report>>),
}

/// Every report format.
pub static FORMATS: &[Format] = &[
    human::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    junit::FORMAT,
    markdown::FORMAT,
    csv::FORMAT,
    html::FORMAT,
    sqlite::FORMAT,
    parquet::FORMAT,
    prov::FORMAT,
];

/// The format of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Whether bytes begin as a report does that can be taken for an article.
#[must_use]
pub fn begins(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let page = || head.starts_with("<!doctype html>") && head.contains("\n<title>dateline: ");
    markdown::BEGINNINGS.iter().any(|beginning| head.starts_with(beginning))
        || head.starts_with("{\"schema\":1,\"input\":")
        || page()
}

/// How a report for people is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colour.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
    /// Whether words may lead somewhere when they are clicked (OSC 8).
    pub links: bool,
}

/// A report being written: documents one by one as they are judged, then the end.
pub trait Report {
    /// Writes one document's part.
    ///
    /// # Errors
    ///
    /// What the writer underneath says.
    fn document(&mut self, judged: &Judged) -> io::Result<()>;

    /// How a document's part is rendered away from the report, where that takes nothing of what came
    /// before it.
    fn renderer(&self) -> Option<Renderer> {
        None
    }

    /// Writes what its renderer has made of one document: takes its own parts, and no more.
    ///
    /// # Errors
    ///
    /// What the writer underneath says.
    fn rendered(&mut self, _parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        Ok(())
    }

    /// Writes what there is to write of an input, or a line of one, that could not be read.
    ///
    /// # Errors
    ///
    /// What the writer underneath says.
    fn failed(&mut self, _failed: &Failed) -> io::Result<()> {
        Ok(())
    }

    /// Hands on what is held back and can be used as it is. Told every now and then.
    ///
    /// # Errors
    ///
    /// What the writer underneath says.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Writes what comes after all documents, and everything still held back.
    ///
    /// # Errors
    ///
    /// What the writer underneath says.
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

/// What a run comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Documents judged.
    pub documents: usize,
    /// Those of which nothing says when they came out or were changed: no rule that compares with
    /// the article's day looks at their links.
    #[serde(skip_serializing_if = "is_zero")]
    pub undated: usize,
    /// Links found in them.
    pub links: usize,
    /// Links that were fetched, each address once a document.
    pub fetched: usize,
    /// Links that would have been fetched, had there been a network.
    pub unfetched: usize,
    /// Links that the user does not want to be asked.
    #[serde(skip_serializing_if = "is_zero")]
    pub excluded: usize,
    /// Links that the recording does not hold.
    #[serde(skip_serializing_if = "is_zero")]
    pub unrecorded: usize,
    /// Links that the run ended before it had tried.
    #[serde(skip_serializing_if = "is_zero")]
    pub untried: usize,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level note.
    pub notes: usize,
    /// Findings of each rule that made one.
    pub rules: BTreeMap<RuleId, usize>,
    /// Findings that a comment, the allow-list or the baseline knows, and that so do not count.
    pub suppressed: usize,
    /// Inputs and rows that could not be read.
    pub unreadable: usize,
    /// Whether the run was ended before its end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
    /// What the reader should know about the run as a whole, a sentence each.
    pub remarks: Vec<String>,
    /// The baseline that knows what was found, where one is to be written.
    #[serde(skip)]
    pub baseline: Option<Baseline>,
}

impl Summary {
    /// Counts one document in.
    pub fn add(&mut self, judged: &Judged) {
        self.documents += 1;
        self.undated += usize::from(judged.case.dating.is_empty());
        self.links += judged.case.extract.links.len() + judged.left_out.links();
        for links in &judged.left_out.links {
            self.add_left_out(links);
        }
        for status in &judged.case.statuses {
            let failure = status.outcome().and_then(|outcome| outcome.result.as_ref().err());
            match (status, failure.map(|failure| failure.kind)) {
                (_, Some(FailureKind::NotRecorded)) => self.unrecorded += 1,
                (_, Some(FailureKind::NotTried)) => self.untried += 1,
                (Status::Followed(_), _) => self.fetched += 1,
                (Status::Offline, _) => self.unfetched += 1,
                (Status::Excluded, _) => self.excluded += 1,
                (Status::NotFollowed, _) => {}
            }
        }
        self.suppressed += judged.suppressed.len();
        for finding in &judged.findings {
            *self.rules.entry(finding.rule.clone()).or_default() += 1;
            self.add_level(finding.level);
        }
    }

    /// Counts in what documents come to. What was not read, and what concerns a run, is left as it is.
    pub fn merge(&mut self, other: &Self) {
        let Self {
            documents,
            undated,
            links,
            fetched,
            unfetched,
            excluded,
            unrecorded,
            untried,
            errors,
            warnings,
            notes,
            rules,
            suppressed,
            unreadable: _,
            interrupted: _,
            remarks: _,
            baseline: _,
        } = other;
        self.documents += documents;
        self.undated += undated;
        self.links += links;
        self.fetched += fetched;
        self.unfetched += unfetched;
        self.excluded += excluded;
        self.unrecorded += unrecorded;
        self.untried += untried;
        self.errors += errors;
        self.warnings += warnings;
        self.notes += notes;
        self.suppressed += suppressed;
        for (rule, count) in rules {
            *self.rules.entry(rule.clone()).or_default() += count;
        }
    }

    /// Counts one finding of a level in.
    pub const fn add_level(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Note => self.notes += 1,
        }
    }

    fn add_left_out(&mut self, LinkCount { verdict, count, .. }: &LinkCount) {
        let counter = match verdict.as_str() {
            "not-followed" => return,
            "offline" => &mut self.unfetched,
            "excluded" => &mut self.excluded,
            verdict if verdict == FailureKind::NotRecorded.as_str() => &mut self.unrecorded,
            verdict if verdict == FailureKind::NotTried.as_str() => &mut self.untried,
            _ => &mut self.fetched,
        };
        *counter += count;
    }

    /// Adds what the reader should know about links of which nothing is said.
    pub fn tell_silences(&mut self) {
        self.remarks.extend(words::silence_remarks(self));
    }

    /// How many links were to be fetched and were not, for whatever reason.
    #[must_use]
    pub const fn not_fetched(&self) -> usize {
        self.unfetched + self.unrecorded + self.untried
    }

    /// How many findings are at least that severe.
    #[must_use]
    pub const fn at_least(&self, level: Level) -> usize {
        match level {
            Level::Note => self.errors + self.warnings + self.notes,
            Level::Warning => self.errors + self.warnings,
            Level::Error => self.errors,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}
