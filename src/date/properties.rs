//! Evidence: the dates that a book or an office document states for itself.
//!
//! The making of the file is the day on which its author began it, or a template's; so it supports
//! other claims and concludes nothing alone. A book states when it came out.

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Envelope, Event, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;

/// Dates of a file's properties.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "file-properties",
        label: "file properties",
        phrase: "file-properties",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "the dates that the properties of an EPUB, DOCX or ODT file state",
    kinds: &[&PUBLISHED, &CREATED, &MODIFIED],
    collect,
};

/// The publication that a book states.
static PUBLISHED: Kind = Kind {
    name: "properties-published",
    told: "the publication in the file's properties",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Metadata,
    first: 260,
    further: 260,
    traits: &[],
};

/// The making of the file.
static CREATED: Kind = Kind {
    name: "properties-created",
    told: "the making of the file",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 100,
    further: 100,
    traits: &[Trait::Supports],
};

/// The last time that the file was saved.
static MODIFIED: Kind = Kind {
    name: "properties-modified",
    told: "the last change of the file",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Change,
    first: 60,
    further: 60,
    traits: &[Trait::Supports],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(Envelope::Properties { published, created, modified }) = &subject.document.envelope
    else {
        return;
    };
    for (kind, name, value) in [
        (&PUBLISHED, "published", published),
        (&CREATED, "created", created),
        (&MODIFIED, "modified", modified),
    ] {
        let Some(value) = value else { continue };
        let Some(stated) = machine::date(value, subject.habit) else { continue };
        let witness = Witness::new(kind, stated.date, EVIDENCE.source, format!("{name}: {value}"));
        witnesses.push(witness.or(stated.alternative));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Document, Extract, Media};

    #[test]
    fn a_book_states_its_day_and_a_file_only_when_it_was_begun() {
        for (published, created, concluded) in [
            (Some("2018-05-25"), None, Some("2018-05-25")),
            (None, Some("2026-11-29T10:00:00Z"), None),
            (Some("2018-05-25"), Some("2026-11-29T10:00:00Z"), Some("2018-05-25")),
        ] {
            let mut document = Document::new("a.epub", Media::Html, "<p>x</p>");
            document.envelope = Some(Envelope::Properties {
                published: published.map(str::to_owned),
                created: created.map(str::to_owned),
                modified: Some("2026-11-30T10:00:00Z".to_owned()),
            });
            let dating = date(&document, &Extract::default());
            let date =
                dating.published.map(|published| published.date.to_day_precision().to_string());
            assert_eq!(date.as_deref(), concluded, "{published:?} {created:?}");
        }
    }
}
