//! Extract: a document's links, titles and date-bearing marks, with byte spans.
//!
//! One file per medium, listed in [`EXTRACTORS`]. To add one, copy a file and add its line.
//!
//! *Architecture invariant:* nothing here is async, fails or panics: bad input gives fewer links.

mod address;
pub mod archive;
pub mod bare;
pub mod furniture;
mod html;
mod in_markup;
pub mod labels;
mod markdown;
mod rejoin;
mod text;
pub mod wrapper;

use crate::model::{Document, Extract, Media};

/// How links are found in one medium.
#[derive(Debug)]
pub struct Extractor {
    /// The medium that it reads.
    pub media: Media,
    /// The one pass over the text.
    pub extract: fn(&Document) -> Extract,
}

/// Every medium that links can be found in.
pub static EXTRACTORS: &[Extractor] = &[html::EXTRACTOR, markdown::EXTRACTOR, text::EXTRACTOR];

/// Finds a document's links, titles and date-bearing marks. A medium without text yields nothing.
#[must_use]
pub fn extract(document: &Document) -> Extract {
    EXTRACTORS
        .iter()
        .find(|extractor| extractor.media == document.media)
        .map_or_else(Extract::default, |extractor| (extractor.extract)(document))
}
