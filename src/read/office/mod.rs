//! Office: articles that are kept as ZIP files of XML: EPUB, Word (DOCX), `OpenDocument` (ODT). What
//! word processors write becomes HTML here, one line a paragraph; the chapters of a book are HTML.

mod docx;
mod epub;
mod markup;
mod odt;
mod parts;
mod properties;
mod walk;

use std::io::Read;

use super::{Documents, InputFormat, ReadError, Source, local};
use crate::model::{Document, Envelope, Media};
use markup::Markup;
use parts::Parts;

/// EPUB.
pub(super) const EPUB: InputFormat = InputFormat {
    name: "epub",
    help: "a book (EPUB): each chapter in the order of reading, dated by the book",
    endings: &["epub"],
    open: |source, _| read(source, epub::chapters),
};

/// Word.
pub(super) const DOCX: InputFormat = InputFormat {
    name: "docx",
    help: "a Word document (DOCX): its text and notes, its links and its dates",
    endings: &["docx"],
    open: |source, _| read(source, docx::documents),
};

/// `OpenDocument`.
pub(super) const ODT: InputFormat = InputFormat {
    name: "odt",
    help: "an OpenDocument text (ODT): its text and notes, its links and its dates",
    endings: &["odt"],
    open: |source, _| read(source, odt::documents),
};

/// A file that says of itself what it is, by what EPUB and `OpenDocument` put first.
pub(super) fn begins(head: &[u8]) -> Option<&'static InputFormat> {
    const NAME: usize = 30;
    let kind = head.get(NAME..).filter(|_| head.starts_with(b"PK\x03\x04"))?;
    if kind.starts_with(b"mimetypeapplication/epub+zip") {
        return Some(&EPUB);
    }
    kind.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text").then_some(&ODT)
}

/// A larger file is not read, in bytes.
const MOST: u64 = 128 << 20;

/// What is read of a file's parts: its documents, or what it lacks.
type Reader = fn(&str, &mut Parts) -> Result<Vec<Document>, String>;

fn read(mut source: Source, reader: Reader) -> Documents {
    let documents = std::iter::once_with(move || {
        let mut bytes = Vec::new();
        let read = source.reader.by_ref().take(MOST + 1).read_to_end(&mut bytes);
        read.map_err(|error| local::unreadable(&source.name, &error))?;
        if bytes.len() as u64 > MOST {
            let problem = format!("it is larger than is read ({} MiB)", MOST >> 20);
            return Err(bad(&source.name, &problem));
        }
        let mut parts = Parts::of(bytes).map_err(|problem| bad(&source.name, &problem))?;
        reader(&source.name, &mut parts).map_err(|problem| bad(&source.name, &problem))
    });
    Box::new(documents.flat_map(|documents| -> Documents {
        match documents {
            Ok(documents) => Box::new(documents.into_iter().map(Ok)),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }))
}

fn bad(name: &str, problem: &str) -> ReadError {
    let help = "save it anew with the program that wrote it, as DOCX, ODT, EPUB, PDF or HTML";
    ReadError::new(name, problem, help)
}

/// What became HTML, as a document. It is no place in the file, and a name of its own says so.
fn document(
    input: &str,
    markup: Markup,
    envelope: Option<Envelope>,
    title: Option<&str>,
) -> Document {
    let mut document = Document::new(input, Media::Html, markup.end(title));
    (document.id, document.envelope) = (Some("text".to_owned()), envelope);
    document
}

#[cfg(test)]
mod tests;
