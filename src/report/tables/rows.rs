//! The rows of one run and of one document.

use std::collections::HashMap;
use std::io;

use jiff::Timestamp;
use jiff::civil::Date;
use url::Url;

use super::{Keys, Store, Table, Value};
use crate::model::{
    Claim, Conclusion, Finding, Judged, LineIndex, Link, Memento, Outcome, Position, Span, Status,
    Suppressed,
};
use crate::report::Summary;
use crate::suppress::fingerprint::numbered;

/// The row of a run.
pub(in crate::report) fn run(
    id: i64,
    judged_at: Option<Timestamp>,
    summary: &Summary,
    store: &mut dyn Store,
) -> io::Result<()> {
    let Summary { documents, links, errors, warnings, notes, unreadable, interrupted, .. } =
        summary;
    let row = [
        id.into(),
        judged_at.into(),
        env!("CARGO_PKG_VERSION").into(),
        (*documents).into(),
        (*links).into(),
        (*errors).into(),
        (*warnings).into(),
        (*notes).into(),
        (*unreadable).into(),
        (*interrupted).into(),
    ];
    store.insert(Table::Runs, &row)
}

/// All rows of a document; every row comes after those that it refers to.
pub(in crate::report) fn document(
    judged: &Judged,
    keys: &mut Keys,
    store: &mut dyn Store,
) -> io::Result<()> {
    let lines = LineIndex::new(&judged.case.article.text);
    let mut rows = Rows { judged, lines, keys, store };
    let document = rows.document()?;
    let by_span = rows.links(document)?;
    rows.findings(document, &by_span)
}

struct Rows<'a> {
    judged: &'a Judged,
    lines: LineIndex,
    keys: &'a mut Keys,
    store: &'a mut dyn Store,
}

/// What a claim is about.
#[derive(Clone, Copy)]
enum About {
    Document(i64),
    Fetch(i64),
    Finding(i64),
}

const fn next(last: &mut i64) -> i64 {
    *last += 1;
    *last
}

impl Rows<'_> {
    fn document(&mut self) -> io::Result<i64> {
        let case = &self.judged.case;
        let published = case.dating.published.as_ref();
        let modified = case.dating.modified.as_ref();
        let id = next(&mut self.keys.documents);
        let row = [
            id.into(),
            self.keys.run.into(),
            case.article.name().into(),
            case.article.input.as_str().into(),
            case.article.url.as_ref().into(),
            case.article.media.to_string().into(),
            case.extract.title().into(),
            case.article.identity().into(),
            published.map(stated).into(),
            published.map(earliest).into(),
            published.map(before).into(),
            published.map(|published| published.confidence.to_string()).into(),
            modified.map(stated).into(),
            modified.map(earliest).into(),
            modified.map(before).into(),
        ];
        self.store.insert(Table::Documents, &row)?;
        self.claims(About::Document(id), &case.dating.claims)?;
        Ok(id)
    }

    /// All links, by their places.
    fn links(&mut self, document: i64) -> io::Result<HashMap<Span, i64>> {
        let judged = self.judged;
        let mut by_span = HashMap::new();
        let mut fetches: HashMap<&str, i64> = HashMap::new();
        for checked in judged.case.links() {
            let url = checked.link.url().map(Url::as_str);
            let fetch = match (checked.status, url) {
                (Status::Followed(outcome), Some(url)) => {
                    let known = fetches.get(url).copied();
                    let fetch = known.map_or_else(|| self.fetch(document, url, outcome), Ok)?;
                    fetches.insert(url, fetch);
                    Some(fetch)
                }
                _ => None,
            };
            by_span.insert(checked.link.span, self.link(document, checked.link, fetch)?);
        }
        Ok(by_span)
    }

    fn link(&mut self, document: i64, link: &Link, fetch: Option<i64>) -> io::Result<i64> {
        let at = self.position(link.span);
        let id = next(&mut self.keys.links);
        let row = [
            id.into(),
            document.into(),
            fetch.into(),
            link.url().into(),
            link.url().and_then(Url::host_str).into(),
            link.raw().into(),
            name(link.kind).into(),
            link.words().into(),
            link.role.as_str().into(),
            name(link.region).into(),
            at.line.into(),
            at.column.into(),
            link.span.start.into(),
            link.span.end.into(),
        ];
        self.store.insert(Table::Links, &row)?;
        Ok(id)
    }

    fn fetch(&mut self, document: i64, url: &str, outcome: &Outcome) -> io::Result<i64> {
        let page = outcome.result.as_ref().ok();
        let failure = outcome.result.as_ref().err();
        let captures = outcome.captures.as_ref();
        let published = page.and_then(|page| page.dating.published.as_ref());
        let modified = page.and_then(|page| page.dating.modified.as_ref());
        let taken = |memento: &Memento| memento.captured;
        let id = next(&mut self.keys.fetches);
        let row = [
            id.into(),
            self.keys.run.into(),
            document.into(),
            url.into(),
            page.map(|page| &page.url).into(),
            outcome.fetched.into(),
            failure.map_or("ok", |failure| failure.kind.as_str()).into(),
            failure.is_some_and(|failure| failure.kind.is_dead()).into(),
            outcome.chain.last().and_then(|hop| hop.status).into(),
            failure.map(|failure| failure.detail.as_str()).into(),
            outcome.chain.len().saturating_sub(1).into(),
            page.and_then(|page| page.titles.first()).map(|title| title.text.as_str()).into(),
            published.map(stated).into(),
            published.map(earliest).into(),
            published.map(before).into(),
            modified.map(stated).into(),
            modified.map(earliest).into(),
            modified.map(before).into(),
            captures.and_then(|captures| captures.earliest.as_ref()).map(taken).into(),
            captures.and_then(|captures| captures.nearest.as_ref()).map(taken).into(),
        ];
        self.store.insert(Table::Fetches, &row)?;
        self.claims(About::Fetch(id), page.map_or(&[], |page| &page.dating.claims))?;
        Ok(id)
    }

    fn findings(&mut self, document: i64, by_span: &HashMap<Span, i64>) -> io::Result<()> {
        let judged = self.judged;
        let known = judged.suppressed.iter().map(|known| (&known.finding, Some(known)));
        let all: Vec<(&Finding, Option<&Suppressed>)> =
            judged.findings.iter().map(|finding| (finding, None)).chain(known).collect();
        let prints = numbered(all.iter().map(|(finding, _)| *finding), &judged.case);
        for ((finding, known), print) in all.into_iter().zip(prints) {
            let link = finding.span.and_then(|span| by_span.get(&span)).copied();
            self.finding((document, link), finding, print, known)?;
        }
        Ok(())
    }

    fn finding(
        &mut self,
        (document, link): (i64, Option<i64>),
        finding: &Finding,
        (print, number): (String, usize),
        known: Option<&Suppressed>,
    ) -> io::Result<()> {
        let at = finding.span.map(|span| self.position(span));
        let id = next(&mut self.keys.findings);
        let row = [
            id.into(),
            document.into(),
            link.into(),
            Value::Text(print.into()),
            number.into(),
            finding.rule.as_str().into(),
            finding.level.as_str().into(),
            finding.confidence.to_string().into(),
            finding.title.as_str().into(),
            finding.message.as_str().into(),
            finding.help.as_str().into(),
            finding.url.as_ref().into(),
            finding.url.as_ref().and_then(Url::host_str).into(),
            at.map(|at| at.line).into(),
            at.map(|at| at.column).into(),
            finding.suggestion.as_ref().map(|repair| repair.replacement.as_str()).into(),
            known.map(|known| name(known.by)).into(),
            known.and_then(|known| known.reason.as_deref()).into(),
        ];
        self.store.insert(Table::Findings, &row)?;
        self.claims(About::Finding(id), &finding.because)
    }

    fn claims(&mut self, about: About, claims: &[Claim]) -> io::Result<()> {
        let (document, fetch, finding) = match about {
            About::Document(id) => (Some(id), None, None),
            About::Fetch(id) => (None, Some(id), None),
            About::Finding(id) => (None, None, Some(id)),
        };
        // The text of a fetched page is let go, so that nothing has a line in it.
        let in_article = fetch.is_none();
        for claim in claims {
            let at = claim.span.filter(|_| in_article).map(|span| self.position(span));
            let row = [
                next(&mut self.keys.claims).into(),
                document.into(),
                fetch.into(),
                finding.into(),
                name(claim.event).into(),
                claim.date.to_string().into(),
                claim.when.earliest.into(),
                claim.when.before.into(),
                claim.source.as_str().into(),
                claim.confidence.to_string().into(),
                claim.quote.as_str().into(),
                at.map(|at| at.line).into(),
                at.map(|at| at.column).into(),
            ];
            self.store.insert(Table::Claims, &row)?;
        }
        Ok(())
    }

    fn position(&self, span: Span) -> Position {
        self.lines.position(&self.judged.case.article.text, span.start)
    }
}

/// A date as precise as it was stated, to the day.
fn stated(conclusion: &Conclusion) -> String {
    conclusion.date.to_day_precision().to_string()
}

/// The first day that it may be.
fn earliest(conclusion: &Conclusion) -> Date {
    conclusion.date.first_day()
}

/// The day after the last that it may be.
fn before(conclusion: &Conclusion) -> Date {
    let last = conclusion.date.last_day();
    last.tomorrow().unwrap_or(last)
}

/// The name that a value has in rows.
fn name(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().map_or_else(String::new, str::to_owned)
}
