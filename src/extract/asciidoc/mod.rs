//! Links, titles and headings of `AsciiDoc`, as Asciidoctor reads it. Files that it includes are not
//! looked at, and its code, its comments and its literals hold no links.

mod attributes;
mod inline;
mod line;
mod reader;
#[cfg(test)]
mod tests;

use super::{Extractor, Scope};
use crate::model::{Document, Extract, Media};

/// The extractor for this medium.
pub(super) const EXTRACTOR: Extractor = Extractor { media: Media::AsciiDoc, extract };

fn extract(document: &Document, _: Scope) -> Extract {
    reader::read(document)
}
