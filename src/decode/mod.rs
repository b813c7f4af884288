//! Decode: bytes to documents, wherever they come from: their character encoding, their media type,
//! records of web archives, the pages of a PDF, the parts of books and office documents.
//!
//! *Architecture invariant:* nothing here touches the world, and no bytes make it fail.

pub(crate) mod cdx;
pub(crate) mod charset;
pub(crate) mod coding;
pub(crate) mod http;
pub(crate) mod media;
pub(crate) mod office;
pub(crate) mod packed;
#[cfg(feature = "pdf")]
pub(crate) mod pdf;
#[cfg(not(feature = "pdf"))]
#[path = "no_pdf.rs"]
pub(crate) mod pdf;
mod reading;
pub(crate) mod warc;
mod xml_values;

use std::sync::Arc;

use crate::model::{Document, Media};
use reading::Reading;

/// How much of a file is taken in that can only be read whole: a PDF, a book, an office document.
pub(crate) const MAX_FILE_BYTES: usize = 32 << 20;

/// A document made of its bytes, wherever they were got.
pub(crate) fn document(
    input: impl Into<String>,
    media: Media,
    bytes: Vec<u8>,
    content_type: Option<&str>,
) -> Document {
    let input = input.into();
    if bytes.starts_with(reading::MAGIC) {
        let Reading { text, pages, envelope } = pdf::read(bytes);
        let pages = Some(Arc::new(pages));
        return Document { envelope, pages, ..Document::new(input, Media::Pdf, text) };
    }
    if let Some(kind) = office::begins(&bytes) {
        return office::document(kind, &input, bytes);
    }
    if media == Media::Other {
        return Document::new(input, media, "");
    }
    let (text, encoding) = charset::decoded(bytes, content_type, media == Media::Html);
    let encoding = charset::of_queries(encoding);
    Document { encoding, ..Document::new(input, media, text) }
}
