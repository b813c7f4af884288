//! Evidence: datelines in plain text and Markdown.

use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::Source;

/// Datelines.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("dateline"),
    summary: "the printed line that dates a text",
    collect,
};

fn collect(_subject: &Subject<'_>, _witnesses: &mut Vec<Witness>) {}
