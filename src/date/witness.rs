//! A claim, with what the weighing must know beside it.

use jiff::civil::Date;

use super::kind::Kind;
use crate::model::{Claim, Confidence, PartialDate, Source, Span};

/// One claim as it came in.
#[derive(Clone, Debug)]
pub struct Witness {
    /// What is claimed.
    pub claim: Claim,
    /// How it came about.
    pub kind: &'static Kind,
    /// The other day that the same words could mean.
    pub alternative: Option<Date>,
}

impl Witness {
    /// A witness for the claim that `date` is when `event` happened.
    #[must_use]
    pub fn new(
        kind: &'static Kind,
        date: PartialDate,
        source: Source,
        quote: impl Into<String>,
    ) -> Self {
        let claim = Claim::new(kind.event, date, source, kind.confidence, quote);
        Self { claim, kind, alternative: None }
    }

    /// The same claim, of a kind that counts less.
    #[must_use]
    pub fn weaker(mut self, kind: &'static Kind) -> Self {
        self.kind = kind;
        self.claim.confidence = self.claim.confidence.min(kind.confidence);
        self
    }

    /// The same, with the place of the words.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.claim.span = span;
        self
    }

    /// The same, where the words could mean another day too; that makes it doubtful.
    #[must_use]
    pub fn or(mut self, alternative: Option<Date>) -> Self {
        self.alternative = alternative;
        if alternative.is_some() {
            self.claim.confidence = Confidence::Low;
        }
        self
    }
}
