//! Sift: which findings count. What a comment in the article, the allow-list or the baseline knows
//! is kept apart with its reason; it is shown in reports for machines, but fails no build.
//!
//! *Architecture invariant:* nothing here reads a clock, a file or the network. What was read (a
//! baseline, the allow-list, the lines that a change touched) comes in as values.

pub mod baseline;
mod comments;

use crate::model::{Finding, Judged, Rule, Status, Suppressed, SuppressedBy};
use baseline::Known;

/// How findings are sifted.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether comments in articles are left unheard.
    pub no_suppress: bool,
    /// What was known before.
    pub baseline: Option<baseline::Baseline>,
}

/// Sifts the findings of document after document.
#[derive(Debug)]
pub struct Sieve {
    rules: Vec<&'static Rule>,
    heed_comments: bool,
    known: Option<Known>,
    remarks: Vec<String>,
    beyond: usize,
}

/// How many remarks about single comments a run makes; the rest are counted.
const REMARKS: usize = 20;

impl Sieve {
    /// A sieve for a run of these rules.
    #[must_use]
    pub fn new(settings: Settings, rules: Vec<&'static Rule>) -> Self {
        let Settings { no_suppress, baseline } = settings;
        Self {
            rules,
            heed_comments: !no_suppress,
            known: baseline.map(Known::new),
            remarks: Vec::new(),
            beyond: 0,
        }
    }

    /// Sets apart what is known of one document's findings.
    pub fn sift(&mut self, judged: &mut Judged) {
        if self.heed_comments {
            self.by_comments(judged);
        }
        if let Some(known) = &mut self.known {
            let prints = crate::fingerprint::numbered(&judged.findings, &judged.case);
            let mut prints = prints.into_iter().map(|(print, _)| print);
            let input = judged.case.article.input.clone();
            let mut is_known =
                |_: &Finding| prints.next().is_some_and(|print| known.take(&input, &print));
            set_apart(judged, |finding| {
                is_known(finding).then_some((SuppressedBy::Baseline, None))
            });
            let whole = !judged.case.statuses.contains(&Status::Offline);
            known.seen(&judged.case.article.input, whole);
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

    /// What the reader should know when all documents have been sifted, a sentence each.
    #[must_use]
    pub fn finish(self) -> Vec<String> {
        let Self { rules, known, mut remarks, beyond, .. } = self;
        if beyond > 0 {
            remarks.push(format!("{beyond} more comments suppress nothing or are not understood"));
        }
        remarks.extend(known.and_then(|known| known.remark(&rules)));
        remarks
    }
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
