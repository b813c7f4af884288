//! The blocks of `AsciiDoc`, from top to bottom.

use super::attributes::{self, Attributes};
use super::inline;
use super::line::{self, Fence, Line};
use crate::extract::lightweight::{Gathered, Run};
use crate::model::{Document, Extract, Span};

/// What has been read so far.
pub(super) struct Reader<'t> {
    lines: Vec<Line<'t>>,
    pub(super) source: &'t str,
    pub(super) gathered: Gathered<'t>,
    pub(super) attributes: Attributes,
    /// Whether the next block holds no words.
    is_literal: bool,
    in_table: bool,
    /// Whether a term has been named and is yet to be explained.
    is_explained: bool,
}

/// Reads a document.
pub(super) fn read(document: &Document) -> Extract {
    let mut reader = Reader {
        lines: line::lines(&document.text),
        source: &document.text,
        gathered: Gathered::new(document),
        attributes: Attributes::default(),
        is_literal: false,
        in_table: false,
        is_explained: false,
    };
    let mut at = 0;
    while let Some(line) = reader.line(at) {
        at = reader.block(at, line).max(at + 1);
    }
    reader.gathered.end()
}

impl<'t> Reader<'t> {
    fn line(&self, at: usize) -> Option<Line<'t>> {
        self.lines.get(at).copied()
    }

    fn text(&self, at: usize) -> &'t str {
        self.line(at).map_or("", |line| line.text)
    }

    /// The first line from `at` on for which something does not hold.
    fn skip(&self, at: usize, holds: impl Fn(&str) -> bool) -> usize {
        let rest = self.lines.get(at..).unwrap_or_default();
        let end = rest.iter().position(|line| !holds(line.text));
        end.map_or(self.lines.len(), |found| at + found)
    }

    /// Reads the block that begins with a line; gives back where the next one begins.
    fn block(&mut self, at: usize, line: Line<'t>) -> usize {
        let text = line.text;
        if text.is_empty() || text == "+" || line::is_instruction(text) {
            return at + 1;
        }
        if let Some(fence) = line::fence(text)
            && line::underlined(text, self.text(at + 1)).is_none()
        {
            return self.fenced(at, text, fence);
        }
        if line::is_comment(text) {
            return at + 1;
        }
        if let Some((name, value)) = attributes::entry(text).filter(|_| !self.in_table) {
            return self.entry(at, name, value);
        }
        if line::is_attributes(text) && !self.in_table {
            self.is_literal |= line::is_literal_style(text);
            return at + 1;
        }
        if std::mem::take(&mut self.is_literal) {
            return self.skip(at, |text| !text.is_empty());
        }
        if let Some(end) = self.heading(at, line) {
            return end;
        }
        let is_indented = text.starts_with([' ', '\t']) && !self.in_table;
        if is_indented && !self.is_explained && !line::is_item(text) && !line::is_term(text) {
            return self.skip(at, |text| !text.is_empty());
        }
        self.words(at)
    }

    fn fenced(&mut self, at: usize, text: &str, fence: Fence) -> usize {
        let is_literal = std::mem::take(&mut self.is_literal);
        // A block of code opens with the name of its language, and ends without.
        let closing = if text.starts_with("```") { "```" } else { text };
        match fence {
            Fence::Table => {
                self.in_table = !self.in_table;
                return at + 1;
            }
            Fence::Words if !is_literal => return at + 1,
            _ => {}
        }
        let end = self.skip(at + 1, |text| text != closing);
        if fence == Fence::Raw && !is_literal && end > at + 1 {
            let start = self.line(at + 1).map_or(0, |line| line.start);
            let last = self.line(end - 1).map_or(start, |line| line.end());
            self.gathered.html(start..last.max(start));
        }
        end + 1
    }

    /// The value of an attribute may go on behind a backslash.
    fn entry(&mut self, at: usize, name: &str, value: Option<&str>) -> usize {
        let Some(value) = value else {
            self.attributes.unset(name);
            return at + 1;
        };
        let mut whole = String::new();
        let (mut part, mut end) = (value, at + 1);
        while let Some(rest) = part.strip_suffix('\\').filter(|rest| rest.ends_with(' ')) {
            whole.push_str(rest);
            part = self.text(end).trim();
            end += 1;
        }
        whole.push_str(part);
        if name == "lang" && self.gathered.found.language.is_none() {
            self.gathered.found.language = Some(whole.to_lowercase());
        }
        self.attributes.set(name, &whole);
        end
    }

    fn heading(&mut self, at: usize, line: Line<'t>) -> Option<usize> {
        if self.in_table {
            return None;
        }
        let (level, lead, end) = match line::heading(line.text) {
            Some((level, lead)) => (level, lead, at + 1),
            None => (line::underlined(line.text, self.text(at + 1))?, 0, at + 2),
        };
        let words = line.text.get(lead..)?;
        let span = Span::new(line.start + lead, line.end());
        let is_title = level == 1 && self.gathered.is_at_title();
        let shown = self.attributes.resolved(words);
        self.gathered.heading(level, shown.as_deref().unwrap_or(words), span, is_title);
        self.run(span);
        Some(if is_title { self.header(end) } else { end })
    }

    /// Below the title stand who wrote the text and its revision, up to an empty line.
    fn header(&self, at: usize) -> usize {
        let plain = |text: &str| {
            !text.is_empty() && !text.starts_with([':', '/', '[']) && line::fence(text).is_none()
        };
        let end = self.skip(at, plain);
        end.min(at + 2)
    }

    /// Reads a paragraph, an item of a list, or rows of a table.
    fn words(&mut self, at: usize) -> usize {
        self.gathered.has_begun = true;
        let in_table = self.in_table;
        let begins_other = |text: &str| line::is_item(text) || line::is_attributes(text);
        let goes_on = |text: &str| !line::is_apart(text) && (in_table || !begins_other(text));
        let end = self.skip(at + 1, goes_on);
        let (start, last) = (self.line(at).map_or(0, |l| l.start), self.line(end - 1));
        let span = Span::new(start, last.map_or(start, |last| last.end()));
        self.is_explained = last.is_some_and(|last| last.text.ends_with("::"));
        if !in_table {
            self.run(span);
            return end;
        }
        // Whatever stands between two bars is a cell.
        let mut from = span.start;
        for bar in memchr::memchr_iter(b'|', span.of(self.source).as_bytes()) {
            self.run(Span::new(from, span.start + bar));
            from = span.start + bar + 1;
        }
        self.run(Span::new(from, span.end.max(from)));
        end
    }

    fn run(&mut self, span: Span) {
        inline::read(self, &Run::of(self.source, &[span]));
    }
}
