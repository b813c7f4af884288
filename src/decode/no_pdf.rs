//! No PDF: what stands in for the reader of PDF in a build without the feature `pdf`.

use crate::model::{Envelope, Pages};

/// The first bytes of a PDF.
pub(crate) const MAGIC: &[u8] = b"%PDF-";

/// What to do about one.
pub(crate) const HELP: &str = "install dateline with its default features, or take its text out: pdftotext FILE.pdf - | dateline check -";

/// What a PDF holds.
pub(crate) struct Reading {
    pub text: String,
    pub pages: Pages,
    pub envelope: Option<Envelope>,
}

/// Says that no PDF is read.
pub(crate) fn read(_: Vec<u8>) -> Reading {
    let why = "this build reads none: it was made without the feature `pdf`";
    let pages = Pages { unread: vec![why.to_owned()], is_unreadable: true, ..Pages::default() };
    Reading { text: String::new(), pages, envelope: None }
}

/// Nothing here panics.
pub const fn silence_panics() {}
