//! CSV, a row a finding, for spreadsheets: no cell is a formula (OWASP, "CSV Injection").

use std::io::{self, Write};

use super::place::Locator;
use super::shown::whole;
use super::{Format, Open, Report, Style, Summary, View};
use crate::model::{Judged, plain_path};
use crate::suppress::fingerprint;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    help: "CSV, a row a finding, for spreadsheets",
    views: &[View::Check],
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

struct Csv {
    rows: csv::Writer<Box<dyn Write>>,
    begun: bool,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Csv { rows: csv::Writer::from_writer(out), begun: false })
}

impl Csv {
    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        self.rows.write_record(HEADER).map_err(unwritable)
    }
}

impl Report for Csv {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.begin()?;
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
                cell(
                    suggestion
                        .map(|suggestion| suggestion.replacement.as_str())
                        .unwrap_or_default(),
                ),
                format!("{print}:{number}"),
            ];
            self.rows.write_record(&record).map_err(unwritable)?;
        }
        Ok(())
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.begin()?;
        self.rows.flush()
    }
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
