//! The lines around a break, measured without reading more of the text than lies near it.

use crate::model::Span;

/// How far around a break lines are looked at, in bytes and in lines on either side.
pub(super) const NEAR: usize = 4_096;
pub(super) const LINES: usize = 15;

/// The line end at an offset, and the line that goes on after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// The bytes of the line that ends here, without its end.
    pub before: Span,
    /// The bytes of the next line that is not blank, without its end.
    pub after: Span,
    /// How many blank lines lie between.
    pub blank: usize,
    /// Whether a page ends between.
    pub page: bool,
}

/// The white space of a break.
#[derive(Clone, Copy, Debug)]
struct Gap {
    length: usize,
    /// How many line ends it holds.
    ends: usize,
    page: bool,
}

/// The white space at `at`, if nothing else is left of its line and another line follows soon.
fn gap_at(text: &str, at: usize) -> Option<Gap> {
    let rest = text.get(at..)?;
    // Most often a space and another word follow, or punctuation.
    if rest.as_bytes().iter().find(|&&byte| byte != b' ').is_some_and(u8::is_ascii_graphic) {
        return None;
    }
    let is_blank = |&byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let mut length = rest.bytes().take_while(is_blank).count();
    if rest.as_bytes().get(length).is_some_and(|byte| !byte.is_ascii()) {
        length = rest.len() - rest.trim_start().len();
    }
    let between = rest.as_bytes().get(..length)?;
    let ends = memchr::memchr_iter(b'\n', between).count();
    let page = between.contains(&b'\x0C');
    let follows = (ends > 0 || page) && length < rest.len() && ends <= 5;
    follows.then_some(Gap { length, ends, page })
}

/// Whether a break comes at `at`.
pub(super) fn breaks_at(text: &str, at: usize) -> bool {
    gap_at(text, at).is_some()
}

/// The break that comes at `at`, if nothing but white space is left of its line and another line
/// follows soon.
pub(super) fn break_at(text: &str, at: usize) -> Option<Break> {
    let gap = gap_at(text, at)?;
    let start = line_start(text, at);
    let next = at + gap.length;
    Some(Break {
        before: Span::new(start, at),
        after: Span::new(line_start(text, next), line_end(text, next)),
        blank: gap.ends.saturating_sub(1),
        page: gap.page,
    })
}

/// Where the line of an offset begins; a line longer than what is near begins there.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let floor = text.floor_char_boundary(at.saturating_sub(NEAR));
    let before = text.as_bytes().get(floor..at).unwrap_or_default();
    memchr::memrchr2(b'\n', 0x0C, before).map_or(floor, |end| floor + end + 1)
}

/// Where the line of an offset ends, its end left out.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let ceiling = text.floor_char_boundary((at + NEAR).min(text.len()));
    let after = text.as_bytes().get(at..ceiling).unwrap_or_default();
    let end = memchr::memchr2(b'\n', 0x0C, after).map_or(ceiling, |end| at + end);
    if text.get(at..end).is_some_and(|line| line.ends_with('\r')) { end - 1 } else { end }
}

/// Whether a blank line is the last of what stands before a line.
pub(super) fn ends_with_blank(before: &str) -> bool {
    let Some(rest) = before.strip_suffix('\n') else { return before.is_empty() };
    rest.trim_end_matches([' ', '\t', '\r']).ends_with('\n')
}

/// Whether a blank line follows on a line, given what stands from its end on.
pub(super) fn begins_with_blank(after: &str) -> bool {
    let Some((_, rest)) = after.split_once('\n') else { return true };
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
}

/// How far to the right a line reaches, in characters.
pub(super) fn edge(line: &str) -> usize {
    length(line.trim_end())
}

/// How many characters a text has; most are ASCII.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// How many characters of white space a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}
