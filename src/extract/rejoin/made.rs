//! What a join makes of a link.

use std::borrow::Cow;

use super::parts::{Next, reread};
use super::{CERTAIN, Rejoined};
use crate::address::bare::Bare;
use crate::model::{Confidence, Join, LinkKind, Span};

/// A join in the making.
pub(super) struct Made {
    pub(super) joined: String,
    /// Where the URL ends in the source.
    pub(super) end: usize,
    pub(super) probability: f64,
    pub(super) reasons: Vec<&'static str>,
    pub(super) alternatives: Vec<String>,
    pub(super) malformed: Option<&'static str>,
    /// The URL up to the last break before which all joins are certain.
    pub(super) certain: Option<String>,
}

impl Made {
    /// Notes one more break that was joined; the whole is as sure as its least sure break.
    pub(super) fn note(
        before: Option<Self>,
        kind: LinkKind,
        next: &Next,
        reasons: Vec<&'static str>,
        sure: f64,
    ) -> Self {
        let first = next.joined.len() - next.token.len();
        let mut made = Self {
            joined: next.joined.get(..next.end).unwrap_or_default().to_owned(),
            end: next.token.start + (next.end - first),
            probability: sure,
            reasons: Vec::new(),
            alternatives: other_readings(kind, next),
            malformed: next.malformed,
            certain: None,
        };
        let is_certain = sure >= CERTAIN && before.as_ref().is_none_or(Self::is_certain);
        made.certain = if is_certain {
            Some(made.joined.clone())
        } else {
            before.as_ref().and_then(|before| before.certain.clone())
        };
        if let Some(before) = before {
            made.probability = sure.min(before.probability);
            made.reasons = before.reasons;
            made.alternatives.extend(before.alternatives);
        }
        for reason in reasons {
            if !made.reasons.contains(&reason) {
                made.reasons.push(reason);
            }
        }
        made
    }

    pub(super) const fn is_certain(&self) -> bool {
        self.probability >= CERTAIN
    }

    /// The whole; a doubtful one of which the first part is no address is none.
    pub(super) fn finish(mut self, text: &str, seed: &Bare) -> Option<Rejoined> {
        let confidence = match self.probability {
            p if p >= CERTAIN => Confidence::High,
            p if p >= 0.75 => Confidence::Medium,
            _ => Confidence::Low,
        };
        if confidence < Confidence::High {
            if seed.incomplete && self.certain.is_none() {
                return None;
            }
            // What is certain is asked for; the whole is the likeliest of the others.
            let first = self.certain.as_deref().unwrap_or_else(|| seed.address(text));
            self.alternatives.retain(|other| other != first);
            self.alternatives.insert(0, self.joined.clone());
        }
        let reasons = self.reasons.into_iter().map(Cow::Borrowed).collect();
        Some(Rejoined {
            span: Span::new(seed.span.start, self.end),
            joined: self.joined,
            join: Join { confidence, reasons, alternatives: self.alternatives },
            malformed: self.malformed,
            certain: self.certain,
        })
    }
}

/// The first part alone, and the whole without a typesetter's hyphen or with one that was taken
/// out.
fn other_readings(kind: LinkKind, next: &Next) -> Vec<String> {
    let (head, rest) = next.joined.split_at(next.joined.len() - next.token.len());
    let tail = rest.get(..next.end.saturating_sub(head.len())).unwrap_or_default();
    let alone = reread(kind, head).filter(|read| !read.incomplete);
    let alone = alone.and_then(|read| head.get(..read.span.end)).map(str::to_owned);
    let hyphen = match head.strip_suffix('-') {
        Some(bare) => Some([bare, tail].concat()),
        None => next.hyphen.then(|| [head, "-", tail].concat()),
    };
    alone.into_iter().chain(hyphen).collect()
}
