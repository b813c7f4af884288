//! Office: articles that are kept as ZIP files of XML: EPUB, Word (DOCX), `OpenDocument` (ODT). What
//! word processors write becomes HTML here, one line a paragraph; the chapters of a book are HTML.

mod docx;
mod epub;
mod markup;
mod odt;
mod parts;
mod properties;
mod walk;

use crate::model::{Document, Envelope, Media};
use markup::Markup;
pub(crate) use parts::DEFLATED;
use parts::Parts;

/// What such a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A book.
    Epub,
    /// A document of Word.
    Docx,
    /// An `OpenDocument` text.
    Odt,
}

/// What a ZIP file is by the part that it begins with: EPUB and `OpenDocument` put there what they
/// are; what Word puts there is in spreadsheets, too, which are no articles.
pub(crate) fn begins(head: &[u8]) -> Option<Kind> {
    const NAME: usize = 30;
    const OF_OFFICE: [&[u8]; 4] = [b"[Content_Types].xml", b"_rels/.rels", b"word/", b"docProps/"];
    let name = head.get(NAME..).filter(|_| head.starts_with(b"PK\x03\x04"))?;
    if name.starts_with(b"mimetypeapplication/epub+zip") {
        return Some(Kind::Epub);
    }
    if name.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        return Some(Kind::Odt);
    }
    OF_OFFICE.iter().any(|first| name.starts_with(first)).then_some(Kind::Docx)
}

/// The documents of a file, the chapters of a book each; or why there is none.
pub(crate) fn documents(kind: Kind, input: &str, bytes: Vec<u8>) -> Result<Vec<Document>, String> {
    let mut parts = Parts::of(bytes)?;
    match kind {
        Kind::Epub => epub::chapters(input, &mut parts),
        Kind::Docx => Ok(vec![docx::document(input, &mut parts)?]),
        Kind::Odt => Ok(vec![odt::document(input, &mut parts)?]),
    }
}

/// A file as one document, as a link leads to it and an archive holds it: a book with all its
/// chapters. One that cannot be read has no text.
pub(crate) fn document(kind: Kind, input: &str, bytes: Vec<u8>) -> Document {
    let read = Parts::of(bytes).and_then(|mut parts| match kind {
        Kind::Epub => epub::book(input, &mut parts),
        Kind::Docx => docx::document(input, &mut parts),
        Kind::Odt => odt::document(input, &mut parts),
    });
    match read {
        Ok(document) => Document { id: None, ..document },
        Err(_) => Document::new(input, Media::Other, ""),
    }
}

/// What became HTML, as a document. It is no place in the file, and a name of its own says so.
fn made(input: &str, markup: Markup, envelope: Option<Envelope>, title: Option<&str>) -> Document {
    let mut document = Document::new(input, Media::Html, markup.end(title));
    (document.id, document.envelope) = (Some("text".to_owned()), envelope);
    document
}

#[cfg(test)]
mod tests;
