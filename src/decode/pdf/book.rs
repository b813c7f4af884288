//! Book: the pages of a file one after the other, as one text.

use std::collections::VecDeque;

use super::annotations::{self, Stated};
use super::device::Collector;
use super::furniture::{self, Edges};
use super::lines::{self, Line};
use super::set_off;
use crate::decode::reading::Reading;
use crate::model::{Envelope, PageLine, PageLink, Pages, Span};

/// What has been read so far, and what could not be.
#[derive(Default)]
pub(super) struct Book {
    pub text: String,
    lines: Vec<PageLine>,
    links: Vec<PageLink>,
    set_off: Vec<Span>,
    pub pages: usize,
    pub left_out: usize,
    /// Whether that is because it took too long.
    pub is_late: bool,
    is_printed: bool,
    unmapped: Vec<u32>,
    pictures: Vec<u32>,
    pub failed: Vec<u32>,
    pub costly: Vec<u32>,
    /// Pages that wait for the next ones, and the edges of the last ones that waited.
    waiting: VecDeque<Sheet>,
    written: VecDeque<(u32, Edges)>,
    /// What stands on each page, once.
    running: Vec<(u32, Line)>,
    /// The last line of the last page.
    last: Option<Last>,
}

/// A page that was read.
struct Sheet {
    number: u32,
    lines: Vec<Line>,
    stated: Vec<Stated>,
    edges: Edges,
}

/// How a page ends.
struct Last {
    size: f64,
    left: f64,
    goes_on: bool,
}

/// A page shows so many glyphs before it is said that they mean nothing.
const TELLING: usize = 20;

/// No more running lines are kept.
const MOST_RUNNING: usize = 40;

impl Book {
    /// A file without a page so far, printed by a browser or not.
    pub(super) fn new(is_printed: bool) -> Self {
        Self { is_printed, ..Self::default() }
    }

    pub(super) fn add(&mut self, number: u32, page: &Collector, stated: Vec<Stated>, height: f64) {
        self.pages += 1;
        if page.unknown > TELLING && 2 * page.unknown > page.glyphs.len() {
            self.unmapped.push(number);
        }
        let mut lines = lines::of(page);
        if self.is_printed {
            furniture::strip(&mut lines, height);
        }
        if page.has_image && lines.is_empty() {
            self.pictures.push(number);
        }
        let edges = Edges::of(&lines, height);
        self.waiting.push_back(Sheet { number, lines, stated, edges });
        if self.waiting.len() > furniture::APART {
            self.settle();
        }
    }

    /// Writes the page that has waited longest, now that the next ones are known.
    fn settle(&mut self) {
        let Some(mut sheet) = self.waiting.pop_front() else { return };
        let after = self.waiting.iter().map(|sheet| (sheet.number, &sheet.edges));
        let before = self.written.iter().map(|(number, edges)| (*number, edges));
        let near: Vec<(u32, &Edges)> = before.chain(after).collect();
        for line in furniture::running(&mut sheet.lines, sheet.number, &sheet.edges, &near) {
            let is_new = || self.running.iter().all(|(_, known)| !furniture::is_same(known, &line));
            if self.running.len() < MOST_RUNNING && is_new() {
                self.running.push((sheet.number, line));
            }
        }
        let starts = self.write(sheet.number, &sheet.lines);
        self.links.extend(annotations::placed(sheet.stated, &sheet.lines, &starts, &self.text));
        self.set_off.extend(set_off::of(&sheet.lines, &starts, &self.text));
        self.last = sheet.lines.last().map(|line| Last {
            size: line.size,
            left: line.left,
            goes_on: goes_on(line, &sheet.lines),
        });
        self.written.push_back((sheet.number, sheet.edges));
        if self.written.len() > furniture::APART {
            self.written.pop_front();
        }
    }

    /// Whether the first line of a page goes on with what the last one ended with.
    fn continues(&self, line: &Line) -> bool {
        self.last.as_ref().is_some_and(|last| {
            last.goes_on
                && (line.size - last.size).abs() < 0.05 * last.size
                && (line.left - last.left).abs() < 12.0 * last.size
        })
    }

    /// Writes lines; says where each begins.
    fn write(&mut self, page: u32, lines: &[Line]) -> Vec<usize> {
        let mut starts = Vec::with_capacity(lines.len());
        for (number, line) in lines.iter().enumerate() {
            if !self.text.is_empty() {
                let is_apart = if number == 0 { !self.continues(line) } else { line.begins_block };
                self.text.push_str(if is_apart { "\n\n" } else { "\n" });
            }
            let start = self.text.len();
            starts.push(start);
            self.text.push_str(&line.text);
            let (x, y) = line.place();
            let near = |number: f64| i32::try_from(lines::whole(number)).unwrap_or(0);
            self.lines.push(PageLine { start, page, x: near(x), y: near(y) });
        }
        starts
    }

    pub(super) fn end(mut self, envelope: Option<Envelope>) -> Reading {
        while !self.waiting.is_empty() {
            self.settle();
        }
        self.last = None;
        for (number, line) in std::mem::take(&mut self.running) {
            self.write(number, &[line]);
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let reasons = [
            (&self.unmapped, "glyphs stand for no characters, so that the text cannot be read"),
            (&self.pictures, "a picture, in which no words are read"),
            (&self.failed, "damaged, and not read to the end"),
            (&self.costly, "too much is drawn, and not all of it was read"),
        ];
        let unread =
            reasons.iter().filter_map(|(pages, why)| Some(format!("{}: {why}", named(pages)?)));
        let mut unread: Vec<String> = unread.collect();
        if self.left_out > 0 {
            let why = if self.is_late { "reading it takes too long" } else { "it is too long" };
            unread.push(format!("{why}: {} of its pages were not read", self.left_out));
        }
        let links = merged(self.links, &self.text);
        let pages =
            Pages { lines: self.lines, links, set_off: self.set_off, unread, is_unreadable: false };
        Reading { text: self.text, pages, envelope }
    }
}

/// Whether the last line of a page ends within a sentence and for want of room.
fn goes_on(line: &Line, lines: &[Line]) -> bool {
    let ends = line.text.ends_with(['.', '!', '?', ':', '"', '”', '…']);
    let alike = lines.iter().filter(|other| (other.left - line.left).abs() < 2.0 * line.size);
    let right = lines::right_edge(alike.map(|other| other.right));
    !ends && lines.len() > 1 && line.right > right - 8.0 * line.size
}

/// Pages as they are told: the first ones, and how many more.
fn named(pages: &[u32]) -> Option<String> {
    const NAMED: usize = 5;
    let (first, rest) = pages.split_at(pages.len().min(NAMED));
    let numbers = first.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    match (first.len(), rest.len()) {
        (0, _) => None,
        (1, _) => Some(format!("page {numbers}")),
        (_, 0) => Some(format!("pages {numbers}")),
        (_, more) => Some(format!("pages {numbers} and {more} more")),
    }
}

/// Links in the order of the text; what one address covers without a word between is one.
fn merged(mut links: Vec<PageLink>, text: &str) -> Vec<PageLink> {
    links.sort_by_key(|link| link.span);
    let mut merged: Vec<PageLink> = Vec::with_capacity(links.len());
    for link in links {
        if let Some(before) = merged.last_mut().filter(|before| before.address == link.address) {
            let is_same = before.span == link.span;
            let between = Span::new(before.span.end, link.span.start.max(before.span.end));
            let goes_on = !before.span.is_empty()
                && !link.span.is_empty()
                && between.of(text).trim().is_empty();
            if is_same || goes_on {
                before.span.end = before.span.end.max(link.span.end);
                continue;
            }
        }
        merged.push(link);
    }
    merged
}
