//! One document as one JSON object: the schema that machines read. Later versions only add to it.

mod places;

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use self::places::Places;
use super::View;
use crate::address::identifier::Made;
use crate::model::{
    ArchiveRecord, Capture, Case, Checked, Claim, Conclusion, Confidence, Event, Hop, Join, Judged,
    LeftOut, Level, LinkKind, Media, Memento, Outcome, PageLine, PartialDate, Region, Role, Source,
    Status, Suggestion, SuppressedBy, When,
};

/// The version of the schema.
pub const SCHEMA: u32 = 1;

/// One document with its parts; parts that the view does not show are left out. Links are made rows
/// as they are written, and are rows where they were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::option_option, reason = "a part left out is not the same as a null")]
pub struct Row<'a, L> {
    pub(super) schema: u32,
    pub(super) input: Cow<'a, str>,
    /// The time of judging; rows of version 0.1.0 before it was added have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) now: Option<Timestamp>,
    pub(super) document: DocumentRow<'a>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<Option<Cow<'a, Conclusion>>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<Option<Cow<'a, Conclusion>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) claims: Option<Vec<ClaimRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) links: Option<L>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) findings: Option<Vec<FindingRow<'a>>>,
    /// What was found and is known, so that it does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) suppressed: Vec<SuppressedRow<'a>>,
    /// The source around what the findings are about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) source: Vec<Piece<'a>>,
    /// What a compact row does not hold.
    #[serde(default, skip_serializing_if = "no_less")]
    pub(super) left_out: Cow<'a, LeftOut>,
}

fn no_less(left_out: &LeftOut) -> bool {
    left_out.is_empty()
}

/// A finding that does not count, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SuppressedRow<'a> {
    pub(super) by: SuppressedBy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<Cow<'a, str>>,
    pub(super) finding: FindingRow<'a>,
}

/// A piece of the source text, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece<'a> {
    #[serde(flatten)]
    pub(super) at: Place,
    pub(super) text: Cow<'a, str>,
}

/// A part that is there though it is null.
#[expect(clippy::option_option, reason = "a part left out is not the same as a null")]
fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DocumentRow<'a> {
    pub(super) input: Cow<'a, str>,
    /// Where the file stands from the root of the repository, where the input does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<Cow<'a, str>>,
    pub(super) id: Option<Cow<'a, str>>,
    pub(super) url: Option<Cow<'a, Url>>,
    pub(super) media: Media,
    pub(super) title: Option<Cow<'a, str>>,
    /// Why it was not fetched, where nothing but its address is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unfetched: Option<Cow<'a, str>>,
    /// When this copy was taken, where that is known from outside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) captured: Option<PartialDate>,
    /// The record of a web archive that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<Cow<'a, ArchiveRecord>>,
}

/// A conclusion for machines: the date is a calendar date, however precise its source was.
fn to_the_day(conclusion: &Conclusion) -> Cow<'_, Conclusion> {
    let date = conclusion.date.to_day_precision();
    if date == conclusion.date {
        return Cow::Borrowed(conclusion);
    }
    Cow::Owned(Conclusion { date, ..conclusion.clone() })
}

/// A span with the place that people call it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The page from one, of a document that has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<u32>,
    /// Where on it the line begins, in points from the left and the upper edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) x: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) y: Option<i32>,
}

impl Place {
    /// A place in a text without pages.
    pub(super) const fn new(start: usize, end: usize, line: usize, column: usize) -> Self {
        Self { start, end, line, column, page: None, x: None, y: None }
    }

    /// The line of a page that it stands on.
    pub(super) fn page_line(&self) -> Option<PageLine> {
        Some(PageLine { start: self.start, page: self.page?, x: self.x?, y: self.y? })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ClaimRow<'a> {
    pub(super) event: Event,
    pub(super) date: PartialDate,
    #[serde(flatten)]
    pub(super) when: When,
    pub(super) source: Cow<'a, Source>,
    pub(super) confidence: Confidence,
    pub(super) quote: Cow<'a, str>,
    pub(super) span: Option<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LinkRow<'a> {
    pub(super) span: Place,
    pub(super) raw: Cow<'a, str>,
    pub(super) joined: Cow<'a, str>,
    pub(super) url: Option<Cow<'a, Url>>,
    pub(super) kind: LinkKind,
    pub(super) text: Option<Cow<'a, str>>,
    pub(super) label: Option<Cow<'a, str>>,
    pub(super) role: Role,
    pub(super) region: Region,
    pub(super) join: Option<Cow<'a, Join>>,
    pub(super) capture: Option<Cow<'a, Capture>>,
    pub(super) inner: Option<Cow<'a, str>>,
    pub(super) malformed: Option<Cow<'a, str>>,
    /// What the identifier in the address says about when the address was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) made: Option<MadeRow<'a>>,
    /// What the numbers of its neighbours say, by a clock that was learnt from its site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) site_clock: Option<ClaimRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<StatusRow<'a>>,
    /// The addresses that a check would ask for it, where the view is of links alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) asks: Vec<Url>,
}

/// When a link's address was made, and who gave its number out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MadeRow<'a> {
    pub(super) by: Cow<'a, str>,
    #[serde(flatten)]
    pub(super) claim: ClaimRow<'a>,
}

impl From<Made> for MadeRow<'_> {
    fn from(made: Made) -> Self {
        let Claim { event, date, when, source, confidence, quote, .. } = made.claim();
        let claim = ClaimRow {
            event,
            date,
            when,
            source: Cow::Owned(source),
            confidence,
            quote: Cow::Owned(quote),
            span: None,
        };
        Self { by: Cow::Borrowed(made.clock.name), claim }
    }
}

/// A document's links, each made a row as it is written, since a document may have millions.
pub struct Links<'a> {
    case: &'a Case,
    places: Places<'a>,
    /// Whether the view shows what they led to.
    checked: bool,
}

impl Serialize for Links<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.case.links().map(|Checked { link, status }| {
            self.places.link(link, self.case.now, self.checked.then(|| status.into()))
        }))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StatusRow<'a> {
    pub(super) verdict: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<Cow<'a, str>>,
    /// Whether only a part of the page was read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) partial: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<Cow<'a, Url>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<Cow<'a, Conclusion>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<Cow<'a, Conclusion>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub(super) chain: Cow<'a, [Hop]>,
    /// What the page claims about itself, best first.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub(super) claims: Cow<'a, [Claim]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) fetched: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) captures: Vec<CaptureRow<'a>>,
}

/// A capture that a web archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CaptureRow<'a> {
    pub(super) which: Which,
    pub(super) url: Cow<'a, Url>,
    pub(super) captured: Timestamp,
    /// The address that was captured, where it is not the link's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<Cow<'a, Url>>,
}

/// What a capture was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Which {
    /// It is the first of the page.
    Earliest,
    /// It is the one nearest the article's last known edit.
    Nearest,
    /// It shows the page under the address that it had around that edit.
    Former,
}

fn captures(outcome: &Outcome) -> Vec<CaptureRow<'_>> {
    let Some(captures) = &outcome.captures else { return Vec::new() };
    let row = |which, memento: &'_ Memento| CaptureRow {
        which,
        url: Cow::Owned(memento.url.clone()),
        captured: memento.captured,
        of: None,
    };
    let earliest = captures.earliest.iter().map(|memento| row(Which::Earliest, memento));
    let nearest = captures.nearest.iter().map(|memento| row(Which::Nearest, memento));
    let former = captures.former.iter().map(|former| {
        let of = Some(Cow::Borrowed(&former.url));
        CaptureRow { of, ..row(Which::Former, &former.capture) }
    });
    earliest.chain(nearest).chain(former).collect()
}

/// What came of following a link, in a word.
pub(super) fn verdict(status: &Status) -> &'static str {
    match status {
        Status::NotFollowed => "not-followed",
        Status::Offline => "offline",
        Status::Excluded => "excluded",
        Status::Followed(outcome) => match &outcome.result {
            Ok(_) => "ok",
            Err(failure) => failure.kind.as_str(),
        },
    }
}

impl<'a> From<&'a Status> for StatusRow<'a> {
    fn from(status: &'a Status) -> Self {
        let outcome = status.outcome();
        let page = outcome.and_then(|outcome| outcome.result.as_ref().ok());
        let failure = outcome.and_then(|outcome| outcome.result.as_ref().err());
        let chain = outcome.map_or(&[][..], |outcome| &outcome.chain);
        Self {
            verdict: Cow::Borrowed(verdict(status)),
            code: chain.last().and_then(|hop| hop.status),
            detail: failure.map(|failure| Cow::Borrowed(failure.detail.as_str())),
            partial: page.is_some_and(|page| page.partial),
            url: page.map(|page| Cow::Borrowed(&page.url)),
            title: page
                .and_then(|page| page.titles.first())
                .map(|title| Cow::Borrowed(title.text.as_str())),
            published: page.and_then(|page| page.dating.published.as_ref()).map(to_the_day),
            modified: page.and_then(|page| page.dating.modified.as_ref()).map(to_the_day),
            chain: Cow::Borrowed(chain),
            claims: Cow::Borrowed(page.map_or(&[][..], |page| &page.dating.claims)),
            fetched: outcome.and_then(|outcome| outcome.fetched),
            captures: outcome.map(captures).unwrap_or_default(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FindingRow<'a> {
    pub(super) rule: Cow<'a, str>,
    pub(super) level: Level,
    pub(super) confidence: Confidence,
    pub(super) title: Cow<'a, str>,
    pub(super) message: Cow<'a, str>,
    pub(super) help: Cow<'a, str>,
    pub(super) url: Option<Cow<'a, Url>>,
    pub(super) span: Option<Place>,
    pub(super) because: Vec<ClaimRow<'a>>,
    pub(super) suggestion: Option<Cow<'a, Suggestion>>,
}

impl<'a> Row<'a, Links<'a>> {
    /// The row of one document, with the parts that a view shows.
    #[must_use]
    pub fn new(judged: &'a Judged, view: View) -> Self {
        let case = &judged.case;
        let places = Places::new(&case.article);
        let dates = view != View::Links;
        let links = view != View::Dates;
        let checked = view == View::Check;
        Self {
            schema: SCHEMA,
            input: Cow::Borrowed(&case.article.input),
            now: checked.then_some(case.now),
            document: DocumentRow {
                input: Cow::Borrowed(&case.article.input),
                path: case.article.path.as_deref().map(Cow::Borrowed),
                id: case.article.id.as_deref().map(Cow::Borrowed),
                url: case.article.url.as_ref().map(Cow::Borrowed),
                media: case.article.media,
                title: case.extract.title().map(Cow::Borrowed),
                unfetched: case.article.unfetched.as_deref().map(Cow::Borrowed),
                captured: case.article.captured,
                record: case.article.record.as_ref().map(Cow::Borrowed),
            },
            published: dates.then(|| case.dating.published.as_ref().map(to_the_day)),
            modified: dates.then(|| case.dating.modified.as_ref().map(to_the_day)),
            claims: dates
                .then(|| case.dating.claims.iter().map(|claim| places.claim(claim)).collect()),
            findings: checked
                .then(|| judged.findings.iter().map(|finding| places.finding(finding)).collect()),
            suppressed: if checked { places.suppressed(&judged.suppressed) } else { Vec::new() },
            source: if checked { places.source(judged) } else { Vec::new() },
            links: links.then_some(Links { case, places, checked }),
            left_out: Cow::Borrowed(&judged.left_out),
        }
    }
}
