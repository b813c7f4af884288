//! The lines around a break, measured without reading more of the text than lies near it.

use crate::model::Span;

/// How far around a break lines are looked at, in bytes and in lines.
const NEAR: usize = 4_096;
const LINES: usize = 15;

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

/// The break that comes at `at`, if nothing but white space is left of its line and another line
/// follows soon.
pub(super) fn break_at(text: &str, at: usize) -> Option<Break> {
    let rest = text.get(at..)?;
    // Most often a space and another word follow, or punctuation.
    if rest.as_bytes().iter().find(|&&byte| byte != b' ').is_some_and(u8::is_ascii_graphic) {
        return None;
    }
    let gap = rest.len() - rest.trim_start().len();
    let between = rest.get(..gap)?;
    let ends = between.bytes().filter(|&byte| byte == b'\n').count();
    let page = between.contains('\u{c}');
    if ends == 0 && !page || gap == rest.len() || ends > 5 {
        return None;
    }
    let start = line_start(text, at);
    let next = at + gap;
    Some(Break {
        before: Span::new(start, at),
        after: Span::new(line_start(text, next), line_end(text, next)),
        blank: ends.saturating_sub(1),
        page,
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

/// The lines that end before the line of an offset, the nearest first, as far as they lie near.
pub(super) fn above(text: &str, at: usize) -> impl Iterator<Item = &str> {
    let floor = text.floor_char_boundary(at.saturating_sub(NEAR));
    let before = text.get(floor..at).unwrap_or_default();
    let mut end = memchr::memrchr(b'\n', before.as_bytes());
    let lines = std::iter::from_fn(move || {
        let rest = before.get(..end?)?;
        end = memchr::memrchr(b'\n', rest.as_bytes());
        rest.get(end.map_or(0, |newline| newline + 1)..)
    });
    lines.take(2 * LINES)
}

/// The lines that begin after the line of an offset, the nearest first, as far as they lie near.
fn below(text: &str, at: usize) -> impl Iterator<Item = &str> {
    let ceiling = text.floor_char_boundary((at + NEAR).min(text.len()));
    let after = text.get(at..ceiling).unwrap_or_default();
    let mut rest = memchr::memchr(b'\n', after.as_bytes()).and_then(|end| after.get(end + 1..));
    std::iter::from_fn(move || {
        let lines = rest?;
        let end = memchr::memchr(b'\n', lines.as_bytes());
        rest = end.and_then(|end| lines.get(end + 1..));
        lines.get(..end.unwrap_or(lines.len()))
    })
}

/// How far to the right a line reaches, in characters.
pub(super) fn edge(line: &str) -> usize {
    let line = line.trim_end();
    if line.is_ascii() { line.len() } else { line.chars().count() }
}

/// How far to the right the lines near an offset reach: the text's own width.
///
/// The widest line but one in eight is taken, since a table or a code line may stick out.
pub(super) fn width(text: &str, at: usize) -> usize {
    let mut edges = [0; 2 * LINES];
    let mut lines = 0;
    let near = above(text, at).take(LINES).chain(below(text, at).take(LINES));
    for edge in near.map(edge).filter(|&edge| edge > 0) {
        edges[lines] = edge;
        lines += 1;
    }
    let outliers = lines / 8;
    match lines.checked_sub(1 + outliers) {
        Some(at) => *edges[..lines].select_nth_unstable(at).1,
        None => 0,
    }
}

/// How many characters of white space a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_lines_near_are_those_that_line_feeds_part(text in "[aé\r\n]{0,80}", at in 0..80_usize) {
            let at = text.floor_char_boundary(at.min(text.len()));
            let (before, after) = text.split_at(at);
            let nearest: Vec<&str> = before.rsplit('\n').skip(1).take(2 * LINES).collect();
            proptest::prop_assert_eq!(above(&text, at).collect::<Vec<_>>(), nearest);
            let next: Vec<&str> = after.split('\n').skip(1).collect();
            proptest::prop_assert_eq!(below(&text, at).collect::<Vec<_>>(), next);
        }
    }
}
