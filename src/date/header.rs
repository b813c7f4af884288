//! Evidence: HTTP header fields.
//!
//! `last-modified` (RFC 9110) is often the time of the answer, so a weak claim about a change.
//! `memento-datetime` (RFC 7089) is when an archive captured the page.

use super::kind::{About, Group, Kind};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Event, PartialDate, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;
use crate::text::dates::printed::Habit;

/// Header fields and the time of capture.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "http-header",
        label: "HTTP header",
        phrase: "HTTP header",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "`last-modified` and `memento-datetime`, and the time at which the copy was taken",
    kinds: &[&LAST_MODIFIED, &CAPTURED],
    collect,
};

/// A header field of the answer.
pub(super) static LAST_MODIFIED: Kind = Kind {
    name: "header",
    told: "a header field of the answer",
    event: Event::Modified,
    about: About::Copy,
    confidence: Confidence::Low,
    group: Group::Change,
    first: 0,
    further: 0,
    traits: &[],
};

/// A capture.
pub(super) static CAPTURED: Kind = Kind {
    name: "captured",
    told: "a capture",
    event: Event::ExistedBy,
    about: About::Copy,
    confidence: Confidence::High,
    group: Group::Change,
    first: 0,
    further: 0,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let headers = &subject.document.headers;
    for (name, kind) in [("last-modified", &LAST_MODIFIED), ("memento-datetime", &CAPTURED)] {
        let Some(value) = headers.get(name) else { continue };
        // A page that was changed as it was sent was made then: that is the server's clock.
        if kind == &LAST_MODIFIED && headers.get("date") == Some(value) {
            continue;
        }
        let Some(stated) = machine::date(value, Habit::default()) else { continue };
        let mut witness =
            Witness::new(kind, stated.date, EVIDENCE.source, format!("{name}: {value}"));
        if kind == &LAST_MODIFIED {
            witness.claim.confidence = Confidence::Low;
        }
        witnesses.push(witness);
    }
    witnesses.extend(subject.document.captured.map(captured));
}

fn captured(at: PartialDate) -> Witness {
    Witness::new(&CAPTURED, at, Source::CAPTURE, format!("captured at {at}"))
}

#[cfg(test)]
mod tests {
    use crate::date::date;
    use crate::model::{Document, Extract, Media};

    #[test]
    fn the_clock_of_the_server_is_no_claim() {
        let changed = |sent: &str| {
            let mut document = Document::new("page", Media::Html, "<p>Text");
            let fields = [("date", sent), ("last-modified", "Fri, 25 May 2018 14:03:00 GMT")];
            document.headers.0 =
                fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            date(&document, &Extract::default()).modified.is_some()
        };
        assert!(changed("Sat, 26 May 2018 14:03:00 GMT"));
        assert!(!changed("Fri, 25 May 2018 14:03:00 GMT"));
    }
}
