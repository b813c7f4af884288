//! JSON Lines: one row a document, as soon as it is judged.

use std::io::{self, Write};

use super::failed::FailedRow;
use super::{Failed, Format, Open, Renderer, Report, Row, Style, Summary, View, safe_json};
use crate::model::Judged;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    help: "JSON Lines, one row a document, as soon as it is judged",
    views: &[View::Check, View::Links, View::Dates],
    tells_remarks: false,
    open: Open::Stream(open),
};

struct JsonLines {
    view: View,
    out: Box<dyn Write>,
}

fn open(view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(JsonLines { view, out })
}

impl Report for JsonLines {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        safe_json::write(&mut self.out, &Row::new(judged, self.view))?;
        self.out.write_all(b"\n")
    }

    fn renderer(&self) -> Option<Renderer> {
        let view = self.view;
        Some(Renderer::new(move |judged| row(judged, view)))
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        parts.next().map_or(Ok(()), |row| self.out.write_all(&row))
    }

    fn failed(&mut self, failed: &Failed) -> io::Result<()> {
        safe_json::write(&mut self.out, &FailedRow::from(failed))?;
        self.out.write_all(b"\n")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}

fn row(judged: &Judged, view: View) -> io::Result<Vec<u8>> {
    let mut row = safe_json::bytes(&Row::new(judged, view))?;
    row.push(b'\n');
    Ok(row)
}
