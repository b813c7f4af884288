//! For people: findings as rustc and ruff print them, links and dates as short tables.

mod check;
mod dates;
mod docs;
pub(super) mod excerpt;
mod hyperlink;
mod links;
mod wrap;

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Paint};

use super::{Format, Open, Renderer, Report, Style, Summary, View};
use crate::address::shown::Shown;
use crate::model::{Document, Judged, Level, LineIndex, Pages, Position, Span};

pub use docs::explanation;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "human",
    help: "for people: the source line, what is claimed, and what to do",
    views: &[View::Check, View::Links, View::Dates],
    tells_remarks: true,
    open: Open::Stream(open),
};

const BOLD: Paint = Paint::new().bold();
const DIM: Paint = Paint::new().dimmed();
const ERROR: Paint = AnsiColor::BrightRed.on_default().bold();
const WARNING: Paint = AnsiColor::Yellow.on_default().bold();
const NOTE: Paint = AnsiColor::BrightBlue.on_default().bold();
const CODE: Paint = AnsiColor::Cyan.on_default();
const GOOD: Paint = AnsiColor::Green.on_default().bold();

struct Human {
    view: View,
    style: Style,
    out: Box<dyn Write>,
}

fn open(view: View, style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Human { view, style, out })
}

impl Report for Human {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.out.write_all(document(judged, self.view, self.style).as_bytes())
    }

    fn renderer(&self) -> Option<Renderer> {
        let Self { view, style, .. } = *self;
        Some(Renderer::new(move |judged| Ok(document(judged, view, style).into_bytes())))
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        parts.next().map_or(Ok(()), |text| self.out.write_all(&text))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.view == View::Check {
            self.out.write_all(check::summary(summary, self.style).as_bytes())?;
        }
        self.out.flush()
    }
}

fn document(judged: &Judged, view: View, style: Style) -> String {
    match view {
        View::Check => check::findings(judged, style),
        View::Links => links::list(judged, style),
        View::Dates => dates::list(judged, style),
    }
}

impl Style {
    /// The text in that paint, or as it is where there is no colour.
    fn paint(self, paint: Paint, text: impl Display) -> String {
        if self.color { format!("{paint}{text}{paint:#}") } else { text.to_string() }
    }
}

const fn level_paint(level: Level) -> Paint {
    match level {
        Level::Error => ERROR,
        Level::Warning => WARNING,
        Level::Note => NOTE,
    }
}

/// Names places in one document.
struct Places<'a> {
    text: &'a str,
    index: LineIndex,
    pages: Option<&'a Pages>,
}

impl<'a> Places<'a> {
    fn of(document: &'a Document) -> Self {
        let text = document.text.as_str();
        Self { text, index: LineIndex::new(text), pages: document.pages.as_deref() }
    }

    fn name(&self, span: Span) -> String {
        let Position { line, column } = self.index.position(self.text, span.start);
        match self.page(span) {
            Some(page) => format!("page {page}, {line}:{column}"),
            None => format!("{line}:{column}"),
        }
    }

    /// The page that a span begins on, of a document that has pages.
    fn page(&self, span: Span) -> Option<u32> {
        self.pages?.line_at(span.start).map(|line| line.page)
    }
}

/// The line that begins a document's list: its name, and what it calls itself.
fn heading(judged: &Judged, style: Style) -> String {
    let name = style.paint(BOLD, Shown(&judged.case.article.name()));
    match judged.case.extract.title() {
        Some(title) => format!("{name} {}\n", style.paint(DIM, format_args!("— {}", Shown(title)))),
        None => format!("{name}\n"),
    }
}
