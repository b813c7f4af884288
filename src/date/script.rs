//! Evidence: publication dates in the data that scripts carry (`"publishedAt": "…"`).
//!
//! Pages that are put together in the browser have their dates only there, among those of other
//! things; so they are looked for only where no metadata tells.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{
    Confidence, Event, MarkKind, Media, Source, SourceInfo, Span, Speaker, Standing,
};
use crate::text::dates::machine;

/// Dates in script data.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "script-data",
        label: "script data",
        phrase: "script data",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "publication dates in the data that a page's scripts carry",
    kinds: &[&SCRIPT],
    collect,
};

/// A publication date in the data that a script carries.
pub(super) static SCRIPT: Kind = Kind {
    name: "script",
    told: "the data of a script",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 120,
    further: 120,
    traits: &[],
};

/// The keys, as content systems and their interfaces name them.
const KEYS: &[&str] = &[
    "publishedAt",
    "published_at",
    "publishedDate",
    "published_date",
    "publishDate",
    "publish_date",
    "publicationDate",
    "publication_date",
    "datePublished",
    "date_published",
    "firstPublished",
    "first_published",
    "datePosted",
    "pubDate",
    "pub_date",
    "createdAt",
    "created_at",
    "dateCreated",
    "publishedOn",
    "published_on",
    "showDate",
];

/// No key stands inside another, so that the leftmost is the first to end as well; it is found
/// faster.
static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(KEYS).ok());

/// Bytes that are searched, and dates that are taken.
const MAX_BYTES: usize = 4 << 20;
const MAX_DATES: usize = 20;

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    if subject.document.media != Media::Html
        || witnesses.iter().any(|witness| witness.kind.is(Trait::Tells))
    {
        return;
    }
    let text = &subject.document.text;
    let head = text.get(..text.floor_char_boundary(MAX_BYTES)).unwrap_or_default();
    let Some(finder) = FINDER.as_ref() else { return };
    // What JSON-LD says has been read, with whose date it is.
    let marks = subject.extract.marks.iter();
    let linked = marks.filter(|mark| matches!(mark.kind, MarkKind::JsonLd { .. }));
    let linked: Vec<Span> = linked.map(|mark| mark.span).collect();
    let is_read = |at: usize| linked.iter().any(|span| span.start <= at && at < span.end);
    let found = finder.find_iter(head).filter(|found| !is_read(found.start()));
    let dates = found.filter_map(|found| witness(subject, found.start(), found.end()));
    witnesses.extend(dates.take(MAX_DATES));
}

/// The date after a key that stands at `start..end`.
fn witness(subject: &Subject<'_>, start: usize, end: usize) -> Option<Witness> {
    /// A longer value is no date.
    const VALUE: usize = 60;
    let text = &subject.document.text;
    let rest = text.get(end..text.floor_char_boundary(end + VALUE))?;
    let value = rest.trim_start_matches(['\\', '"', '\'', ' ', ':', '=', '(', '\n']);
    let from = end + rest.len() - value.len();
    if from == end {
        return None;
    }
    let value = value.get(..value.find(['"', '\'', '\\', ',', '}', '<'])?)?;
    let stated = machine::date(value, subject.habit)?;
    let span = Span::new(start, from + value.len());
    Some(Witness::new(&SCRIPT, stated.date, EVIDENCE.source, span.of(text)).at(Some(span)))
}
