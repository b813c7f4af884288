//! Evidence: `<time>` elements.

use super::label::{self, Label};
use super::parse::machine;
use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Mark, MarkKind, Source};

/// Dates in `<time>` elements.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("time-element"),
    summary: "`<time>` elements: their `datetime`, and where they stand",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    for mark in &subject.extract.marks {
        let MarkKind::Time { datetime, text, hint } = &mark.kind else { continue };
        let value = datetime.as_deref().filter(|value| !value.is_empty()).unwrap_or(text);
        let Some(stated) = machine::date(value, subject.habit) else { continue };
        let Some(kind) = kind_of(subject, mark, hint) else { continue };
        let witness = Witness::new(kind, stated.date, EVIDENCE.source, value.trim());
        witnesses.push(witness.or(stated.alternative).at(Some(mark.span)));
    }
}

fn kind_of(subject: &Subject<'_>, mark: &Mark, hint: &str) -> Option<Kind> {
    let furniture = subject.is_outside(mark);
    match label::in_hint(hint) {
        Some(Label::Modified) => (!furniture).then_some(Kind::TimeModified),
        None if !furniture && is_introduced_as_change(subject, mark) => Some(Kind::TimeModified),
        _ if furniture => Some(Kind::TimeFurniture),
        Some(Label::Other | Label::Copyright) => Some(Kind::TimeFurniture),
        Some(Label::Published) if subject.is_near_headline(mark) => Some(Kind::TimePublished),
        _ if subject.is_near_headline(mark) => Some(Kind::TimeNear),
        _ => Some(Kind::TimeFar),
    }
}

/// `Last updated <time>`.
fn is_introduced_as_change(subject: &Subject<'_>, mark: &Mark) -> bool {
    label::before_in_source(&subject.document.text, mark.span.start) == Some(Label::Modified)
}
