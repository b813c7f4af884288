//! From a row back to what it was made of, so that any report can be made of an earlier run.
//!
//! A row holds the source only around its findings. The text is restored as long as it was, with
//! those pieces in their places, line ends where they must be and blanks elsewhere: every place
//! keeps its offset, line and column, and an excerpt shows what it showed.

use std::borrow::Cow;
use std::sync::Arc;

use super::failed::{Failed, FailedRow};
use super::row::{CaptureRow, ClaimRow, FindingRow, LinkRow, Place, Row, SCHEMA, StatusRow, Which};
use crate::model::{
    Captures, Case, Claim, Dating, Document, Extract, Failure, FailureKind, Finding, Former,
    Judged, Label, Link, Local, Media, Memento, Outcome, Page, PageLine, Pages, RuleId, Span,
    Status, Suppressed, Title, TitleKind,
};

/// A row that was read.
type Read<'a> = Row<'a, Vec<LinkRow<'a>>>;

/// How long a restored text may be, in bytes: offsets in a forged row cannot fill the memory.
const LONGEST: usize = 256 << 20;

/// What a row tells of.
#[derive(Debug)]
pub enum Restored {
    /// A document that was judged.
    Judged(Box<Judged>),
    /// What could not be read.
    Failed(Failed),
}

/// What one line of a `jsonl` report of `dateline check` was made of.
///
/// # Errors
///
/// Says what is wrong with the line, for people.
pub fn restored(line: &str) -> Result<Restored, String> {
    // A row without a document is rare: one that says why it was not read.
    if !line.contains("\"document\":")
        && let Ok(row) = serde_json::from_str::<FailedRow<'_>>(line)
    {
        let (input, failed) = (row.input.into_owned(), row.failed.into_owned());
        return Ok(Restored::Failed(Failed { input, ..failed }));
    }
    let row: Read<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if row.schema != SCHEMA {
        return Err(format!("its schema is {}, this version reads {SCHEMA}", row.schema));
    }
    judged(&row).map(|judged| Restored::Judged(Box::new(judged)))
}

/// The links of a row of `dateline links` or `dateline check`.
///
/// # Errors
///
/// Says what is wrong with the row, for people.
pub(crate) fn links(line: &str) -> Result<Vec<Link>, String> {
    let row: Read<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(row.links.iter().flatten().map(link).collect())
}

fn judged(row: &Read<'_>) -> Result<Judged, String> {
    let (Some(links), Some(findings)) = (&row.links, &row.findings) else {
        return Err("it is not of `dateline check`: it has no links or no findings".to_owned());
    };
    let found: Result<Vec<Finding>, String> = findings.iter().map(finding).collect();
    let case = Case {
        article: document(row),
        extract: Extract {
            titles: row.document.title.as_deref().map(title).into_iter().collect(),
            links: links.iter().map(link).collect(),
            ..Extract::default()
        },
        dating: Dating {
            published: row.published.as_ref().and_then(Option::as_deref).cloned(),
            modified: row.modified.as_ref().and_then(Option::as_deref).cloned(),
            claims: row.claims.iter().flatten().map(claim).collect(),
        },
        statuses: links.iter().map(|link| status(link.status.as_ref())).collect(),
        local: Local::default(),
        now: row.now.unwrap_or_default(),
    };
    let suppressed = row.suppressed.iter().map(|known| {
        let finding = finding(&known.finding)?;
        let reason = known.reason.as_deref().map(str::to_owned);
        Ok(Suppressed { finding, by: known.by, reason })
    });
    let suppressed: Result<Vec<Suppressed>, String> = suppressed.collect();
    let left_out = row.left_out.clone().into_owned();
    Ok(Judged { suppressed: suppressed?, left_out, ..Judged::new(case, found?) })
}

fn finding(row: &FindingRow<'_>) -> Result<Finding, String> {
    Ok(Finding {
        rule: RuleId::read(&row.rule).ok_or("it names a rule that cannot be one")?,
        level: row.level,
        confidence: row.confidence,
        title: row.title.to_string(),
        message: row.message.to_string(),
        help: row.help.to_string(),
        url: row.url.as_deref().cloned(),
        span: row.span.as_ref().map(span),
        because: row.because.iter().map(claim).collect(),
        suggestion: row.suggestion.as_deref().cloned(),
    })
}

fn document(row: &Read<'_>) -> Document {
    Document {
        path: row.document.path.as_deref().map(str::to_owned),
        id: row.document.id.as_deref().map(str::to_owned),
        url: row.document.url.as_deref().cloned(),
        unfetched: row.document.unfetched.as_deref().map(str::to_owned),
        captured: row.document.captured,
        record: row.document.record.as_deref().cloned(),
        pages: pages(row).map(Arc::new),
        ..Document::new(row.input.clone(), row.document.media, text(row))
    }
}

/// The pages that the places of a row tell of.
fn pages(row: &Read<'_>) -> Option<Pages> {
    let of_links = row.links.iter().flatten().map(|link| &link.span);
    let findings = row.findings.iter().flatten();
    let of_findings = findings.clone().filter_map(|finding| finding.span.as_ref());
    let claims = findings.flat_map(|finding| &finding.because).chain(row.claims.iter().flatten());
    let of_claims = claims.filter_map(|claim| claim.span.as_ref());
    let places = of_links.chain(of_findings).chain(of_claims);
    let mut lines: Vec<PageLine> = places.filter_map(Place::page_line).collect();
    lines.sort_unstable_by_key(|line| line.start);
    lines.dedup();
    (!lines.is_empty()).then(|| Pages { lines, ..Pages::default() })
}

fn title(text: &str) -> Title {
    Title { kind: TitleKind::Headline, text: text.to_owned(), span: Span::new(0, 0) }
}

fn span(place: &Place) -> Span {
    Span::new(place.start, place.end)
}

fn claim(row: &ClaimRow<'_>) -> Claim {
    Claim {
        event: row.event,
        date: row.date,
        when: row.when,
        source: row.source.clone().into_owned(),
        confidence: row.confidence,
        quote: row.quote.to_string(),
        span: row.span.as_ref().map(span),
    }
}

fn link(row: &LinkRow<'_>) -> Link {
    let owned = |text: &Option<Cow<'_, str>>| text.as_deref().map(Box::from);
    let url = row.url.as_deref().cloned();
    let mut link = Link::resolved(row.kind, span(&row.span), &row.raw, &row.joined, url);
    link.text = owned(&row.text);
    let label = |text: &str| Box::new(Label { text: text.to_owned(), span: Span::new(0, 0) });
    link.label = row.label.as_deref().map(label);
    (link.role, link.region) = (row.role, row.region);
    link.join = row.join.as_deref().cloned().map(Box::new);
    link.capture = row.capture.as_deref().cloned().map(Box::new);
    link.inner = owned(&row.inner);
    link.malformed = owned(&row.malformed);
    link.site_clock = row.site_clock.as_ref().map(|row| Box::new(claim(row)));
    link
}

fn status(row: Option<&StatusRow<'_>>) -> Status {
    let Some(row) = row else { return Status::NotFollowed };
    let result = match &*row.verdict {
        "not-followed" => return Status::NotFollowed,
        "offline" => return Status::Offline,
        "excluded" => return Status::Excluded,
        "ok" => page(row).ok_or(FailureKind::UnexpectedStatus),
        kind => Err(failure_kind(kind).unwrap_or(FailureKind::UnexpectedStatus)),
    };
    let detail = row.detail.as_deref().unwrap_or_default();
    Status::Followed(Arc::new(Outcome {
        chain: row.chain.to_vec(),
        result: result.map_err(|kind| Failure::new(kind, detail)),
        fetched: row.fetched,
        captures: captures(row),
    }))
}

fn failure_kind(name: &str) -> Option<FailureKind> {
    serde_json::from_value(serde_json::Value::from(name)).ok()
}

fn page(row: &StatusRow<'_>) -> Option<Page> {
    Some(Page {
        url: row.url.as_deref()?.clone(),
        status: row.code.unwrap_or_default(),
        media: Media::Html,
        titles: row.title.as_deref().map(title).into_iter().collect(),
        canonical: None,
        dating: Dating {
            published: row.published.as_deref().cloned(),
            modified: row.modified.as_deref().cloned(),
            claims: row.claims.to_vec(),
        },
        partial: row.partial,
        text: None,
        anchors: None,
        more: Vec::new(),
    })
}

fn captures(row: &StatusRow<'_>) -> Option<Captures> {
    let find = |which| row.captures.iter().find(|capture| capture.which == which);
    let memento = |capture: &CaptureRow<'_>| {
        let url = capture.url.clone().into_owned();
        Memento { url, captured: capture.captured, page: None }
    };
    let former = |capture: &CaptureRow<'_>| {
        let url = capture.of.clone()?.into_owned();
        Some(Former { url, capture: memento(capture) })
    };
    let captures = Captures {
        earliest: find(Which::Earliest).map(memento),
        nearest: find(Which::Nearest).map(memento),
        former: find(Which::Former).and_then(former),
    };
    (!row.captures.is_empty()).then_some(captures)
}

/// A place whose line and column are known, and the words that stand there, if the row holds them.
struct Anchor<'r> {
    at: Place,
    text: &'r str,
}

/// The text as far as the row holds it.
fn text(row: &Read<'_>) -> String {
    let links = row.links.iter().flatten().map(|link| &link.span);
    let known = row.suppressed.iter().map(|known| &known.finding);
    let findings = row.findings.iter().flatten().chain(known);
    let claims = row.claims.iter().flatten();
    let claims = claims.chain(findings.clone().flat_map(|finding| &finding.because));
    let places = links
        .chain(claims.filter_map(|claim| claim.span.as_ref()))
        .chain(findings.filter_map(|finding| finding.span.as_ref()));
    let pieces = row.source.iter().map(|piece| Anchor { at: piece.at.clone(), text: &piece.text });
    let mut anchors: Vec<Anchor<'_>> =
        places.map(|place| Anchor { at: place.clone(), text: "" }).chain(pieces).collect();
    anchors.sort_by_key(|anchor| (anchor.at.start, anchor.text.is_empty()));
    let mut writer = Writer::default();
    for anchor in &anchors {
        writer.put(anchor);
    }
    let end = anchors.iter().map(|anchor| anchor.at.end).max().unwrap_or(0);
    writer.fill(end, 0, 0);
    writer.text
}

/// A text being restored, with the place that its end has.
struct Writer {
    text: String,
    line: usize,
    column: usize,
}

impl Default for Writer {
    fn default() -> Self {
        Self { text: String::new(), line: 1, column: 1 }
    }
}

impl Writer {
    /// Goes on to a place and writes what stands there; a place inside what is written is left.
    fn put(&mut self, anchor: &Anchor<'_>) {
        let start = anchor.at.start;
        if start < self.text.len() || start > LONGEST {
            return;
        }
        let lines = anchor.at.line.saturating_sub(self.line);
        let before = if lines == 0 { self.column } else { 1 };
        self.fill(start, lines, anchor.at.column.saturating_sub(before));
        if self.text.len() == start {
            self.push(anchor.text);
        }
    }

    /// Writes up to the offset `end`: so many line ends, then so many characters.
    fn fill(&mut self, end: usize, lines: usize, characters: usize) {
        let bytes = end.min(LONGEST).saturating_sub(self.text.len());
        if lines == 0 {
            self.blank(bytes, characters);
            return;
        }
        // An excerpt may end here with its line, so that the first line end comes first; blanks
        // that fit nowhere else stand before it.
        let last = characters.min(bytes.saturating_sub(1));
        let ends = lines.min(bytes - last);
        let between = bytes - last - ends;
        match ends {
            0 => self.blank(bytes, last),
            1 => {
                let wide = between.min(3 * last);
                self.push(&" ".repeat(between - wide));
                self.push("\n");
                self.blank(last + wide, last);
            }
            _ => {
                self.push("\n");
                self.push(&" ".repeat(between));
                self.push(&"\n".repeat(ends - 1));
                self.push(&" ".repeat(last));
            }
        }
    }

    /// So many characters of one line in so many bytes. What stands between two pieces of a line
    /// was a secret, which shows as stars.
    fn blank(&mut self, mut bytes: usize, characters: usize) {
        for left in (1..=characters.min(bytes)).rev() {
            let wide = (bytes - (left - 1)).min(4);
            self.push(match wide {
                1 => "*",
                2 => "\u{a0}",
                3 => "\u{2003}",
                _ => "\u{10000}",
            });
            bytes -= wide;
        }
        self.push(&" ".repeat(bytes));
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        for character in text.chars() {
            if character == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::{fetched, hostile, written};
    use crate::report::{FORMATS, View};

    fn row(judged: &Judged) -> String {
        serde_json::to_string(&Row::new(judged, View::Check)).expect("a row")
    }

    fn again(judged: &Judged) -> Judged {
        match restored(&row(judged)).expect("a row comes back") {
            Restored::Judged(judged) => *judged,
            Restored::Failed(failed) => panic!("{failed:?}"),
        }
    }

    fn samples() -> Vec<Judged> {
        [hostile(), fetched()].concat()
    }

    #[test]
    fn a_row_of_what_a_row_restores_is_the_same_row() {
        for judged in samples() {
            let first = again(&judged);
            let second = again(&first);
            assert_eq!(row(&first), row(&second));
        }
    }

    #[test]
    fn every_format_writes_the_same_of_rows_as_of_the_run() {
        let rows: Vec<Judged> = samples().iter().map(again).collect();
        // Rows themselves cut the source anew where secrets were taken out.
        let shows = |format: &&crate::report::Format| {
            format.views.contains(&View::Check) && !format.name.starts_with("json")
        };
        for format in FORMATS.iter().filter(shows) {
            let of_rows = written(format, &rows, &[]);
            assert_eq!(of_rows, written(format, &samples(), &[]), "{}", format.name);
        }
        for judged in fetched() {
            assert_eq!(row(&again(&judged)), row(&judged));
        }
    }

    #[test]
    fn forged_places_do_no_harm() {
        let row = row(&samples()[0]);
        for (from, to) in [("\"start\":", "\"start\":9999999999"), ("\"line\":", "\"line\":99")] {
            let forged = row.replace(from, to);
            let _ = restored(&forged);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_places_are_restored_without_panic(places in proptest::collection::vec((0_usize..300, 0_usize..20, 0_usize..90, ".{0,9}"), 0..9)) {
            let mut writer = Writer::default();
            for (start, line, column, text) in places {
                let end = start + text.len();
                let at = Place::new(start, end, line, column);
                writer.put(&Anchor { at, text: &text });
            }
        }

        #[test]
        fn a_place_keeps_its_line_and_column(text in "(?s)[a-zé😀\n]{0,80}", offsets in proptest::collection::vec(0_usize..200, 1..5)) {
            let index = crate::model::LineIndex::new(&text);
            let mut offsets: Vec<usize> = offsets.into_iter().map(|at| text.floor_char_boundary(at)).collect();
            offsets.sort_unstable();
            let place = |at: usize| {
                let position = index.position(&text, at);
                let crate::model::Position { line, column } = position;
                Place::new(at, at, line, column)
            };
            let mut writer = Writer::default();
            for &at in &offsets {
                writer.put(&Anchor { at: place(at), text: "" });
            }
            let restored = crate::model::LineIndex::new(&writer.text);
            for at in offsets {
                proptest::prop_assert_eq!(restored.position(&writer.text, at), index.position(&text, at));
            }
        }
    }
}
