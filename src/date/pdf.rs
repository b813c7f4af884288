//! Evidence: the dates that a PDF states for itself.
//!
//! The creation date is that of the file: a report is put on the web on the day on which it is
//! printed to PDF, or years later from a scan. So it supports other claims, and concludes nothing
//! alone; that of a copy (a print, a scan, a conversion) says only that the text was there by then.

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Envelope, Event, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;

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
    kinds: &[&PUBLISHED, &CREATED, &CONVERTED, &MODIFIED],
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

/// The making of a PDF by what its author wrote it with.
pub(super) static CREATED: Kind = Kind {
    name: "pdf-created",
    told: "the making of the PDF",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 100,
    further: 100,
    traits: &[Trait::Supports],
};

/// The making of a PDF of something that was there before: printed, scanned or converted.
pub(super) static CONVERTED: Kind = Kind {
    name: "pdf-converted",
    told: "the making of the PDF from something older",
    event: Event::ExistedBy,
    about: About::Copy,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 10,
    further: 10,
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
    traits: &[Trait::Supports],
};

/// What makes a PDF of something that is there already: what converts files, prints pages of the
/// web, stands in for a printer, or scans paper. In lower case.
const CONVERTERS: [&str; 30] = [
    "abbyy",
    "adobe psl",
    "acrobat capture",
    "bullzip",
    "canon",
    "cutepdf",
    "distiller",
    "docscan",
    "finereader",
    "ghostscript",
    "headlesschrome",
    "hp scan",
    "img2pdf",
    "intsig",
    "kofax",
    "lexmark",
    "macintosh picture printer",
    "paper capture",
    "paperport",
    "pdfcreator",
    "print to pdf",
    "prince",
    "quartz pdfcontext",
    "ricoh",
    "scan",
    "skia/pdf",
    "tesseract",
    "weasyprint",
    "wkhtmltopdf",
    "xerox",
];

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(Envelope::Pdf { published, created, modified, tool }) = &subject.document.envelope
    else {
        return;
    };
    let read = |value: &Option<String>| machine::date(&plain(value.as_ref()?), subject.habit);
    let tool = tool.as_deref().unwrap_or_default().to_ascii_lowercase();
    let is_converted = CONVERTERS.iter().any(|converter| tool.contains(converter));
    let making = if is_converted { &CONVERTED } else { &CREATED };
    // A file that is made says that it was changed then, too.
    let day = |value| read(value).and_then(|stated| stated.date.as_day());
    let is_changed = !is_converted && (day(modified).is_none() || day(modified) != day(created));
    let dates = [
        (&PUBLISHED, "published", published),
        (making, "created", created),
        (&MODIFIED, "modified", if is_changed { modified } else { &None }),
    ];
    for (kind, name, value) in dates {
        let (Some(stated), Some(value)) = (read(value), value) else { continue };
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
        Some(own) => match own.split_at_checked(4) {
            // A month alone is told from a number by its hyphen.
            Some((year, month)) if month.len() == 2 => format!("{year}-{month}"),
            _ => own.replace('\'', ""),
        },
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Confidence, Dating, Document, Event, Extract, Media};

    fn made_by(tool: &str, published: &str, created: &str, modified: &str) -> Dating {
        let stated = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut document = Document::new("report.pdf", Media::Pdf, "");
        document.envelope = Some(Envelope::Pdf {
            published: stated(published),
            created: stated(created),
            modified: stated(modified),
            tool: stated(tool),
        });
        date(&document, &Extract::default())
    }

    fn dated(published: &str, created: &str, modified: &str) -> Dating {
        made_by("Microsoft Word", published, created, modified)
    }

    #[test]
    fn the_making_of_the_file_concludes_nothing_alone() {
        let dating = dated("", "D:20180525140300+03'00'", "D:20180527080000Z");
        assert_eq!(dating.published, None);
        let claim = dating.about(Event::Published).next().expect("a claim");
        assert_eq!(
            (claim.date.to_day_precision().to_string(), claim.confidence),
            ("2018-05-25".to_owned(), Confidence::Low)
        );
        let modified = dating.modified.as_ref().expect("a conclusion");
        assert_eq!(modified.date.to_string(), "2018-05-27T08:00:00Z");
        assert_eq!(dated("", "D:20180525140300Z", "D:20180525140301Z").modified, None);
    }

    #[test]
    fn the_day_of_a_copy_is_not_that_of_the_article() {
        for tool in ["GPL Ghostscript 10.0", "Mozilla/5.0 HeadlessChrome; Skia/PDF m120", "HP Scan"]
        {
            let dating = made_by(tool, "", "D:20261129180000Z", "D:20261130180000Z");
            assert_eq!((&dating.published, &dating.modified), (&None, &None), "{tool}");
            assert_eq!(dating.about(Event::ExistedBy).count(), 1, "{tool}");
        }
    }

    #[test]
    fn zones_are_read_as_programs_write_them() {
        for (value, read) in [
            ("D:20180525140300Z'", "2018-05-25T14:03:00Z"),
            ("D:20180525140300Z00'00'", "2018-05-25T14:03:00Z"),
            ("D:20180525140300-00'00'", "2018-05-25T14:03:00Z"),
            ("D:20180525140300-05'00'", "2018-05-25T14:03:00-05:00"),
            ("D:20180525140300+03", "2018-05-25T14:03:00+03:00"),
            ("D:20180525140300", "2018-05-25T14:03:00"),
            ("D:201805", "2018-05"),
        ] {
            let dating = dated("", "", value);
            let read_as = dating.modified.map(|modified| modified.date.to_string());
            assert_eq!(read_as.as_deref(), Some(read), "{value}");
        }
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
        let mut document = Document::new("report.pdf", Media::Pdf, "");
        document.url = "https://a.example/2018/05/25/report.pdf".parse().ok();
        let created = Some("D:20180525".to_owned());
        let none = || None;
        document.envelope =
            Some(Envelope::Pdf { published: none(), created, modified: none(), tool: none() });
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
