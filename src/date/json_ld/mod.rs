//! Evidence: schema.org dates in JSON-LD, of the object that is the article.

mod broken;
mod objects;

use serde_json::Value;

use super::parse::machine;
use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Mark, MarkKind, Source, Span};
use objects::Object;

/// Dates in JSON-LD.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("json-ld"),
    summary: "`datePublished` and `dateModified` of the JSON-LD object that is the article",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let mut objects = Vec::new();
    for mark in &subject.extract.marks {
        let MarkKind::JsonLd { text } = &mark.kind else { continue };
        match broken::parse(text) {
            Some(value) => objects::gather(&value, mark, &mut objects),
            None => objects.extend(broken::salvage(text, mark)),
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

fn kind_of(object: &Object<'_>, property: &str, part: Part) -> Kind {
    match (property, part) {
        ("dateModified", Part::Article { .. }) => Kind::LdModified,
        ("dateModified", Part::Other) if object.rank > 0 => Kind::LdModified,
        // A film that bears the page's headline is what the page is for, and came out when it was
        // uploaded; any other is a picture to the text.
        ("datePublished", Part::Article { .. })
        | ("uploadDate", Part::Article { is_titled: true }) => Kind::LdArticle,
        ("datePublished", Part::Other) if object.is_page => Kind::LdPage,
        ("dateCreated", Part::Article { .. }) => Kind::LdCreated,
        _ => Kind::LdOther,
    }
}

fn witness(
    subject: &Subject<'_>,
    mark: &Mark,
    kind: Kind,
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
fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(values) => values.first().and_then(Value::as_str),
        Value::Object(map) => map.get("@value").and_then(Value::as_str),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
