//! Evidence: HTTP header fields.
//!
//! `last-modified` (RFC 9110) is often the time of the answer, so a weak claim about a change.
//! `memento-datetime` (RFC 7089) is when an archive captured the page.

use jiff::Timestamp;

use super::parse::machine;
use super::parse::printed::Habit;
use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Confidence, PartialDate, Source};

/// Header fields and the time of capture.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("http-header"),
    summary: "`last-modified` and `memento-datetime`, and the time at which the copy was taken",
    collect,
};

/// A copy that was taken proves that the page existed by then.
const CAPTURE: Source = Source::new("capture");

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let headers = &subject.document.headers;
    for (name, kind) in [("last-modified", Kind::Header), ("memento-datetime", Kind::Captured)] {
        let Some(value) = headers.get(name) else { continue };
        let Some(stated) = machine::date(value, Habit::default()) else { continue };
        let mut witness =
            Witness::new(kind, stated.date, EVIDENCE.source, format!("{name}: {value}"));
        if kind == Kind::Header {
            witness.claim.confidence = Confidence::Low;
        }
        witnesses.push(witness);
    }
    witnesses.extend(subject.document.captured.map(captured));
}

fn captured(at: Timestamp) -> Witness {
    Witness::new(Kind::Captured, PartialDate::utc(at), CAPTURE, format!("captured at {at}"))
}
