//! Claims: what is said to have happened, when, and who says so.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{PartialDate, Source, Span, When};

/// What a claim says happened to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// It came out.
    Published,
    /// It was changed after it had come out.
    Modified,
    /// Its address was made: it did not exist before the beginning of the interval. What it shows can
    /// be older, where a site moved it.
    Made,
    /// It was there to be seen, however long it had been: a capture, an HTTP answer.
    ExistedBy,
}

impl Event {
    /// Whether it says when the document began: when it came out, or when its address was made.
    #[must_use]
    pub const fn is_beginning(self) -> bool {
        matches!(self, Self::Published | Self::Made)
    }
}

/// How much a claim or a finding can be relied on; kept apart from how severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A doubt worth an auditor's look.
    Low,
    /// Likely, but another reading remains.
    Medium,
    /// Certain enough to stop a build.
    High,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}

/// One statement about a document's date, with the place that makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What is said to have happened.
    pub event: Event,
    /// The date as stated.
    pub date: PartialDate,
    /// The instants that the statement allows: `date.when()`, but for an address that was made, whose
    /// interval has the slack of the clock that says so, and is open where the clock only counts.
    #[serde(flatten)]
    pub when: When,
    /// The kind of evidence.
    pub source: Source,
    /// How far this claim is to be believed on its own.
    pub confidence: Confidence,
    /// The words that make the claim, as they stand in the source.
    pub quote: String,
    /// Where the words stand in the document, if they stand in its text.
    pub span: Option<Span>,
}

impl Claim {
    /// A claim made by words that stand nowhere in the document's text (a header, its address).
    #[must_use]
    pub fn new(
        event: Event,
        date: PartialDate,
        source: Source,
        confidence: Confidence,
        quote: impl Into<String>,
    ) -> Self {
        Self { event, date, when: date.when(), source, confidence, quote: quote.into(), span: None }
    }

    /// The same claim, made by the words at `span`.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// What all claims about one event come to when they are weighed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// The date, no more precise than the best claim.
    pub date: PartialDate,
    /// The instants that it allows.
    #[serde(flatten)]
    pub when: When,
    /// The kind of evidence that it rests on first.
    pub source: Source,
    /// How far it is to be believed, all claims considered.
    pub confidence: Confidence,
    /// Why this date was chosen and believed so far, a sentence each.
    pub reasons: Vec<String>,
}

/// Everything that is claimed about when one document came into being.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dating {
    /// When it was published, if anything says so.
    pub published: Option<Conclusion>,
    /// When it was last modified, if anything says so.
    pub modified: Option<Conclusion>,
    /// All claims, best first; conflicts are kept.
    pub claims: Vec<Claim>,
}

impl Dating {
    /// Whether nothing says when the document came out or was changed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.published.is_none() && self.modified.is_none()
    }

    /// The claims about one event, best first.
    pub fn about(&self, event: Event) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.event == event)
    }
}
