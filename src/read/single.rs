//! Files that hold one document: plain text, Markdown, HTML.

use super::{Documents, InputFormat, ReadError, Source, local};
use crate::decode::{charset, pdf};
use crate::model::{Document, Media};

/// Plain text.
pub(super) const TEXT: InputFormat = InputFormat {
    name: "text",
    help: "plain text, also what was taken out of a PDF",
    endings: &["txt", "text"],
    open: |source, _| one(source, Media::Text),
};

/// Markdown.
pub(super) const MARKDOWN: InputFormat = InputFormat {
    name: "markdown",
    help: "Markdown (CommonMark and the usual extensions)",
    endings: &["md", "markdown", "mdown", "mkd", "mdx"],
    open: |source, _| one(source, Media::Markdown),
};

/// HTML.
pub(super) const HTML: InputFormat = InputFormat {
    name: "html",
    help: "HTML or XHTML",
    endings: &["html", "htm", "xhtml"],
    open: |source, _| one(source, Media::Html),
};

fn one(source: Source, media: Media) -> Documents {
    Box::new(std::iter::once_with(move || read(source, media)))
}

fn read(mut source: Source, media: Media) -> Result<Document, ReadError> {
    let bytes = local::bytes(&mut source)?;
    refuse_binary(&source.name, &bytes)?;
    let text = charset::decode(bytes, None, media == Media::Html);
    Ok(Document::new(source.name, media, text))
}

/// No text format holds a NUL in its first bytes, save UTF-16, which says so by a byte order mark.
fn refuse_binary(name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    let head = &bytes[..bytes.len().min(8 * 1024)];
    if head.starts_with(pdf::MAGIC) {
        return Err(ReadError::new(
            name,
            "this is a PDF, which is not read yet",
            "take its text out first: pdftotext FILE.pdf - | dateline check -",
        ));
    }
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if !utf16 && memchr::memchr(0, head).is_some() {
        return Err(ReadError::new(
            name,
            "this is a binary file, not an article",
            "name text, Markdown or HTML files, or a directory of them",
        ));
    }
    Ok(())
}
