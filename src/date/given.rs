//! Evidence: the date that whoever provides the document states for it (a flag, a row's `date`).

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Event, Source, SourceInfo, Speaker, Standing};

/// A stated date.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "given",
        label: "given",
        phrase: "date as it was given",
        speaker: Speaker::Provider,
        standing: Standing::Open,
    }),
    summary: "the date that was stated with the document: a flag, or the row that it came in",
    kinds: &[&GIVEN],
    collect,
};

/// Stated by whoever provided the document.
pub(super) static GIVEN: Kind = Kind {
    name: "given",
    told: "what is stated beside the document",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Given,
    first: 2_000,
    further: 2_000,
    traits: &[Trait::Tells],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let stated = subject.document.stated_date;
    witnesses
        .extend(stated.map(|date| Witness::new(&GIVEN, date, EVIDENCE.source, date.to_string())));
}
