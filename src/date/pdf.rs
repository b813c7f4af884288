//! Evidence: the dates that a PDF states for itself.
//!
//! The creation date is that of the file: a report is put on the web on the day on which it is
//! printed to PDF, or years later from a scan. So it supports other claims, and says little alone.

use super::kind::{About, Group, Kind};
use super::parse::machine;
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Envelope, Event, Source, SourceInfo, Speaker, Standing};

/// Dates of a PDF's metadata.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "pdf-metadata",
        label: "PDF metadata",
        phrase: "pdf-metadata",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "a PDF's `CreationDate` and `ModDate`, and the dates of its XMP packet",
    kinds: &[&PUBLISHED, &CREATED, &MODIFIED],
    collect,
};

/// The publication that a PDF states.
pub(super) static PUBLISHED: Kind = Kind {
    name: "pdf-published",
    told: "the publication in the PDF's metadata",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Metadata,
    first: 260,
    further: 260,
    traits: &[],
};

/// The making of a PDF.
pub(super) static CREATED: Kind = Kind {
    name: "pdf-created",
    told: "the making of the PDF",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 100,
    further: 100,
    traits: &[],
};

/// The last change that a PDF states.
pub(super) static MODIFIED: Kind = Kind {
    name: "pdf-modified",
    told: "the last change of the PDF",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Change,
    first: 70,
    further: 70,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(Envelope::Pdf { published, created, modified }) = &subject.document.envelope else {
        return;
    };
    let dates = [
        (&PUBLISHED, "published", published),
        (&CREATED, "created", created),
        (&MODIFIED, "modified", modified),
    ];
    for (kind, name, value) in dates {
        let Some(value) = value else { continue };
        let Some(stated) = machine::date(&plain(value), subject.habit) else { continue };
        let quote = format!("{name}: {}", value.trim());
        let witness = Witness::new(kind, stated.date, EVIDENCE.source, quote);
        witnesses.push(witness.or(stated.alternative));
    }
}

/// A date as other programs write it: PDF begins its own with `D:` and sets the minutes of the zone
/// off with an apostrophe (`D:20180525140300+03'00'`).
fn plain(value: &str) -> String {
    let value = value.trim();
    match value.strip_prefix("D:") {
        Some(own) => own.replace('\'', ""),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Confidence, Dating, Document, Event, Extract, Media};

    fn dated(published: &str, created: &str, modified: &str) -> Dating {
        let stated = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut document = Document::new("report.pdf", Media::Other, "");
        document.envelope = Some(Envelope::Pdf {
            published: stated(published),
            created: stated(created),
            modified: stated(modified),
        });
        date(&document, &Extract::default())
    }

    #[test]
    fn the_making_of_the_file_is_a_weak_claim() {
        let dating = dated("", "D:20180525140300+03'00'", "D:20180527080000Z");
        let published = dating.published.as_ref().expect("a conclusion");
        assert_eq!(published.date.to_string(), "2018-05-25");
        assert_eq!(published.confidence, Confidence::Low);
        let modified = dating.modified.as_ref().expect("a conclusion");
        assert_eq!(modified.date.to_string(), "2018-05-27T08:00:00Z");
    }

    #[test]
    fn a_stated_publication_goes_before_the_making_of_the_file() {
        let dating = dated("2018-05-25", "2020-02-03T10:00:00Z", "");
        let published = dating.published.as_ref().expect("a conclusion");
        assert_eq!(published.date.to_string(), "2018-05-25");
        assert_eq!(published.confidence, Confidence::Medium);
    }

    #[test]
    fn the_address_and_the_file_confirm_each_other() {
        let mut document = Document::new("report.pdf", Media::Other, "");
        document.url = "https://a.example/2018/05/25/report.pdf".parse().ok();
        let created = Some("D:20180525".to_owned());
        document.envelope = Some(Envelope::Pdf { published: None, created, modified: None });
        let dating = date(&document, &Extract::default());
        assert_eq!(dating.published.map(|found| found.confidence), Some(Confidence::High));
    }

    #[test]
    fn what_is_no_date_claims_nothing() {
        let dating = dated("soon", "D:", "D:99999999");
        assert_eq!(dating.about(Event::Published).count(), 0);
        assert_eq!(dating.claims, []);
    }
}
