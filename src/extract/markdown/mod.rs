//! Links, titles and date-bearing marks of Markdown: `CommonMark` with tables, footnotes and front
//! matter. HTML inside is read by the HTML pass.

mod broken;
mod destination;
mod front_matter;
mod inside_html;
mod reader;
#[cfg(test)]
mod tests;

use super::{Extractor, Scope};
use crate::model::{Document, Extract, Media};

/// The extractor for this medium.
pub(super) const EXTRACTOR: Extractor = Extractor { media: Media::Markdown, extract };

fn extract(document: &Document, _: Scope) -> Extract {
    let mut found = reader::read(document);
    broken::rejoin(&document.text, &mut found);
    found.links.sort_by_key(|link| link.span);
    found.fragments.sort_by_key(|fragment| fragment.span);
    found.marks.sort_by_key(|mark| mark.span);
    found
}
