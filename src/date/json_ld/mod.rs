//! Evidence: schema.org dates in JSON-LD, of the object that is the article.

mod objects;
mod salvage;

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{
    Confidence, Event, Mark, MarkKind, Source, SourceInfo, Span, Speaker, Standing,
};
use crate::text::dates::machine;
use crate::text::json::{self, Json};
use objects::Object;

/// Dates in JSON-LD.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "json-ld",
        label: "JSON-LD",
        phrase: "JSON-LD metadata",
        speaker: Speaker::Page,
        standing: Standing::Own,
    }),
    summary: "`datePublished` and `dateModified` of the JSON-LD object that is the article",
    kinds: &[&ARTICLE, &PAGE, &OTHER, &CREATED, &MODIFIED],
    collect,
};

/// `datePublished` of the JSON-LD object that is the article.
pub(super) static ARTICLE: Kind = Kind {
    name: "json-ld-article",
    told: "the publication in the article's JSON-LD",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Metadata,
    first: 290,
    further: 100,
    traits: &[Trait::Tells],
};

/// `datePublished` of a JSON-LD object about the page around it.
pub(super) static PAGE: Kind = Kind {
    name: "json-ld-page",
    told: "the publication in the JSON-LD of the page around the article",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Metadata,
    first: 260,
    further: 100,
    traits: &[Trait::Tells],
};

/// A publication date of another JSON-LD object.
pub(super) static OTHER: Kind = Kind {
    name: "json-ld-other",
    told: "the metadata of something else on the page",
    event: Event::Published,
    about: About::Surroundings,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 50,
    further: 10,
    traits: &[],
};

/// `dateCreated` or `uploadDate`.
pub(super) static CREATED: Kind = Kind {
    name: "json-ld-created",
    told: "the creation in the article's JSON-LD",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 100,
    further: 100,
    traits: &[],
};

/// `dateModified`.
pub(super) static MODIFIED: Kind = Kind {
    name: "json-ld-modified",
    told: "the last change in its JSON-LD",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Change,
    first: 90,
    further: 90,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let mut objects = Vec::new();
    for mark in &subject.extract.marks {
        let MarkKind::JsonLd { text } = &mark.kind else { continue };
        let script = json::read(text);
        if script.is_sound {
            objects::gather(&script.value, mark, &mut objects);
        } else {
            objects.extend(salvage::salvage(text, mark));
        }
    }
    let article = objects::article(&objects, subject);
    for (at, object) in objects.iter().enumerate() {
        let part = match &article {
            Some(article) if article.at == at => Part::Article { is_titled: article.is_titled },
            _ => Part::Other,
        };
        for (property, value) in &object.dates {
            let kind = kind_of(object, property, part);
            witnesses.extend(witness(subject, object.mark, kind, property, value));
        }
    }
}

/// What an object is to the page.
#[derive(Clone, Copy)]
enum Part {
    /// What the page is about; titled if it bears the page's headline.
    Article { is_titled: bool },
    /// Something on it or around it.
    Other,
}

fn kind_of(object: &Object<'_>, property: &str, part: Part) -> &'static Kind {
    match (property, part) {
        ("dateModified", Part::Article { .. }) => &MODIFIED,
        ("dateModified", Part::Other) if object.rank > 0 => &MODIFIED,
        // A film that bears the page's headline is what the page is for, and came out when it was
        // uploaded; any other is a picture to the text.
        ("datePublished", Part::Article { .. })
        | ("uploadDate", Part::Article { is_titled: true }) => &ARTICLE,
        ("datePublished", Part::Other) if object.is_page => &PAGE,
        ("dateCreated", Part::Article { .. }) => &CREATED,
        _ => &OTHER,
    }
}

fn witness(
    subject: &Subject<'_>,
    mark: &Mark,
    kind: &'static Kind,
    property: &str,
    value: &str,
) -> Option<Witness> {
    let stated = machine::date(value, subject.habit)?;
    let quote = format!("\"{property}\": \"{value}\"");
    let witness = Witness::new(kind, stated.date, EVIDENCE.source, quote);
    Some(witness.or(stated.alternative).at(Some(place(subject, mark, value))))
}

/// Where the value stands in the script; the whole script if it is written with escapes.
fn place(subject: &Subject<'_>, mark: &Mark, value: &str) -> Span {
    let script = mark.span.of(&subject.document.text);
    let at = memchr::memmem::find(script.as_bytes(), value.as_bytes());
    at.map_or(mark.span, |at| Span::new(mark.span.start + at, mark.span.start + at + value.len()))
}

/// The text of a value, also where it is the only element of an array.
fn text_of(value: &Json<'_>) -> Option<String> {
    let text = value.each().first()?.as_text();
    let text = text.or_else(|| value.get("@value")?.as_text())?;
    Some(text.unescaped().into_owned())
}

#[cfg(test)]
mod tests;
