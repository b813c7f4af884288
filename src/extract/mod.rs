//! Extract: a document's links, titles and date-bearing marks, with byte spans.
//!
//! One file per medium, listed in [`EXTRACTORS`]. To add one, copy a file and add its line.
//!
//! *Architecture invariant:* nothing here is async, fails or panics: bad input gives fewer links.

pub(crate) mod anchors;
mod asciidoc;
pub(crate) mod furniture;
mod html;
mod in_markup;
pub(crate) mod labels;
mod lightweight;
mod markdown;
mod pdf;
mod rejoin;
mod rst;
mod text;

use crate::model::{Document, Extract, Media};

/// What is asked of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All that its text yields.
    Article,
    /// What the target of a link is judged by: its titles, its marks and the links that name its own
    /// address. Other links may be left out, since most of the time they would take is in vain.
    Target,
}

/// How links are found in one medium.
#[derive(Debug)]
pub struct Extractor {
    /// The medium that it reads.
    pub media: Media,
    /// The one pass over the text.
    pub extract: fn(&Document, Scope) -> Extract,
}

/// Every medium that links can be found in.
pub static EXTRACTORS: &[Extractor] = &[
    html::EXTRACTOR,
    markdown::EXTRACTOR,
    rst::EXTRACTOR,
    asciidoc::EXTRACTOR,
    text::EXTRACTOR,
    pdf::EXTRACTOR,
];

/// Finds a document's links, titles and date-bearing marks. A medium without text yields nothing.
#[must_use]
pub fn extract(document: &Document) -> Extract {
    within(document, Scope::Article)
}

/// Finds what a link's target is judged by.
#[must_use]
pub fn extract_target(document: &Document) -> Extract {
    within(document, Scope::Target)
}

fn within(document: &Document, scope: Scope) -> Extract {
    EXTRACTORS
        .iter()
        .find(|extractor| extractor.media == document.media)
        .map_or_else(Extract::default, |extractor| (extractor.extract)(document, scope))
}

/// Texts with what was found in them marked, as tests show it.
#[cfg(test)]
mod marked {
    use crate::model::Extract;

    /// The text with every link's address between `‹` and `›`.
    pub(super) fn links(text: &str, extract: &Extract) -> String {
        let mut marked = text.to_owned();
        let mut spans: Vec<_> = extract.links.iter().map(|link| link.span).collect();
        spans.dedup();
        for span in spans.iter().rev() {
            marked.insert(span.end, '›');
            marked.insert(span.start, '‹');
        }
        marked
    }
}
