//! Evidence: the month in the address of the article's picture (`/uploads/2018/05/`).
//!
//! Content systems file pictures by the month in which they came in, most often that of the
//! article. Weak, but from another hand than the template that writes the metadata.

use url::Url;

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::address::day::date_in_url;
use crate::model::{Confidence, Event, MarkKind, Source, SourceInfo, Speaker, Standing};

/// The month of the picture.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "picture-url",
        label: "picture URL",
        phrase: "picture's address",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "the month in the address of the picture that stands for the article",
    kinds: &[&MONTH],
    collect,
};

/// The month in the address of the article's picture.
pub(super) static MONTH: Kind = Kind {
    name: "picture-month",
    told: "the month in the address of its picture",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Picture,
    first: 70,
    further: 70,
    traits: &[Trait::MonthAlone],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    for mark in &subject.extract.marks {
        let MarkKind::Meta { name, content } = &mark.kind else { continue };
        if !matches!(
            name.as_str(),
            "og:image" | "twitter:image" | "og:image:url" | "twitter:image:src"
        ) {
            continue;
        }
        let claim = Url::parse(content.trim()).ok().as_ref().and_then(date_in_url);
        witnesses.extend(claim.map(|claim| {
            Witness::new(&MONTH, claim.date, EVIDENCE.source, claim.quote).at(Some(mark.span))
        }));
    }
}
