//! Date: who says when a document came into being. One function for articles and linked pages.
//!
//! One file per kind of evidence, listed in [`EVIDENCE`]; `rank` weighs what they all say
//! together. To add a kind, copy a file and add its line.
//!
//! *Architecture invariant:* nothing here is async, fails or panics: bad input gives fewer claims.

mod parse;
mod rank;
mod url_path;

use crate::model::{Claim, Dating, Document, Extract, Source};

/// What evidence is collected from: a document and what one pass over its text has yielded.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its links, titles and marks.
    pub extract: &'a Extract,
}

/// One kind of evidence.
#[derive(Debug)]
pub struct Evidence {
    /// The name that its claims carry.
    pub source: Source,
    /// What it reads, one line.
    pub summary: &'static str,
    /// Adds the claims that it finds.
    pub collect: fn(&Subject<'_>, &mut Vec<Claim>),
}

/// Every kind of evidence.
pub static EVIDENCE: &[Evidence] = &[url_path::EVIDENCE];

/// Collects what is claimed about a document's dates and weighs it: claims best first, with what
/// they come to.
#[must_use]
pub fn date(document: &Document, extract: &Extract) -> Dating {
    let subject = Subject { document, extract };
    let mut claims = Vec::new();
    for evidence in EVIDENCE {
        (evidence.collect)(&subject, &mut claims);
    }
    rank::rank(&subject, claims)
}

pub use url_path::date_in_url;
