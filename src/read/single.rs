//! Files that hold one document: plain text, lightweight markups, HTML.

use super::{Documents, InputFormat, ReadError, Source, local};
use crate::decode::{self, media, media::Beginning};
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

/// reStructuredText.
pub(super) const RST: InputFormat = InputFormat {
    name: "rst",
    help: "reStructuredText, as docutils and Sphinx read it; what it includes is not looked at",
    endings: &["rst", "rest"],
    open: |source, _| one(source, Media::Rst),
};

/// `AsciiDoc`.
pub(super) const ASCIIDOC: InputFormat = InputFormat {
    name: "asciidoc",
    help: "AsciiDoc; what it includes is not looked at",
    endings: &["adoc", "asciidoc"],
    open: |source, _| one(source, Media::AsciiDoc),
};

/// HTML.
pub(super) const HTML: InputFormat = InputFormat {
    name: "html",
    help: "HTML or XHTML",
    endings: &["html", "htm", "xhtml"],
    open: |source, _| one(source, Media::Html),
};

/// PDF: known by its first bytes under whatever name, and not looked for in directories, where it
/// mostly lies beside the articles.
pub(super) const PDF: InputFormat = InputFormat {
    name: "pdf",
    help: "a PDF; only its dates are read",
    endings: &[],
    open: |source, _| Box::new(std::iter::once_with(move || pdf(source))),
};

fn pdf(mut source: Source) -> Result<Document, ReadError> {
    let bytes = decode::ends_of_pdf(&mut source.reader)
        .map_err(|error| local::unreadable(&source.name, &error))?;
    if media::beginning(&bytes) != Beginning::Pdf {
        return Err(ReadError::new(
            source.name,
            "this is no PDF",
            "leave out --input-format, so that the format is told by the file itself",
        ));
    }
    Ok(decode::document(source.name, Media::Other, bytes, None))
}

fn one(source: Source, media: Media) -> Documents {
    Box::new(std::iter::once_with(move || read(source, media)))
}

fn read(mut source: Source, media: Media) -> Result<Document, ReadError> {
    let bytes = local::bytes(&mut source)?;
    refuse_binary(&source.name, &bytes)?;
    Ok(decode::document(source.name, media, bytes, None))
}

fn refuse_binary(name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    if media::beginning(bytes) == Beginning::Pdf {
        return Err(ReadError::new(
            name,
            "this is a PDF",
            "leave out --input-format to read its dates, or take its text out: \
             pdftotext FILE.pdf - | dateline check -",
        ));
    }
    if media::is_no_text(bytes) {
        return Err(ReadError::new(
            name,
            "this is a binary file, not an article",
            "name text, Markdown or HTML files, or a directory of them",
        ));
    }
    Ok(())
}
