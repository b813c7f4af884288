//! Evidence: HTTP header fields.
//!
//! `last-modified` (RFC 9110) is often the time of the answer, so a weak claim about a change.
//! `memento-datetime` (RFC 7089) is when an archive captured the page.

use jiff::Timestamp;

use super::kind::{About, Group, Kind};
use super::parse::machine;
use super::parse::printed::Habit;
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Event, PartialDate, Source, SourceInfo, Speaker, Standing};

/// Header fields and the time of capture.
pub const EVIDENCE: Evidence = Evidence {
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
pub static LAST_MODIFIED: Kind = Kind {
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
pub static CAPTURED: Kind = Kind {
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

fn captured(at: Timestamp) -> Witness {
    Witness::new(&CAPTURED, PartialDate::utc(at), Source::CAPTURE, format!("captured at {at}"))
}
