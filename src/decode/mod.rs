//! Decode: bytes to documents, wherever they come from: their character encoding, their media type,
//! records of web archives, the envelope of a PDF.
//!
//! *Architecture invariant:* nothing here touches the world, and no bytes make it fail.

pub(crate) mod cdx;
pub(crate) mod charset;
pub(crate) mod coding;
pub(crate) mod http;
pub(crate) mod media;
pub(crate) mod packed;
pub(crate) mod pdf;
pub(crate) mod warc;

use std::io::{self, Read};

use crate::model::{Document, Media};
use coding::{Flow, Intake, Limits};

/// How much of a PDF is taken in, and how much of each of its ends is kept: its metadata stand near
/// one of them.
pub(crate) const MAX_PDF_BYTES: usize = 32 << 20;
pub(crate) const KEPT_OF_PDF: usize = 1 << 20;

/// A document made of its bytes, wherever they were got. Of what is no text only the envelope is
/// read.
pub(crate) fn document(
    input: impl Into<String>,
    media: Media,
    bytes: Vec<u8>,
    content_type: Option<&str>,
) -> Document {
    let envelope = pdf::envelope(&bytes);
    let (text, encoding) = if media == Media::Other {
        (String::new(), None)
    } else {
        let (text, encoding) = charset::decoded(bytes, content_type, media == Media::Html);
        (text, charset::of_queries(encoding))
    };
    Document { envelope, encoding, ..Document::new(input, media, text) }
}

/// The beginning and the end of a PDF, with memory for no more than these.
///
/// # Errors
///
/// It cannot be read.
pub(crate) fn ends_of_pdf(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let limits = Limits { decoded: MAX_PDF_BYTES, wire: MAX_PDF_BYTES };
    let whole = |coding::Undecodable(why)| io::Error::other(why);
    let mut intake = Intake::of_ends(None, limits, KEPT_OF_PDF).map_err(whole)?;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = reader.read(&mut chunk)?;
        let taken = chunk.get(..read).unwrap_or_default();
        if read == 0 || intake.push(taken).map_err(whole)? == Flow::Enough {
            return intake.finish(false).map(|(bytes, _)| bytes).map_err(whole);
        }
    }
}
