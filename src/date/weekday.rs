//! Weekdays printed beside dates that fall on another day.

use crate::model::{Document, Extract, Span};

/// A printed date whose weekday is another one than it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekdayMismatch {
    /// The words, weekday and date, as they stand in the source.
    pub quote: String,
    /// Where they stand.
    pub span: Span,
}

/// x
#[must_use]
pub fn weekday_mismatches(_document: &Document, _extract: &Extract) -> Vec<WeekdayMismatch> {
    Vec::new()
}
