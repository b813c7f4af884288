//! JSON: one object, `{"schema", "documents": […], "summary"}`, with the rows of `jsonl` in one
//! array.

use std::io::{self, Write};

use super::{Format, Open, Renderer, Report, Row, SCHEMA, Style, Summary, View, safe_json};
use crate::model::Judged;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "json",
    help: "one JSON object: all rows in an array, and a summary",
    views: &[View::Check],
    tells_remarks: true,
    open: Open::Stream(open),
};

struct Json {
    view: View,
    out: Box<dyn Write>,
    begun: bool,
}

fn open(view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Json { view, out, begun: false })
}

impl Json {
    fn separate(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            self.out.write_all(b",\n")
        } else {
            writeln!(self.out, "{{\"schema\":{SCHEMA},\"documents\":[")
        }
    }
}

impl Report for Json {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.separate()?;
        safe_json::write(&mut self.out, &Row::new(judged, self.view))
    }

    fn renderer(&self) -> Option<Renderer> {
        let view = self.view;
        Some(Renderer::new(move |judged| safe_json::bytes(&Row::new(judged, view))))
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        let Some(row) = parts.next() else { return Ok(()) };
        self.separate()?;
        self.out.write_all(&row)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if !self.begun {
            self.separate()?;
        }
        self.out.write_all(b"\n],\"summary\":")?;
        safe_json::write(&mut self.out, summary)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}
