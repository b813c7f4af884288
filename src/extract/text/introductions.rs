//! The words that introduce a bare URL: before it in its line, in the lines right above it, or
//! paragraphs above it, if its slug repeats the name that they give.

use std::collections::VecDeque;

use super::bibliography::Bibliography;
use super::{Slug, is_blank};
use crate::extract::labels;
use crate::model::{Label, Link, Role, Span};
use crate::text::words::Words;

/// Introducing words stand no further above their URL, in bytes.
const NEAR: usize = 8_192;
/// A line that begins further before an offset counts as one that begins there, in bytes.
const LONG_LINE: usize = 2_048;
/// So many of them are remembered at a time.
const MOST: usize = 32;
/// A label is no longer, in bytes.
const LONGEST: usize = 300;

/// Words that introduce a link, and what they say.
#[derive(Clone, Debug)]
pub(super) struct Introduced {
    pub(super) label: Label,
    /// What it is for, if the words are in the table.
    pub(super) role: Option<Role>,
}

/// Reads the text's introducing words once, from top to bottom, as links ask for them.
pub(super) struct Introductions<'t> {
    text: &'t str,
    /// What lies before it has been read.
    read: usize,
    open: VecDeque<Open>,
    bibliography: Bibliography,
}

/// Introducing words with a name that no link has claimed yet.
struct Open {
    introduced: Introduced,
    name: Words,
}

impl<'t> Introductions<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, read: 0, open: VecDeque::new(), bibliography: Bibliography::default() }
    }

    /// The words that introduce a link, given where its line begins; links are asked about in
    /// document order.
    pub(super) fn of(&mut self, link: &Link, from: usize, slug: &Slug) -> Option<Introduced> {
        let start = link.span.start;
        self.read_to(start, from);
        let introduced = self.in_line(from, start).or_else(|| self.right_above(from, start));
        let introduced = introduced
            .or_else(|| self.by_name(link, slug))
            .or_else(|| self.headline_above(link, from, slug));
        self.read = self.read.max(link.span.end);
        if let Some(taken) = introduced.as_ref().map(|introduced| introduced.label.span) {
            self.open.retain(|open| open.introduced.label.span != taken);
        }
        introduced
    }

    /// Whether the link that was asked about last stands in a bibliography.
    pub(super) const fn is_in_bibliography(&self) -> bool {
        self.bibliography.is_open()
    }

    /// Reads the lines above an offset, up to the one that ends at `end`, for introducing words with
    /// a name.
    fn read_to(&mut self, start: usize, end: usize) {
        let text = self.text;
        let mut at = self.read.max(text.floor_char_boundary(end.saturating_sub(NEAR)));
        while at < end {
            let next = memchr::memchr(b'\n', text.as_bytes().get(at..end).unwrap_or_default())
                .map_or(end, |found| at + found + 1);
            let line = text.get(at..next).unwrap_or_default();
            self.bibliography.read(line, text.get(next..).unwrap_or_default());
            self.remember(Span::new(at, next));
            at = next;
        }
        self.read = self.read.max(at);
        while self.open.front().is_some_and(|open| {
            self.open.len() > MOST || open.introduced.label.span.end + NEAR < start
        }) {
            self.open.pop_front();
        }
    }

    fn remember(&mut self, line: Span) {
        if line.len() > LONGEST {
            return;
        }
        let words = line.of(self.text);
        let Some(found) = labels::introduction(words).filter(|_| !words.contains("://")) else {
            return;
        };
        let paragraph = self.to_paragraph_end(line.start);
        let name = paragraph.of(self.text).get(found.end..).map(|name| Words::of_text(name, None));
        if let Some(name) = name.filter(|name| name.len() > 1) {
            let label = label(self.text, paragraph);
            let introduced = Introduced { label, role: Some(found.role) };
            self.open.push_back(Open { introduced, name });
        }
    }

    /// A line and those right below it that it may be wrapped over.
    fn to_paragraph_end(&self, start: usize) -> Span {
        let near = self.text.floor_char_boundary((start + LONGEST).min(self.text.len()));
        let rest = self.text.get(start..near).unwrap_or_default();
        let mut end = 0;
        for line in rest.split_inclusive('\n').take(3) {
            if is_blank(line) || line.contains("://") {
                break;
            }
            end += line.len();
        }
        Span::new(start, start + end)
    }

    /// Words before the URL in its own line: those that the line begins with, if no sentence ends
    /// between, or those of the last clause.
    fn in_line(&self, from: usize, start: usize) -> Option<Introduced> {
        let before = self.text.get(from..start)?;
        let whole = labels::introduction(before).filter(|found| {
            let name = before.get(found.end..).unwrap_or_default();
            before.len() <= LONGEST && !name.contains(['.', ';', '!']) && !name.contains("://")
        });
        let (at, role) = if let Some(found) = whole {
            (found.start, found.role)
        } else {
            let near = before.floor_char_boundary(before.len().saturating_sub(LONGEST));
            let found = labels::introduction_before(before.get(near..)?)?;
            (near + found.start, found.role)
        };
        let label = label(self.text, Span::new(from + at, start));
        (!label.text.is_empty()).then_some(Introduced { label, role: Some(role) })
    }

    /// Words in the paragraph right above, if the URL begins its line.
    fn right_above(&self, line: usize, start: usize) -> Option<Introduced> {
        let mut below = line;
        if !is_blank(self.text.get(below..start)?) {
            return None;
        }
        let (mut end, mut seen) = (below, 0);
        for _ in 0..6 {
            let above = line_start(self.text, below.checked_sub(1)?);
            let line = self.text.get(above..below)?;
            below = above;
            if is_blank(line) {
                if seen > 0 {
                    return None;
                }
                end = above;
                continue;
            }
            seen += 1;
            if seen > 3 || line.contains("://") {
                return None;
            }
            if let Some(found) = labels::introduction(line) {
                let label = label(self.text, Span::new(above, end));
                return Some(Introduced { label, role: Some(found.role) });
            }
        }
        None
    }

    /// Words further above whose name the slug repeats, the nearest of them.
    fn by_name(&self, link: &Link, slug: &Slug) -> Option<Introduced> {
        if self.open.is_empty() {
            return None;
        }
        let slug = slug.words(link)?;
        let open = self.open.iter().rev().find(|open| slug.resembles(&open.name))?;
        Some(open.introduced.clone())
    }

    /// A line right above that reads like the slug.
    fn headline_above(&self, link: &Link, from: usize, slug: &Slug) -> Option<Introduced> {
        if !is_blank(self.text.get(from..link.span.start)?) {
            return None;
        }
        let end = self.text.get(..from)?.trim_end().len();
        let above = Span::new(line_start(self.text, end), end);
        let words = above.of(self.text);
        if above.is_empty() || above.len() > LONGEST || words.contains("://") || from - end > 3 {
            return None;
        }
        slug.words(link)?
            .resembles(&Words::of_text(words, None))
            .then(|| Introduced { label: label(self.text, above), role: None })
    }
}

/// Where the line of the offset that was asked about last begins; offsets are asked about in order,
/// so that a long line is not searched anew for each.
#[derive(Default)]
pub(super) struct LineStart {
    start: usize,
    /// Between the two no line ends.
    asked: usize,
}

impl LineStart {
    /// The same as [`line_start`].
    pub(super) fn of(&mut self, text: &str, at: usize) -> usize {
        let floor = text.floor_char_boundary(at.saturating_sub(LONG_LINE));
        let from = self.asked.max(floor);
        let new = text.as_bytes().get(from..at).unwrap_or_default();
        let end = memchr::memrchr(b'\n', new);
        self.start = end.map_or(self.start.max(floor), |end| from + end + 1);
        self.asked = at;
        self.start
    }
}

/// Where the line of an offset begins, or what lies near enough before it.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let floor = text.floor_char_boundary(at.saturating_sub(LONG_LINE));
    let before = text.as_bytes().get(floor..at).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(floor, |end| floor + end + 1)
}

/// The words at a span as a label, white space and opening signs around them left out.
fn label(text: &str, span: Span) -> Label {
    let words = span.of(text);
    let opening = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '(' | '[' | '"' | '“' | '*' | '>' | '•' | '-')
    };
    let start = span.start + (words.len() - words.trim_start_matches(opening).len());
    let words = words.trim_start_matches(opening);
    // A mark that closes a quotation in the words is theirs.
    let is_closing = |mark| match mark {
        '“' => words.contains('„'),
        '"' => words.matches('"').count().is_multiple_of(2),
        _ => false,
    };
    let words = words.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '(' | '[' | '"' | '“') && !is_closing(c)
    });
    let folded: Vec<&str> = words.split_whitespace().collect();
    Label { text: folded.join(" "), span: Span::new(start, start + words.len()) }
}
