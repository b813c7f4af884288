//! What rules judge: one article, its claims, its links and what they led to.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Dating, Document, Extract, Finding, LeftOut, Link, Local, Outcome, Suppressed};

/// Whether a link was followed, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is not one to fetch: the article's own address, a credit, another scheme.
    NotFollowed,
    /// It would have been fetched, but the run is offline or the machine has no network.
    Offline,
    /// The user does not want its address to be asked.
    Excluded,
    /// It was fetched. Equal addresses share one outcome.
    Followed(Arc<Outcome>),
}

impl Status {
    /// The outcome, if it was fetched.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Followed(outcome) => Some(outcome),
            Self::NotFollowed | Self::Offline | Self::Excluded => None,
        }
    }
}

/// A link with what it led to.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The link.
    pub link: &'a Link,
    /// What it led to.
    pub status: &'a Status,
}

/// Everything that a rule may look at. Rules are pure: the time of judging is a value here.
#[derive(Clone, Debug)]
pub struct Case {
    /// The article.
    pub article: Document,
    /// What its text yields.
    pub extract: Extract,
    /// When it came into being, and who says so.
    pub dating: Dating,
    /// What each link led to; the same length and order as `extract.links`.
    pub statuses: Vec<Status>,
    /// What links lead to that stay within its own site.
    pub local: Local,
    /// The time of judging.
    pub now: Timestamp,
}

impl Case {
    /// The article's links with what they led to, in document order.
    pub fn links(&self) -> impl Iterator<Item = Checked<'_>> {
        self.extract.links.iter().zip(&self.statuses).map(|(link, status)| Checked { link, status })
    }

    /// The article's own address: where it was read from, or else what it says itself.
    #[must_use]
    pub fn own_address(&self) -> Option<&Url> {
        self.article.url.as_ref().or_else(|| self.extract.own_address())
    }

    /// The links that lead out of the article: all but those that name its own address.
    pub fn outgoing(&self) -> impl Iterator<Item = Checked<'_>> {
        self.links().filter(|checked| !checked.link.role.is_own_address())
    }
}

/// A case with what the rules found, worst and certain first in document order.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What was judged.
    pub case: Case,
    /// What does not fit.
    pub findings: Vec<Finding>,
    /// What does not fit and is known, so that it does not count.
    pub suppressed: Vec<Suppressed>,
    /// What the profile does not show. It is in no report, but it has not gone away either.
    pub unshown: Vec<Finding>,
    /// What a compact row, which this was read from, does not hold.
    pub left_out: LeftOut,
}

impl Judged {
    /// A judged case of which nothing is suppressed.
    #[must_use]
    pub const fn new(case: Case, findings: Vec<Finding>) -> Self {
        let left_out = LeftOut { claims: 0, links: Vec::new() };
        Self { case, findings, suppressed: Vec::new(), unshown: Vec::new(), left_out }
    }
}
