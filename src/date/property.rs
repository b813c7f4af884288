//! Evidence: microdata (`itemprop`) and RDFa (`property`) dates.

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject, json_ld, time};
use crate::model::{Confidence, Event, Mark, MarkKind, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;

/// Dates in microdata and RDFa.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "microdata",
        label: "microdata",
        phrase: "microdata",
        speaker: Speaker::Page,
        standing: Standing::Own,
    }),
    summary: "`itemprop` and RDFa `property`: `datePublished`, `dateModified` and the like",
    kinds: &[&PUBLISHED, &CREATED, &MODIFIED],
    collect,
};

/// Microdata or RDFa `datePublished`.
pub(super) static PUBLISHED: Kind = Kind {
    name: "property",
    told: "the publication in its microdata",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Metadata,
    first: 230,
    further: 230,
    traits: &[Trait::Tells],
};

/// Another property that tells a date.
pub(super) static CREATED: Kind = Kind {
    name: "property-other",
    told: "the creation in its microdata",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 150,
    further: 150,
    traits: &[],
};

/// `dateModified` in microdata or RDFa.
pub(super) static MODIFIED: Kind = Kind {
    name: "property-modified",
    told: "the last change in its microdata",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Change,
    first: 50,
    further: 50,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    for mark in &subject.extract.marks {
        let MarkKind::Property { name, value } = &mark.kind else { continue };
        let Some(kind) = kind_of(name, mark) else { continue };
        let Some(stated) = machine::date(value, subject.habit) else { continue };
        let quote = format!("{name}: {}", value.trim());
        let witness = Witness::new(kind, stated.date, EVIDENCE.source, quote);
        witnesses.push(witness.or(stated.alternative).at(Some(mark.span)));
    }
}

fn kind_of(name: &str, mark: &Mark) -> Option<&'static Kind> {
    let kind = match name {
        "datepublished" | "issued" | "published" | "published_time" => &PUBLISHED,
        "datemodified" | "modified" | "modified_time" | "updated" => &MODIFIED,
        "datecreated" | "created" | "date" | "dc:date" | "pubdate" => &CREATED,
        // Of schema.org's types only pictures, sound and films are uploaded.
        "uploaddate" => &json_ld::OTHER,
        _ => return None,
    };
    // A comment and a teaser have properties of their own.
    match mark.region.is_furniture() {
        true if kind == &MODIFIED => None,
        true => Some(&time::FURNITURE),
        false => Some(kind),
    }
}
