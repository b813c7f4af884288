//! Date: who says when a document came into being. One function for articles and linked pages.
//!
//! One file per kind of evidence, listed in [`EVIDENCE`]; `rank` weighs what they all say
//! together. To add a kind, copy a file and add its line.
//!
//! *Architecture invariant:* nothing here is async, fails or panics: bad input gives fewer claims.

mod archive;
mod byline;
mod dateline;
mod email;
mod event;
mod feed;
mod file_name;
mod forward;
mod front_matter;
mod given;
mod header;
mod json_ld;
mod kind;
mod label;
mod meta;
mod pdf;
mod picture;
mod properties;
mod property;
mod rank;
mod relative;
mod script;
mod sources;
mod subject;
mod time;
mod url;
mod witness;

use crate::model::{Dating, Document, Extract, Source};
use crate::text::dates::no_day;

pub use kind::{About, Group, Kind, Trait};
pub use subject::Subject;
pub use witness::Witness;

/// One kind of evidence.
#[derive(Debug)]
pub struct Evidence {
    /// The name that its claims carry.
    pub source: Source,
    /// What it reads, one line.
    pub summary: &'static str,
    /// The kinds of claims that stand in its file; it may make claims of others' kinds too.
    pub kinds: &'static [&'static Kind],
    /// Adds the claims that it finds. It sees those of the evidence before it, so that a date
    /// without a year can be completed.
    pub collect: fn(&Subject<'_>, &mut Vec<Witness>),
}

/// Every kind of evidence.
pub static EVIDENCE: &[Evidence] = &[
    given::EVIDENCE,
    feed::EVIDENCE,
    url::EVIDENCE,
    url::IDENTIFIER,
    json_ld::EVIDENCE,
    meta::EVIDENCE,
    property::EVIDENCE,
    time::EVIDENCE,
    front_matter::EVIDENCE,
    file_name::EVIDENCE,
    archive::EVIDENCE,
    header::EVIDENCE,
    picture::EVIDENCE,
    script::EVIDENCE,
    dateline::EVIDENCE,
    byline::EVIDENCE,
    relative::EVIDENCE,
    email::EVIDENCE,
    pdf::EVIDENCE,
    properties::EVIDENCE,
    forward::EVIDENCE,
    url::SIX_DIGITS,
];

/// Collects what is claimed about a document's dates and weighs it: claims best first, with what
/// they come to.
#[must_use]
pub fn date(document: &Document, extract: &Extract) -> Dating {
    let subject = Subject::new(document, extract);
    rank::rank(&subject, witnesses(&subject))
}

/// Everything that is claimed about a document's dates, not yet weighed.
#[must_use]
pub fn witnesses(subject: &Subject<'_>) -> Vec<Witness> {
    let mut witnesses = Vec::new();
    for evidence in EVIDENCE {
        (evidence.collect)(subject, &mut witnesses);
    }
    witnesses.retain(|witness| !no_day::is_none(witness.claim.date, &witness.claim.source));
    witnesses.retain(|witness| !no_day::is_layout(witness.claim.date, &witness.claim.quote));
    event::drop_days(subject, &mut witnesses);
    witnesses
}

#[cfg(test)]
mod tests;
