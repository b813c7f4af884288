//! Files that hold one document: plain text, lightweight markups, HTML.

use std::io::Read;

use super::{InputFormat, ReadError, Source, Unread, Unreads, each, local};
use crate::decode::{self, MAX_FILE_BYTES, media, media::Beginning};
use crate::model::{Document, Media};

/// Plain text.
pub(super) const TEXT: InputFormat = InputFormat {
    name: "text",
    help: "plain text, also what other tools took out of a PDF; told by itself, what is \
           reStructuredText is read as that",
    endings: &["txt", "text"],
    open: |source, _| each(one(source, Media::Text)),
    unread: Some(|source| one(source, Media::Text)),
};

/// Markdown.
pub(super) const MARKDOWN: InputFormat = InputFormat {
    name: "markdown",
    help: "Markdown (CommonMark and the usual extensions)",
    endings: &["md", "markdown", "mdown", "mkd", "mdx"],
    open: |source, _| each(one(source, Media::Markdown)),
    unread: Some(|source| one(source, Media::Markdown)),
};

/// reStructuredText.
pub(super) const RST: InputFormat = InputFormat {
    name: "rst",
    help: "reStructuredText, as docutils and Sphinx read it; what it includes is not looked at",
    endings: &["rst", "rest"],
    open: |source, _| each(one(source, Media::Rst)),
    unread: Some(|source| one(source, Media::Rst)),
};

/// `AsciiDoc`.
pub(super) const ASCIIDOC: InputFormat = InputFormat {
    name: "asciidoc",
    help: "AsciiDoc; what it includes is not looked at",
    endings: &["adoc", "asciidoc"],
    open: |source, _| each(one(source, Media::AsciiDoc)),
    unread: Some(|source| one(source, Media::AsciiDoc)),
};

/// HTML.
pub(super) const HTML: InputFormat = InputFormat {
    name: "html",
    help: "HTML or XHTML",
    endings: &["html", "htm", "xhtml"],
    open: |source, _| each(one(source, Media::Html)),
    unread: Some(|source| one(source, Media::Html)),
};

/// PDF: known by its first bytes under whatever name.
pub(super) const PDF: InputFormat = InputFormat {
    name: "pdf",
    help: "a PDF: the text of its pages, its links and its dates; no pictures of text",
    endings: &["pdf"],
    open: |source, _| each(pdf(source)),
    unread: Some(pdf),
};

fn pdf(mut source: Source) -> Unreads {
    Box::new(std::iter::once_with(move || {
        let mut bytes = Vec::new();
        let most = MAX_FILE_BYTES as u64;
        let read = source.reader.by_ref().take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| local::unreadable(&source.name, &error))?;
        Ok(Unread::new(source.name, bytes, read_pdf))
    }))
}

fn read_pdf(name: String, bytes: Vec<u8>) -> Result<Document, ReadError> {
    if media::beginning(&bytes) != Beginning::Pdf {
        return Err(ReadError::new(
            name,
            "this is no PDF",
            "leave out --input-format, so that the format is told by the file itself",
        ));
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ReadError::new(
            name,
            format!("this PDF is larger than is read ({} MiB)", MAX_FILE_BYTES >> 20),
            "split it (qpdf --split-pages), or take its text out: \
             pdftotext FILE.pdf - | dateline check -",
        ));
    }
    let document = decode::document(name, Media::Pdf, bytes, None);
    match document.pages.as_ref().filter(|pages| pages.is_unreadable) {
        Some(pages) => Err(ReadError::new(
            document.input,
            format!("this PDF cannot be read: {}", pages.unread.join("; ")),
            decode::pdf::HELP,
        )),
        None => Ok(document),
    }
}

fn one(mut source: Source, media: Media) -> Unreads {
    Box::new(std::iter::once_with(move || {
        let bytes = local::bytes(&mut source)?;
        Ok(Unread::new(source.name, bytes, move |name, bytes| {
            refuse_binary(&name, &bytes)?;
            Ok(decode::document(name, media, bytes, None))
        }))
    }))
}

fn refuse_binary(name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    if media::beginning(bytes) == Beginning::Pdf {
        return Err(ReadError::new(
            name,
            "this is a PDF",
            "leave out --input-format, so that it is read as one",
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
