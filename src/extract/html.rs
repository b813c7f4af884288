//! Links in html.

use super::Extractor;
use crate::model::{Document, Extract, Media};

/// The extractor for this medium.
pub const EXTRACTOR: Extractor = Extractor { media: Media::Html, extract };

fn extract(_document: &Document) -> Extract {
    Extract::default()
}
