//! One document as one JSON object: the schema that machines read. Later versions only add to it.

use serde::Serialize;
use url::Url;

use super::View;
use crate::model::{
    Capture, Claim, Conclusion, Confidence, Event, Finding, Join, Judged, Level, LineIndex, Link,
    LinkKind, Media, PartialDate, Region, Role, Source, Span, Status, Suggestion, When,
};

/// The version of the schema.
pub const SCHEMA: u32 = 1;

/// One document with its parts; parts that the view does not show are left out.
#[derive(Serialize)]
#[expect(clippy::option_option, reason = "a part left out is not the same as a null")]
pub struct Row<'a> {
    schema: u32,
    input: &'a str,
    document: DocumentRow<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Option<ConclusionRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<Option<ConclusionRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<Vec<ClaimRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<LinkRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingRow<'a>>>,
}

#[derive(Serialize)]
struct DocumentRow<'a> {
    input: &'a str,
    id: Option<&'a str>,
    url: Option<&'a Url>,
    media: Media,
    title: Option<&'a str>,
}

/// A conclusion for machines: the date is a calendar date, however precise its source was.
#[derive(Serialize)]
struct ConclusionRow<'a> {
    date: PartialDate,
    #[serde(flatten)]
    when: When,
    source: &'a Source,
    confidence: Confidence,
    reasons: &'a [String],
}

impl<'a> From<&'a Conclusion> for ConclusionRow<'a> {
    fn from(conclusion: &'a Conclusion) -> Self {
        let Conclusion { date, when, source, confidence, reasons } = conclusion;
        Self {
            date: date.to_day_precision(),
            when: *when,
            source,
            confidence: *confidence,
            reasons,
        }
    }
}

/// A span with the place that people call it by.
#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct ClaimRow<'a> {
    event: Event,
    date: PartialDate,
    #[serde(flatten)]
    when: When,
    source: &'a Source,
    confidence: Confidence,
    quote: &'a str,
    span: Option<Place>,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    span: Place,
    raw: &'a str,
    joined: &'a str,
    url: Option<&'a Url>,
    kind: LinkKind,
    text: Option<&'a str>,
    label: Option<&'a str>,
    role: Role,
    region: Region,
    join: Option<&'a Join>,
    capture: Option<&'a Capture>,
    inner: Option<&'a str>,
    malformed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<StatusRow<'a>>,
}

#[derive(Serialize)]
struct StatusRow<'a> {
    verdict: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<ConclusionRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<ConclusionRow<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    chain: &'a [crate::model::Hop],
}

impl<'a> From<&'a Status> for StatusRow<'a> {
    fn from(status: &'a Status) -> Self {
        let verdict = match status {
            Status::NotFollowed => "not-followed",
            Status::Offline => "offline",
            Status::Followed(outcome) => match &outcome.result {
                Ok(_) => "ok",
                Err(failure) => failure.kind.as_str(),
            },
        };
        let outcome = status.outcome();
        let page = outcome.and_then(|outcome| outcome.result.as_ref().ok());
        let failure = outcome.and_then(|outcome| outcome.result.as_ref().err());
        let chain = outcome.map_or(&[][..], |outcome| &outcome.chain);
        Self {
            verdict,
            code: chain.last().and_then(|hop| hop.status),
            detail: failure.map(|failure| failure.detail.as_str()),
            url: page.map(|page| &page.url),
            title: page.and_then(|page| page.titles.first()).map(|title| title.text.as_str()),
            published: page.and_then(|page| page.dating.published.as_ref()).map(Into::into),
            modified: page.and_then(|page| page.dating.modified.as_ref()).map(Into::into),
            chain,
        }
    }
}

#[derive(Serialize)]
struct FindingRow<'a> {
    rule: &'a str,
    level: Level,
    confidence: Confidence,
    title: &'a str,
    message: &'a str,
    help: &'a str,
    url: Option<&'a Url>,
    span: Option<Place>,
    because: Vec<ClaimRow<'a>>,
    suggestion: Option<&'a Suggestion>,
}

impl<'a> Row<'a> {
    /// The row of one document, with the parts that a view shows.
    #[must_use]
    pub fn new(judged: &'a Judged, view: View) -> Self {
        let case = &judged.case;
        let places = Places::new(&case.article.text);
        let dates = view != View::Links;
        let links = view != View::Dates;
        let checked = view == View::Check;
        Self {
            schema: SCHEMA,
            input: &case.article.input,
            document: DocumentRow {
                input: &case.article.input,
                id: case.article.id.as_deref(),
                url: case.article.url.as_ref(),
                media: case.article.media,
                title: case.extract.title(),
            },
            published: dates.then(|| case.dating.published.as_ref().map(Into::into)),
            modified: dates.then(|| case.dating.modified.as_ref().map(Into::into)),
            claims: dates
                .then(|| case.dating.claims.iter().map(|claim| places.claim(claim)).collect()),
            links: links.then(|| {
                case.links()
                    .map(|checked_link| {
                        let status = checked.then(|| checked_link.status.into());
                        places.link(checked_link.link, status)
                    })
                    .collect()
            }),
            findings: checked
                .then(|| judged.findings.iter().map(|finding| places.finding(finding)).collect()),
        }
    }
}

/// Names spans of one text by line and column.
struct Places<'a> {
    text: &'a str,
    lines: LineIndex,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, lines: LineIndex::new(text) }
    }

    fn place(&self, span: Span) -> Place {
        let at = self.lines.position(self.text, span.start);
        Place { start: span.start, end: span.end, line: at.line, column: at.column }
    }

    fn claim<'c>(&self, claim: &'c Claim) -> ClaimRow<'c> {
        let Claim { event, date, when, source, confidence, quote, span } = claim;
        ClaimRow {
            event: *event,
            date: *date,
            when: *when,
            source,
            confidence: *confidence,
            quote,
            span: span.map(|span| self.place(span)),
        }
    }

    fn link<'l>(&self, link: &'l Link, status: Option<StatusRow<'l>>) -> LinkRow<'l> {
        LinkRow {
            span: self.place(link.span),
            raw: &link.raw,
            joined: &link.joined,
            url: link.url.as_ref(),
            kind: link.kind,
            text: link.text.as_deref(),
            label: link.label.as_ref().map(|label| label.text.as_str()),
            role: link.role,
            region: link.region,
            join: link.join.as_ref(),
            capture: link.capture.as_ref(),
            inner: link.inner.as_deref(),
            malformed: link.malformed.as_deref(),
            status,
        }
    }

    fn finding<'f>(&self, finding: &'f Finding) -> FindingRow<'f> {
        FindingRow {
            rule: finding.rule,
            level: finding.level,
            confidence: finding.confidence,
            title: &finding.title,
            message: &finding.message,
            help: &finding.help,
            url: finding.url.as_ref(),
            span: finding.span.map(|span| self.place(span)),
            because: finding.because.iter().map(|claim| self.claim(claim)).collect(),
            suggestion: finding.suggestion.as_ref(),
        }
    }
}
