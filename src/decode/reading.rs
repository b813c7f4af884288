//! Reading: what comes of a PDF, whichever reader of PDF is built in.

use crate::model::{Envelope, Pages};

/// The first bytes of a PDF.
pub(crate) const MAGIC: &[u8] = b"%PDF-";

/// What a PDF holds.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Its lines, those of a paragraph one below the other.
    pub text: String,
    /// Where they stand and lead to.
    pub pages: Pages,
    /// What it says of its dates.
    pub envelope: Option<Envelope>,
}

impl Reading {
    /// One without a text, and why.
    pub(super) fn unreadable(why: &str) -> Self {
        let pages = Pages { unread: vec![why.to_owned()], is_unreadable: true, ..Pages::default() };
        Self { pages, ..Self::default() }
    }
}
