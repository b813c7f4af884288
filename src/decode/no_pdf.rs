//! No PDF: what stands in for the reader of PDF in a build without the feature `pdf`.

use super::reading::Reading;

/// What to do about one.
pub(crate) const HELP: &str = "install dateline with its default features, or take its text out: pdftotext FILE.pdf - | dateline check -";

/// Says that no PDF is read.
pub(crate) fn read(_: Vec<u8>) -> Reading {
    Reading::unreadable("this build reads none: it was made without the feature `pdf`")
}

/// Nothing here panics.
pub const fn silence_panics() {}
