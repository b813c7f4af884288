//! Links, titles and headings of reStructuredText, as docutils and Sphinx read it. Files that it
//! includes are not looked at, and its code, its comments and its literals hold no links.

mod directive;
mod explicit;
mod inline;
mod line;
mod names;
mod reader;
mod table;
#[cfg(test)]
mod tests;

use super::{Extractor, Scope};
use crate::model::{Document, Extract, Media};

/// The extractor for this medium.
pub(super) const EXTRACTOR: Extractor = Extractor { media: Media::Rst, extract };

/// Whether directives of a text may make places that have a name: `.. py:function:: name`.
pub(super) fn describes(text: &str) -> bool {
    let names = text.lines().filter_map(|line| line.trim_start().strip_prefix(".. "));
    names.filter_map(directive::named).any(|(name, _)| directive::describes(name))
}

fn extract(document: &Document, _: Scope) -> Extract {
    reader::read(document)
}
