//! Evidence: the document's own address is a capture in a web archive, and names its time.

use super::url::own_addresses;
use super::witness::Witness;
use super::{Evidence, Subject, header};
use crate::model::{Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;

/// The time in the address of a capture.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "archive-url",
        label: "archive URL",
        phrase: "archive's address",
        speaker: Speaker::Archive,
        standing: Standing::Open,
    }),
    summary: "the time of capture in a web-archive address",
    kinds: &[],
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    for (url, span) in own_addresses(subject) {
        let Some(stamp) = capture_stamp(url.path()) else { continue };
        let Some(stated) = machine::date(&format!("{stamp}Z"), subject.habit) else { continue };
        witnesses
            .push(Witness::new(&header::CAPTURED, stated.date, EVIDENCE.source, stamp).at(span));
    }
}

/// The fourteen digits before the captured address, as all Wayback-like archives write them.
fn capture_stamp(path: &str) -> Option<&str> {
    let before = path.split_once("/http")?.0;
    let stamp = before.rsplit('/').next()?.get(..14)?;
    stamp.bytes().all(|byte| byte.is_ascii_digit()).then_some(stamp)
}
