//! Links in markdown.

use super::Extractor;
use crate::model::{Document, Extract, Media};

/// The extractor for this medium.
pub const EXTRACTOR: Extractor = Extractor { media: Media::Markdown, extract };

fn extract(_document: &Document) -> Extract {
    Extract::default()
}
