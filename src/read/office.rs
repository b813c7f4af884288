//! Office: articles that are kept as ZIP files of XML: EPUB, Word (DOCX), `OpenDocument` (ODT).

use std::io::Read;

use super::{Documents, InputFormat, ReadError, Source, local};
use crate::decode::office::{self, Kind};

/// EPUB.
pub(super) const EPUB: InputFormat = InputFormat {
    name: "epub",
    help: "a book (EPUB): each chapter in the order of reading, dated by the book",
    endings: &["epub"],
    open: |source, _| read(source, Kind::Epub),
    unread: None,
};

/// Word.
pub(super) const DOCX: InputFormat = InputFormat {
    name: "docx",
    help: "a Word document (DOCX): its text and notes, its links and its dates",
    endings: &["docx"],
    open: |source, _| read(source, Kind::Docx),
    unread: None,
};

/// `OpenDocument`.
pub(super) const ODT: InputFormat = InputFormat {
    name: "odt",
    help: "an OpenDocument text (ODT): its text and notes, its links and its dates",
    endings: &["odt"],
    open: |source, _| read(source, Kind::Odt),
    unread: None,
};

/// The format of a file that says of itself what it is.
pub(super) fn begins(head: &[u8]) -> Option<&'static InputFormat> {
    Some(match office::begins(head)? {
        Kind::Epub => &EPUB,
        Kind::Docx => &DOCX,
        Kind::Odt => &ODT,
    })
}

/// A larger file is not read, in bytes.
const MOST: u64 = 128 << 20;

fn read(mut source: Source, kind: Kind) -> Documents {
    let documents = std::iter::once_with(move || {
        let mut bytes = Vec::new();
        let read = source.reader.by_ref().take(MOST + 1).read_to_end(&mut bytes);
        read.map_err(|error| local::unreadable(&source.name, &error))?;
        if bytes.len() as u64 > MOST {
            let problem = format!("it is larger than is read ({} MiB)", MOST >> 20);
            return Err(bad(&source.name, &problem));
        }
        office::documents(kind, &source.name, bytes).map_err(|problem| bad(&source.name, &problem))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_such_file_is_told() {
        for format in [EPUB, DOCX, ODT] {
            let source = Source { name: "a".into(), reader: Box::new(&b"no ZIP at all"[..]) };
            let read: Vec<_> = (format.open)(source, &super::super::Options::default()).collect();
            let error = read[0].as_ref().expect_err("it is none");
            assert!(error.problem.contains("no good ZIP file"), "{error}");
        }
    }
}
