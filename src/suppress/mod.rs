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

/// Sets apart the findings of document after document.
#[derive(Debug)]
pub struct Suppressions {
    rules: Vec<&'static Rule>,
    heed_comments: bool,
    allow: Vec<Allow>,
    overrides: Vec<Override>,
    changes: Option<Arc<Changes>>,
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
        Self {
            rules,
            heed_comments: !no_suppress,
            allow,
            overrides,
            changes,
            known: baseline.map(|baseline| Known::new(baseline, reads)),
            learns: write_baseline,
            remarks,
            is_part,
            beyond: 0,
        }
    }

    /// Drops what a change did not bring, gives the findings their levels, and sets apart what is
    /// known.
    pub fn apply(&mut self, judged: &mut Judged) {
        self.keep_what_changed(judged);
        allow::override_levels(judged, &self.overrides);
        let (input, now) = (judged.case.article.input.clone(), judged.case.now);
        set_apart(judged, |finding| {
            let reason = allow::reason(finding, &input, now, &self.allow)?;
            Some((SuppressedBy::Configuration, Some(reason)))
        });
        if self.heed_comments {
            self.by_comments(judged);
        }
        if let Some(known) = &mut self.known {
            known.meet(judged, self.learns);
        }
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

    fn by_comments(&mut self, judged: &mut Judged) {
        let mut comments = comments::read(&judged.case.article);
        if comments.is_empty() {
            return;
        }
        set_apart(judged, |finding| {
            comments.suppress(finding).map(|reason| (SuppressedBy::Comment, reason))
        });
        for remark in comments.remarks(judged, &self.rules) {
            if self.remarks.len() < REMARKS {
                self.remarks.push(remark);
            } else {
                self.beyond += 1;
            }
        }
    }

    /// What comes of it when all documents have been applied; `unreadable` is how many were not.
    #[must_use]
    pub fn finish(self, unreadable: usize) -> Sifted {
        let Self { rules, known, learns, mut remarks, beyond, changes, is_part, .. } = self;
        if beyond > 0 {
            remarks.push(format!("{beyond} more comments suppress nothing or are not understood"));
        }
        // A run over a change does not see what the rest of the files holds.
        let in_part = is_part || changes.is_some() || unreadable > 0;
        let baseline = match known {
            Some(known) if learns => {
                let (baseline, said) = known.written(&rules, in_part);
                remarks.extend(said);
                Some(baseline)
            }
            Some(known) if !in_part => {
                remarks.extend(known.remark(&rules));
                None
            }
            _ => None,
        };
        Sifted { remarks, baseline }
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
