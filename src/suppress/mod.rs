//! Suppress: which findings count. What a comment in the article, the allow-list or the baseline knows
//! is kept apart with its reason; it is shown in reports for machines, but fails no build.
//!
//! *Architecture invariant:* nothing here reads a clock, a file or the network. What was read (a
//! baseline, the allow-list, the lines that a change touched) comes in as values.

pub mod allow;
pub mod baseline;
pub mod changed;
mod comments;
pub(crate) mod fingerprint;

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Finding, Judged, Rule, Suppressed, SuppressedBy};
use allow::{Allow, Override};
use baseline::{Baseline, Known, Reads};
use changed::{Changes, Touched};

/// How findings are suppressed.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether comments in articles are left unheard.
    pub no_suppress: bool,
    /// What was known before.
    pub baseline: Option<Baseline>,
    /// Whether what is found is to be written down there.
    pub write_baseline: bool,
    /// What the run reads.
    pub reads: Reads,
    /// What the configuration allows.
    pub allow: Vec<Allow>,
    /// The levels that the configuration gives to certain findings.
    pub overrides: Vec<Override>,
    /// What a change touched, if only that is to be judged.
    pub changes: Option<Arc<Changes>>,
    /// Whether the run sees only a part of the documents.
    pub is_part: bool,
    /// What the reader should know of all this, a sentence each.
    pub remarks: Vec<String>,
}

/// Sets apart the findings of documents one by one, in any order and on any thread: what a change did
/// not bring, and what the configuration or a comment knows.
#[derive(Debug)]
pub struct ByDocument {
    rules: Vec<&'static Rule>,
    heed_comments: bool,
    allow: Vec<Allow>,
    overrides: Vec<Override>,
    changes: Option<Arc<Changes>>,
}

/// Sets apart the findings of document after document.
#[derive(Debug)]
pub struct Suppressions {
    by_document: Arc<ByDocument>,
    known: Option<Known>,
    learns: bool,
    remarks: Vec<String>,
    /// Whether the run sees only a part of the documents.
    is_part: bool,
    beyond: usize,
}

/// How many remarks about single comments a run makes; the rest are counted.
const REMARKS: usize = 20;

impl Suppressions {
    /// The suppressions of a run of these rules.
    #[must_use]
    pub fn new(settings: Settings, rules: Vec<&'static Rule>, now: Timestamp) -> Self {
        let Settings {
            no_suppress,
            baseline,
            write_baseline,
            reads,
            allow,
            overrides,
            changes,
            is_part,
            remarks,
        } = settings;
        let baseline = baseline.or_else(|| write_baseline.then(Baseline::default));
        let remarks = remarks.into_iter().chain(allow::expired(&allow, now)).collect();
        let heed_comments = !no_suppress;
        let by_document = ByDocument { rules, heed_comments, allow, overrides, changes };
        Self {
            by_document: Arc::new(by_document),
            known: baseline.map(|baseline| Known::new(baseline, reads)),
            learns: write_baseline,
            remarks,
            is_part,
            beyond: 0,
        }
    }

    /// What needs no order.
    #[must_use]
    pub fn by_document(&self) -> Arc<ByDocument> {
        Arc::clone(&self.by_document)
    }

    /// Whether documents are to be met in their order: what a baseline knows of one, it does not
    /// know once more of a later one.
    #[must_use]
    pub const fn are_in_order(&self) -> bool {
        self.known.is_some()
    }

    /// Keeps what was to be told of a document's comments.
    pub fn note(&mut self, remarks: Vec<String>) {
        for remark in remarks {
            if self.remarks.len() < REMARKS {
                self.remarks.push(remark);
            } else {
                self.beyond += 1;
            }
        }
    }

    /// Sets apart what the baseline knows of a document that has been through all else.
    pub fn meet(&mut self, judged: &mut Judged) {
        if let Some(known) = &mut self.known {
            known.meet(judged, self.learns);
        }
    }

    /// All of it, for one document after the other.
    #[cfg(test)]
    pub(crate) fn apply(&mut self, judged: &mut Judged) {
        let remarks = self.by_document.apply(judged);
        self.note(remarks);
        self.meet(judged);
    }

    /// What comes of it when all documents have been applied; `unreadable` is how many were not.
    #[must_use]
    pub fn finish(self, unreadable: usize) -> Sifted {
        let Self { by_document, known, learns, mut remarks, beyond, is_part } = self;
        let ByDocument { rules, changes, .. } = &*by_document;
        if beyond > 0 {
            remarks.push(format!("{beyond} more comments suppress nothing or are not understood"));
        }
        // A run over a change does not see what the rest of the files holds.
        let in_part = is_part || changes.is_some() || unreadable > 0;
        let baseline = match known {
            Some(known) if learns => {
                let (baseline, said) = known.written(rules, in_part);
                remarks.extend(said);
                Some(baseline)
            }
            Some(known) if !in_part => {
                remarks.extend(known.remark(rules));
                None
            }
            _ => None,
        };
        Sifted { remarks, baseline }
    }
}

impl ByDocument {
    /// Drops what a change did not bring, gives the findings their levels, and sets apart what the
    /// configuration and comments know. Gives what is to be told of the comments, a sentence each.
    #[must_use]
    pub fn apply(&self, judged: &mut Judged) -> Vec<String> {
        self.keep_what_changed(judged);
        allow::override_levels(judged, &self.overrides);
        let (input, now) = (judged.case.article.input.clone(), judged.case.now);
        set_apart(judged, |finding| {
            let reason = allow::reason(finding, &input, now, &self.allow)?;
            Some((SuppressedBy::Configuration, Some(reason)))
        });
        if self.heed_comments { self.by_comments(judged) } else { Vec::new() }
    }

    /// What a file's untouched lines hold is left out.
    fn keep_what_changed(&self, judged: &mut Judged) {
        let Some(changes) = &self.changes else { return };
        let Judged { case, findings, .. } = judged;
        match changes.of(&case.article.input) {
            Some(lines) => {
                let touched = Touched::new(lines, &case.article);
                findings.retain(|finding| touched.finding(finding));
            }
            None => findings.clear(),
        }
    }

    fn by_comments(&self, judged: &mut Judged) -> Vec<String> {
        let mut comments = comments::read(&judged.case.article);
        if comments.is_empty() {
            return Vec::new();
        }
        set_apart(judged, |finding| {
            comments.suppress(finding).map(|reason| (SuppressedBy::Comment, reason))
        });
        comments.remarks(judged, &self.rules)
    }
}

/// What comes of sifting.
#[derive(Debug)]
pub struct Sifted {
    /// What the reader should know, a sentence each.
    pub remarks: Vec<String>,
    /// The baseline to write, if one is.
    pub baseline: Option<Baseline>,
}

/// Moves the findings that something knows to those that are suppressed.
fn set_apart(
    judged: &mut Judged,
    mut known: impl FnMut(&Finding) -> Option<(SuppressedBy, Option<String>)>,
) {
    for finding in std::mem::take(&mut judged.findings) {
        match known(&finding) {
            Some((by, reason)) => judged.suppressed.push(Suppressed { finding, by, reason }),
            None => judged.findings.push(finding),
        }
    }
}
