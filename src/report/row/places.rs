//! Spans of a text as rows name them: by line, column and page.

use std::borrow::Cow;

use jiff::Timestamp;

use super::{ClaimRow, FindingRow, LinkRow, Piece, Place, StatusRow, SuppressedRow};
use crate::address::secret;
use crate::model::{
    Claim, Document, Finding, Judged, LineIndex, Link, PageLine, Pages, Span, Suppressed,
};
use crate::report::human::excerpt::shown_ranges;
use crate::rules::made_of_target;

/// Names spans of one text by line and column.
pub(super) struct Places<'a> {
    text: &'a str,
    lines: LineIndex,
    pages: Option<&'a Pages>,
}

impl<'a> Places<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let text = document.text.as_str();
        Self { text, lines: LineIndex::new(text), pages: document.pages.as_deref() }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let at = self.lines.position(self.text, span.start);
        let place = Place::new(span.start, span.end, at.line, at.column);
        match self.pages.and_then(|pages| pages.line_at(span.start)) {
            Some(PageLine { page, x, y, .. }) => {
                Place { page: Some(page), x: Some(x), y: Some(y), ..place }
            }
            None => place,
        }
    }

    pub(super) fn claim<'c>(&self, claim: &'c Claim) -> ClaimRow<'c> {
        let Claim { event, date, when, source, confidence, quote, span } = claim;
        ClaimRow {
            event: *event,
            date: *date,
            when: *when,
            source: Cow::Borrowed(source),
            confidence: *confidence,
            quote: Cow::Borrowed(quote),
            span: span.map(|span| self.place(span)),
        }
    }

    pub(super) fn link<'l>(
        &self,
        link: &'l Link,
        now: Timestamp,
        status: Option<StatusRow<'l>>,
    ) -> LinkRow<'l> {
        LinkRow {
            span: self.place(link.span),
            raw: Cow::Borrowed(link.raw()),
            joined: Cow::Borrowed(link.joined()),
            url: link.url().map(Cow::Borrowed),
            kind: link.kind,
            text: link.text.as_deref().map(Cow::Borrowed),
            label: link.label.as_ref().map(|label| Cow::Borrowed(label.text.as_str())),
            role: link.role,
            region: link.region,
            join: link.join.as_deref().map(Cow::Borrowed),
            capture: link.capture.as_deref().map(Cow::Borrowed),
            inner: link.inner.as_deref().map(Cow::Borrowed),
            malformed: link.malformed.as_deref().map(Cow::Borrowed),
            made: made_of_target(link, now).map(Into::into),
            site_clock: link.site_clock.as_deref().map(|claim| self.claim(claim)),
            asks: if status.is_none() { link.asked() } else { Vec::new() },
            status,
        }
    }

    pub(super) fn finding<'f>(&self, finding: &'f Finding) -> FindingRow<'f> {
        let Finding {
            rule,
            level,
            confidence,
            title,
            message,
            help,
            url,
            span,
            because,
            suggestion,
        } = finding;
        FindingRow {
            rule: Cow::Borrowed(rule),
            level: *level,
            confidence: *confidence,
            title: Cow::Borrowed(title),
            message: Cow::Borrowed(message),
            help: Cow::Borrowed(help),
            url: url.as_ref().map(Cow::Borrowed),
            span: span.map(|span| self.place(span)),
            because: because.iter().map(|claim| self.claim(claim)).collect(),
            suggestion: suggestion.as_ref().map(Cow::Borrowed),
        }
    }

    pub(super) fn suppressed<'f>(&self, known: &'f [Suppressed]) -> Vec<SuppressedRow<'f>> {
        let row = |known: &'f Suppressed| SuppressedRow {
            by: known.by,
            reason: known.reason.as_deref().map(Cow::Borrowed),
            finding: self.finding(&known.finding),
        };
        known.iter().map(row).collect()
    }

    /// The source that reports show for the findings, without its secrets.
    pub(super) fn source(&self, judged: &Judged) -> Vec<Piece<'a>> {
        let known = judged.suppressed.iter().map(|known| &known.finding);
        let ranges = judged
            .findings
            .iter()
            .chain(known)
            .flat_map(|finding| shown_ranges(finding, self.text, &self.lines));
        let mut ranges: Vec<_> = ranges.collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        let mut pieces: Vec<std::ops::Range<usize>> = Vec::new();
        for range in ranges {
            match pieces.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => pieces.push(range),
            }
        }
        pieces.into_iter().flat_map(|range| self.without_secrets(range)).collect()
    }

    fn without_secrets(&self, range: std::ops::Range<usize>) -> Vec<Piece<'a>> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let mut pieces = Vec::new();
        let mut done = 0;
        for secret in
            secret::ranges(text).into_iter().chain(std::iter::once(text.len()..text.len()))
        {
            if secret.start > done {
                let span = Span::new(range.start + done, range.start + secret.start);
                let text = Cow::Borrowed(span.of(self.text));
                pieces.push(Piece { at: self.place(span), text });
            }
            done = secret.end;
        }
        pieces
    }
}
