//! CSV for spreadsheets, a row a finding, a row a link, or a row a document and what its dates come to: no
//! cell is a formula (OWASP, "CSV Injection").

use std::io::{self, Write};

use super::place::Locator;
use super::{Format, Open, Renderer, Report, Style, Summary, View};
use crate::address::shown::whole;
use crate::model::{Case, Conclusion, Dating, Judged, LineIndex, plain_path};
use crate::suppress::fingerprint;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    help: "CSV for spreadsheets: a row a finding, a link, or a document and its dates",
    views: &[View::Check, View::Links, View::Dates],
    tells_remarks: false,
    open: Open::Stream(open),
};

const HEADER: [&str; 13] = [
    "input",
    "id",
    "line",
    "column",
    "level",
    "confidence",
    "rule",
    "title",
    "message",
    "help",
    "url",
    "replacement",
    "fingerprint",
];

const LINKS: [&str; 11] =
    ["input", "id", "line", "column", "url", "text", "label", "kind", "role", "region", "written"];

const DATES: [&str; 15] = [
    "input",
    "id",
    "url",
    "title",
    "published",
    "published_earliest",
    "published_before",
    "published_confidence",
    "published_source",
    "published_reasons",
    "modified",
    "modified_confidence",
    "modified_source",
    "modified_reasons",
    "claims",
];

type Rows = csv::Writer<Vec<u8>>;

struct Csv {
    view: View,
    out: Box<dyn Write>,
    begun: bool,
}

fn open(view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Csv { view, out, begun: false })
}

impl Csv {
    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let header = match self.view {
            View::Check => &HEADER[..],
            View::Links => &LINKS[..],
            View::Dates => &DATES[..],
        };
        let header = written(|rows| rows.write_record(header).map_err(unwritable))?;
        self.out.write_all(&header)
    }
}

impl Report for Csv {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.begin()?;
        self.out.write_all(&document(judged, self.view)?)
    }

    fn renderer(&self) -> Option<Renderer> {
        let view = self.view;
        Some(Renderer::new(move |judged| document(judged, view)))
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        self.begin()?;
        parts.next().map_or(Ok(()), |rows| self.out.write_all(&rows))
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.begin()?;
        self.out.flush()
    }
}

fn written(write: impl FnOnce(&mut Rows) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    write(&mut rows)?;
    rows.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// The rows of a document.
fn document(judged: &Judged, view: View) -> io::Result<Vec<u8>> {
    written(|rows| match view {
        View::Check => findings(judged, rows),
        View::Links => links(judged, rows),
        View::Dates => dates(judged, rows),
    })
}

/// The findings of a document.
fn findings(judged: &Judged, rows: &mut Rows) -> io::Result<()> {
    let article = &judged.case.article;
    let locator = Locator::new(article);
    let prints = fingerprint::numbered(&judged.findings, &judged.case);
    for (finding, (print, number)) in judged.findings.iter().zip(prints) {
        let at = finding.span.and_then(|span| locator.region(span)).map(|place| place.start);
        let suggestion = finding.suggestion.as_ref();
        let record: [String; HEADER.len()] = [
            cell(&plain_path(&article.input)),
            cell(article.id.as_deref().unwrap_or_default()),
            at.map(|at| at.line.to_string()).unwrap_or_default(),
            at.map(|at| at.column.to_string()).unwrap_or_default(),
            finding.level.to_string(),
            finding.confidence.to_string(),
            finding.rule.to_string(),
            cell(&finding.title),
            cell(&finding.message),
            cell(&finding.help),
            cell(finding.url.as_ref().map(url::Url::as_str).unwrap_or_default()),
            cell(suggestion.map(|suggestion| suggestion.replacement.as_str()).unwrap_or_default()),
            format!("{print}:{number}"),
        ];
        rows.write_record(&record).map_err(unwritable)?;
    }
    Ok(())
}

/// The links of a document.
fn links(judged: &Judged, rows: &mut Rows) -> io::Result<()> {
    let article = &judged.case.article;
    let lines = LineIndex::new(&article.text);
    for link in &judged.case.extract.links {
        let at = lines.position(&article.text, link.span.start);
        let label = link.label.as_ref().map(|label| label.text.as_str());
        let record: [String; LINKS.len()] = [
            cell(&plain_path(&article.input)),
            cell(article.id.as_deref().unwrap_or_default()),
            at.line.to_string(),
            at.column.to_string(),
            cell(link.url().map(url::Url::as_str).unwrap_or_default()),
            cell(link.text.as_deref().unwrap_or_default()),
            cell(label.unwrap_or_default()),
            word(link.kind),
            link.role.to_string(),
            word(link.region),
            cell(link.raw()),
        ];
        rows.write_record(&record).map_err(unwritable)?;
    }
    Ok(())
}

/// What the dates of a document come to.
fn dates(judged: &Judged, rows: &mut Rows) -> io::Result<()> {
    let Case { article, extract, dating, .. } = &judged.case;
    let of = |conclusion: &Option<Conclusion>, told: fn(&Conclusion) -> String| {
        conclusion.as_ref().map(told).unwrap_or_default()
    };
    let date = |it: &Conclusion| it.date.to_day_precision().to_string();
    let confidence = |it: &Conclusion| it.confidence.to_string();
    let source = |it: &Conclusion| cell(&it.source.label());
    let reasons = |it: &Conclusion| cell(&it.reasons.join(" "));
    let Dating { published, modified, claims } = dating;
    let record: [String; DATES.len()] = [
        cell(&plain_path(&article.input)),
        cell(article.id.as_deref().unwrap_or_default()),
        cell(judged.case.own_address().map(url::Url::as_str).unwrap_or_default()),
        cell(extract.title().unwrap_or_default()),
        of(published, date),
        of(published, |it| it.when.earliest.to_string()),
        of(published, |it| it.when.before.to_string()),
        of(published, confidence),
        of(published, source),
        of(published, reasons),
        of(modified, date),
        of(modified, confidence),
        of(modified, source),
        of(modified, reasons),
        claims.len().to_string(),
    ];
    rows.write_record(&record).map_err(unwritable)
}

/// The name of a kind or a region, as rows have it.
fn word(named: impl serde::Serialize) -> String {
    serde_json::to_value(named)
        .ok()
        .and_then(|it| it.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// What the writer underneath said, so that a pipe that was closed is known as one.
fn unwritable(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Foreign text that a spreadsheet takes for text: what it would compute gets an apostrophe.
fn cell(text: &str) -> String {
    let text = whole(text);
    if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}
