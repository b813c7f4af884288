//! Evidence: the date that whoever provides the document states for it (a flag, a row's `date`).

use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::Source;

/// A stated date.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("given"),
    summary: "the date that was stated with the document: a flag, or the row that it came in",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let stated = subject.document.stated_date;
    witnesses.extend(
        stated.map(|date| Witness::new(Kind::Given, date, EVIDENCE.source, date.to_string())),
    );
}
