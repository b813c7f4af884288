//! Evidence: microdata (`itemprop`) and RDFa (`property`) dates.

use super::parse::machine;
use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Mark, MarkKind, Source};

/// Dates in microdata and RDFa.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("microdata"),
    summary: "`itemprop` and RDFa `property`: `datePublished`, `dateModified` and the like",
    collect,
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

fn kind_of(name: &str, mark: &Mark) -> Option<Kind> {
    let kind = match name {
        "datepublished" | "issued" | "published" | "published_time" => Kind::Property,
        "datemodified" | "modified" | "modified_time" | "updated" => Kind::PropertyModified,
        "datecreated" | "created" | "date" | "dc:date" | "pubdate" => Kind::PropertyOther,
        // Of schema.org's types only pictures, sound and films are uploaded.
        "uploaddate" => Kind::LdOther,
        _ => return None,
    };
    // A comment and a teaser have properties of their own.
    match kind {
        Kind::PropertyModified if mark.region.is_furniture() => None,
        _ if mark.region.is_furniture() => Some(Kind::TimeFurniture),
        kind => Some(kind),
    }
}
