//! Evidence: `<time>` elements.

use super::kind::{About, Group, Kind, Trait};
use super::label::{self, Label};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Event, Mark, MarkKind, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;

/// Dates in `<time>` elements.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "time-element",
        label: "time element",
        phrase: "time stamp",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "`<time>` elements: their `datetime`, and where they stand",
    kinds: &[&PUBLISHED, &NEAR, &FAR, &FURNITURE, &MODIFIED],
    collect,
};

/// `<time>` that is said to be the publication's.
pub(super) static PUBLISHED: Kind = Kind {
    name: "time-published",
    told: "a time element for the publication",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Metadata,
    first: 250,
    further: 100,
    traits: &[Trait::Tells],
};

/// The first other `<time>` near the headline.
pub(super) static NEAR: Kind = Kind {
    name: "time-near",
    told: "a time element near the headline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 200,
    further: 30,
    traits: &[],
};

/// `<time>` elsewhere in the article.
pub(super) static FAR: Kind = Kind {
    name: "time-far",
    told: "a time element far from the headline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 70,
    further: 20,
    traits: &[],
};

/// `<time>` outside the article.
pub(super) static FURNITURE: Kind = Kind {
    name: "time-furniture",
    told: "a time element outside the article",
    event: Event::Published,
    about: About::Surroundings,
    confidence: Confidence::Low,
    group: Group::Furniture,
    first: 20,
    further: 0,
    traits: &[],
};

/// `<time>` that is said to be the last change's.
pub(super) static MODIFIED: Kind = Kind {
    name: "time-modified",
    told: "a time element for the last change",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Change,
    first: 70,
    further: 70,
    traits: &[],
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

fn kind_of(subject: &Subject<'_>, mark: &Mark, hint: &str) -> Option<&'static Kind> {
    let furniture = subject.is_outside(mark);
    match label::in_hint(hint) {
        Some(Label::Modified) => (!furniture).then_some(&MODIFIED),
        None if !furniture && is_introduced_as_change(subject, mark) => Some(&MODIFIED),
        _ if furniture => Some(&FURNITURE),
        Some(Label::Other | Label::Copyright) => Some(&FURNITURE),
        Some(Label::Published) if subject.is_near_headline(mark) => Some(&PUBLISHED),
        _ if subject.is_near_headline(mark) => Some(&NEAR),
        _ => Some(&FAR),
    }
}

/// `Last updated <time>`.
fn is_introduced_as_change(subject: &Subject<'_>, mark: &Mark) -> bool {
    label::before_in_source(&subject.document.text, mark.span.start) == Some(Label::Modified)
}
