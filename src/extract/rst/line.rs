//! Lines of reStructuredText, and the marks that they begin with.

use crate::model::Span;

/// A line, or the part of one that stands in a table's cell, white space around it left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The column that it begins in.
    pub(super) indent: usize,
}

/// The columns from one tab stop to the next.
const TAB: usize = 8;

impl Line {
    /// The part of a source from `start` to `end`, which stands in a column.
    pub(super) fn of(source: &str, start: usize, end: usize, column: usize) -> Self {
        let text = source.get(start..end).unwrap_or_default();
        let mut indent = column;
        let mut lead = 0;
        for byte in text.bytes() {
            match byte {
                b' ' | 0x0B | 0x0C => indent += 1,
                b'\t' => indent = (indent / TAB + 1) * TAB,
                _ => break,
            }
            lead += 1;
        }
        let length = text.trim_end().len();
        Self { start: start + lead.min(length), end: start + length, indent }
    }

    pub(super) fn text<'t>(&self, source: &'t str) -> &'t str {
        source.get(self.start..self.end).unwrap_or_default()
    }

    pub(super) const fn is_blank(&self) -> bool {
        self.start >= self.end
    }

    pub(super) fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// What is left of it after so many bytes, and the white space behind them.
    pub(super) fn after(&self, source: &str, length: usize) -> Self {
        let head = source.get(self.start..self.start + length).unwrap_or_default();
        Self::of(source, self.start + length, self.end, self.indent + head.chars().count())
    }
}

/// The lines of a text.
pub(super) fn lines(source: &str) -> Vec<Line> {
    let mut at = 0;
    source
        .split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            Line::of(source, start, at, 0)
        })
        .collect()
}

/// The sign that a line consists of, over and over.
pub(super) fn ruler(text: &str) -> Option<u8> {
    let sign = text.bytes().next().filter(u8::is_ascii_punctuation)?;
    (text.bytes().all(|byte| byte == sign) && text != ".." && text != "::").then_some(sign)
}

/// The length of the mark of a list's item that a line begins with: a bullet, a bar.
pub(super) fn bullet(text: &str) -> Option<usize> {
    let sign =
        text.chars().next().filter(|c| matches!(c, '-' | '+' | '*' | '|' | '•' | '‣' | '⁃'))?;
    let rest = text.get(sign.len_utf8()..)?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(sign.len_utf8())
}

/// The length of the number of a list's item that a line begins with: `1.`, `(a)`, `#)`, `iv.`.
pub(super) fn enumerator(text: &str) -> Option<usize> {
    const LONGEST: usize = 8;
    let inside = text.strip_prefix('(').unwrap_or(text);
    let length = inside
        .bytes()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
        .count();
    let number = inside.get(..length)?;
    let is_roman = |of: &str| number.bytes().all(|byte| of.as_bytes().contains(&byte));
    let is_number = number == "#"
        || length == 1 && number.bytes().all(|b| b.is_ascii_alphanumeric())
        || number.bytes().all(|b| b.is_ascii_digit())
        || is_roman("ivxlcdm")
        || is_roman("IVXLCDM");
    let rest = inside.get(length..)?;
    let closes = rest.starts_with(')') || rest.starts_with('.') && inside.len() == text.len();
    let after = rest.get(1..)?;
    let is_mark = length > 0 && is_number && closes && (after.is_empty() || after.starts_with(' '));
    is_mark.then_some(text.len() - after.len())
}

/// The name of the field that a line begins with, and the length of its mark: `:name: body`.
pub(super) fn field(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix(':').filter(|rest| !rest.starts_with([':', ' ']))?;
    let bytes = rest.as_bytes();
    let end = memchr::memchr_iter(b':', bytes).find(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace)
            && before.is_some_and(|before| !matches!(before, b' ' | b'\\'))
    })?;
    Some((rest.get(..end)?, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lines_are_known() {
        assert_eq!((bullet("- a"), bullet("-a"), bullet("*")), (Some(1), None, Some(1)));
        for (text, length) in [
            ("1. a", Some(2)),
            ("(a) b", Some(3)),
            ("#) a", Some(2)),
            ("iv. a", Some(3)),
            ("12) x", Some(3)),
            ("ab. c", None),
            ("1.5 x", None),
            ("(a. b", None),
        ] {
            assert_eq!(enumerator(text), length, "{text}");
        }
        assert_eq!(field(":date: 2018"), Some(("date", 6)));
        assert_eq!(field(":a b:"), Some(("a b", 5)));
        assert_eq!(field(":doc:`x` y"), None);
        assert_eq!((ruler("==="), ruler("=-="), ruler("..")), (Some(b'='), None, None));
    }
}
