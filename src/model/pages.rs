//! Pages: where the words of a document stand that is laid out on pages, and where they lead.

use serde::{Deserialize, Serialize};

use super::Span;

/// What is known of a laid-out document beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// Where each line of the text stands, in the order of the text.
    pub lines: Vec<PageLine>,
    /// The links that the file states, in the order of the text.
    pub links: Vec<PageLink>,
    /// Addresses that font or color set off from the words around, with their line ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_off: Vec<Span>,
    /// What could not be read of it, a clause each.
    pub unread: Vec<String>,
    /// Whether nothing of it could be read.
    pub is_unreadable: bool,
}

/// Where a line begins: on which page, and how far from its left and upper edge in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLine {
    /// The first byte of the line in the text.
    pub start: usize,
    /// The page, from one.
    pub page: u32,
    /// Points from the left edge.
    pub x: i32,
    /// Points from the upper edge to the base line.
    pub y: i32,
}

/// A link that the file states, over words or over a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLink {
    /// The words that it covers; empty where there are none.
    pub span: Span,
    /// The address, as it is written.
    pub address: String,
}

impl Pages {
    /// Where an address that begins there ends, if it is set off.
    #[must_use]
    pub fn set_off_at(&self, start: usize) -> Option<usize> {
        let after = self.set_off.partition_point(|span| span.start <= start);
        let span = self.set_off.get(after.checked_sub(1)?)?;
        // A bracket before it may be set as it is.
        (start < span.end && start - span.start <= 3).then_some(span.end)
    }

    /// The line that holds a byte of the text.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> Option<PageLine> {
        let after = self.lines.partition_point(|line| line.start <= offset);
        self.lines.get(after.checked_sub(1)?).copied()
    }
}
