//! What came, went and changed between two runs over the same documents, and which links died.
//!
//! A finding is known again by its document and its fingerprint, wherever it stands by now. Only
//! what is compared is held of the older run, not its documents.

mod write;

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::address::secret;
use crate::config::cli::DiffFormat;
use crate::model::{Confidence, Finding, Judged, Level, LineIndex, Status};
use crate::suppress::fingerprint::numbered;

/// What is compared of a finding, and what names it to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The document's name.
    pub document: String,
    /// Line and column, where it has a place.
    pub place: Option<String>,
    /// The rule that fired.
    pub rule: &'static str,
    /// How severe it is.
    pub level: Level,
    /// How sure it is.
    pub confidence: Confidence,
    /// What does not fit.
    pub title: String,
    /// The link's address.
    pub url: Option<String>,
}

/// A finding that is there in both runs, but not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// As it was.
    pub old: Brief,
    /// As it is.
    pub new: Brief,
}

/// A link that could be had in the older run and is gone in the newer, or the reverse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Turn {
    /// The link's address.
    pub url: String,
    /// What is seen now: a kind of failure, or `ok`.
    pub now: &'static str,
    /// The first document that links to it.
    pub document: String,
}

/// The differences of two runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Findings that the older run did not have.
    pub came: Vec<Brief>,
    /// Findings that the newer run does not have.
    pub went: Vec<Brief>,
    /// Findings of both whose level, confidence or title differ.
    pub changed: Vec<Change>,
    /// Links that died in between.
    pub died: Vec<Turn>,
    /// Links that came back.
    pub revived: Vec<Turn>,
}

/// A document, a fingerprint, and its number among equals in that document.
type Key = (String, String, usize);

/// Compares the documents of a newer run with those of an older.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The older findings not yet met again, in the order that they came.
    older: HashMap<Key, (usize, Brief)>,
    /// Whether the older run found a link's target.
    alive: HashMap<String, bool>,
    turned: BTreeMap<String, Turn>,
    diff: Diff,
}

impl Comparison {
    /// Takes in a document of the older run.
    pub fn older(&mut self, judged: &Judged) {
        for (key, brief) in briefs(judged) {
            let number = self.older.len();
            self.older.insert(key, (number, brief));
        }
        for (url, state) in states(judged) {
            self.alive.insert(url, state == ALIVE);
        }
    }

    /// Takes in a document of the newer run; all of the older have been taken in.
    pub fn newer(&mut self, judged: &Judged) {
        for (key, new) in briefs(judged) {
            match self.older.remove(&key) {
                None => self.diff.came.push(new),
                Some((_, old)) if differs(&old, &new) => {
                    self.diff.changed.push(Change { old, new });
                }
                Some(_) => {}
            }
        }
        for (url, now) in states(judged) {
            if self.alive.get(&url).is_some_and(|&was| was != (now == ALIVE)) {
                let document = judged.case.article.name();
                self.turned.entry(url.clone()).or_insert(Turn { url, now, document });
            }
        }
    }

    /// All differences.
    #[must_use]
    pub fn finish(self) -> Diff {
        let Self { older, turned, mut diff, .. } = self;
        let mut went: Vec<(usize, Brief)> = older.into_values().collect();
        went.sort_by_key(|(number, _)| *number);
        diff.went = went.into_iter().map(|(_, brief)| brief).collect();
        (diff.revived, diff.died) = turned.into_values().partition(|turn| turn.now == ALIVE);
        diff
    }
}

impl Diff {
    /// Whether something is worse than it was: a finding came or a link died.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        !self.came.is_empty() || !self.died.is_empty()
    }

    /// The differences in a format.
    #[must_use]
    pub fn written(&self, format: DiffFormat) -> String {
        match format {
            DiffFormat::Human => write::human(self),
            DiffFormat::Markdown => write::markdown(self),
            DiffFormat::Json => write::json(self),
        }
    }
}

fn differs(old: &Brief, new: &Brief) -> bool {
    (old.level, old.confidence, &old.title) != (new.level, new.confidence, &new.title)
}

fn briefs(judged: &Judged) -> Vec<(Key, Brief)> {
    let lines = LineIndex::new(&judged.case.article.text);
    let name = judged.case.article.name();
    let prints = numbered(&judged.findings, &judged.case);
    let with_print = judged.findings.iter().zip(prints);
    with_print
        .map(|(finding, (print, number))| {
            (
                (name.clone(), print, number),
                brief(finding, &name, &judged.case.article.text, &lines),
            )
        })
        .collect()
}

fn brief(finding: &Finding, document: &str, text: &str, lines: &LineIndex) -> Brief {
    let place = finding.span.map(|span| lines.position(text, span.start));
    Brief {
        document: document.to_owned(),
        place: place.map(|at| format!("{}:{}", at.line, at.column)),
        rule: finding.rule,
        level: finding.level,
        confidence: finding.confidence,
        title: secret::masked(&finding.title).into_owned(),
        url: finding.url.as_ref().map(|url| secret::masked(url.as_str()).into_owned()),
    }
}

const ALIVE: &str = "ok";

/// The links of which it is known whether their targets are there, and what was seen.
fn states(judged: &Judged) -> impl Iterator<Item = (String, &'static str)> + '_ {
    judged.case.links().filter_map(|checked| {
        let url = checked.link.url()?;
        let Status::Followed(outcome) = checked.status else { return None };
        let state = match &outcome.result {
            Ok(_) => ALIVE,
            Err(failure) if failure.kind.is_dead() => failure.kind.as_str(),
            Err(_) => return None,
        };
        Some((secret::masked(url.as_str()).into_owned(), state))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Failure, FailureKind, Outcome};
    use crate::report::samples::{hostile, judged};
    use std::sync::Arc;

    fn dead(mut judged: Judged) -> Judged {
        let url = judged.case.extract.links[0].url().cloned().expect("an address");
        let result = Err(Failure::new(FailureKind::Gone, "410"));
        let outcome = Outcome {
            chain: vec![crate::model::Hop { url, status: Some(410) }],
            result,
            fetched: Some(judged.case.now),
            captures: None,
        };
        judged.case.statuses[0] = Status::Followed(Arc::new(outcome));
        judged
    }

    fn alive(mut judged: Judged) -> Judged {
        let url = judged.case.extract.links[0].url().cloned().expect("an address");
        let page = crate::model::Page {
            url: url.clone(),
            status: 200,
            media: crate::model::Media::Html,
            titles: Vec::new(),
            canonical: None,
            dating: crate::model::Dating::default(),
            partial: false,
            text: None,
            anchors: None,
        };
        let outcome = Outcome {
            chain: vec![crate::model::Hop { url, status: Some(200) }],
            result: Ok(page),
            fetched: Some(judged.case.now),
            captures: None,
        };
        judged.case.statuses[0] = Status::Followed(Arc::new(outcome));
        judged
    }

    fn diff(old: &[Judged], new: &[Judged]) -> Diff {
        let mut comparison = Comparison::default();
        for judged in old {
            comparison.older(judged);
        }
        for judged in new {
            comparison.newer(judged);
        }
        comparison.finish()
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        assert_eq!(diff(&hostile(), &hostile()), Diff::default());
    }

    #[test]
    fn what_came_went_changed_and_died_is_told() {
        let text = "see https://a.example/x and https://a.example/y";
        let old = alive(judged("a.md", text, "https://a.example/x"));
        let mut new = dead(judged("a.md", &format!("\n{text}"), "https://a.example/x"));
        let same = diff(std::slice::from_ref(&old), std::slice::from_ref(&new));
        assert_eq!((same.came.len(), same.went.len(), same.changed.len()), (0, 0, 0));
        assert_eq!(same.died.len(), 1);
        new.findings[0].level = Level::Note;
        assert_eq!(diff(std::slice::from_ref(&old), std::slice::from_ref(&new)).changed.len(), 1);
        let other = judged("a.md", text, "https://a.example/y");
        let differs = diff(&[old], &[other]);
        assert_eq!((differs.came.len(), differs.went.len()), (1, 1));
        assert!(differs.is_worse());
        insta::assert_snapshot!("human", differs.written(DiffFormat::Human));
        insta::assert_snapshot!("markdown", differs.written(DiffFormat::Markdown));
        insta::assert_snapshot!("json", differs.written(DiffFormat::Json));
    }
}
