//! The lines of a source text around some spans, made fit to be shown.
//!
//! Only the lines that are marked are taken, so that the cost of a finding does not grow with its
//! document; a line that is too long to show is cut around its marks.

use std::ops::Range;

use crate::address::secret;
use crate::address::shown::stand_in;
use crate::model::{Finding, LineIndex, Span};

/// A span with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Mark {
    /// The bytes in the document.
    pub span: Span,
    /// The words beneath.
    pub label: String,
    /// Whether this is what the finding is about.
    pub primary: bool,
}

/// Some consecutive lines with marks on them; offsets are into `source`.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::report) struct Excerpt {
    /// The number of the first line, from one.
    pub line: usize,
    /// The lines, safe to show.
    pub source: String,
    /// The marks on them.
    pub marks: Vec<(Range<usize>, String, bool)>,
}

/// Marks closer than this many lines stand in one excerpt.
const NEAR: usize = 3;
/// How much of a line is kept before its first and after its last mark, in bytes.
const MARGIN: usize = 120;
/// The longest mark that is shown whole, in bytes.
const LONGEST_MARK: usize = 400;

/// Lines this far apart are shown in one excerpt, with empty lines for what is folded between.
const FOLDED: usize = 2_000;

/// Cuts the excerpts that show `marks`: the one with the primary mark first, in which all that is
/// not far away is folded together, then the others in the order of their lines.
pub(in crate::report) fn excerpts(text: &str, index: &LineIndex, marks: Vec<Mark>) -> Vec<Excerpt> {
    let mut folded: Vec<Excerpt> = Vec::new();
    for excerpt in cut_all(text, index, marks) {
        match folded.last_mut() {
            Some(last) if excerpt.line <= last.line + FOLDED => last.append(excerpt),
            _ => folded.push(excerpt),
        }
    }
    folded.sort_by_key(|excerpt| !excerpt.marks.iter().any(|(_, _, primary)| *primary));
    folded
}

impl Excerpt {
    /// Adds a later excerpt, with an empty line for each that stands between.
    fn append(&mut self, later: Self) {
        let lines = self.source.matches('\n').count();
        let gap = later.line.saturating_sub(self.line + lines);
        self.source.extend(std::iter::repeat_n('\n', gap));
        let shift = self.source.len();
        self.source += &later.source;
        let marks = later.marks.into_iter();
        self.marks.extend(marks.map(|(range, label, primary)| {
            (range.start + shift..range.end + shift, label, primary)
        }));
    }
}

/// The excerpts in the order of their lines, none touching the next.
pub(in crate::report) fn cut_all(text: &str, index: &LineIndex, marks: Vec<Mark>) -> Vec<Excerpt> {
    groups(text, index, marks).iter().map(|group| cut(text, index, group)).collect()
}

/// The bytes that the excerpts of a finding show.
pub(in crate::report) fn shown_ranges(
    finding: &Finding,
    text: &str,
    index: &LineIndex,
) -> Vec<Range<usize>> {
    let claims = finding.because.iter().filter_map(|claim| claim.span);
    let repair = finding.suggestion.as_ref().map(|suggestion| suggestion.span);
    let spans = finding.span.into_iter().chain(claims).chain(repair);
    let marks = spans.map(|span| Mark { span, label: String::new(), primary: false }).collect();
    groups(text, index, marks).iter().map(|group| shown_range(text, group)).collect()
}

fn groups(text: &str, index: &LineIndex, mut marks: Vec<Mark>) -> Vec<Vec<Mark>> {
    marks.retain(|mark| mark.span.end <= text.len() && !mark.span.is_empty());
    marks.sort_by_key(|mark| mark.span);
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    let mut last_line = 0;
    for mark in marks {
        let line = index.position(text, mark.span.start).line;
        match groups.last_mut() {
            Some(group) if line <= last_line + NEAR => group.push(mark),
            _ => groups.push(vec![mark]),
        }
        last_line = last_line.max(index.position(text, mark_end(&groups)).line);
    }
    groups
}

fn mark_end(groups: &[Vec<Mark>]) -> usize {
    groups.last().and_then(|group| group.last()).map_or(0, |mark| mark.span.end.saturating_sub(1))
}

/// The lines of some marks, as far as they are shown.
fn shown_range(text: &str, marks: &[Mark]) -> Range<usize> {
    let first = marks.iter().map(|mark| mark.span.start).min().unwrap_or(0);
    let last = marks.iter().map(|mark| shown_end(text, mark.span)).max().unwrap_or(first);
    let line_start = line_start(text, first);
    let after = text.as_bytes().get(last..).unwrap_or_default();
    let line_end = memchr::memchr(b'\n', after).map_or(text.len(), |at| last + at);
    let start = boundary(text, line_start.max(first.saturating_sub(MARGIN)));
    start..boundary(text, line_end.min(last + MARGIN))
}

/// Where the line begins that holds an offset.
fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

fn cut(text: &str, index: &LineIndex, marks: &[Mark]) -> Excerpt {
    let Range { start, end } = shown_range(text, marks);
    let first = marks.iter().map(|mark| mark.span.start).min().unwrap_or(0);
    // An address may begin before what is shown of it.
    let before = line_start(text, start).max(start.saturating_sub(4_000));
    let secrets: Vec<_> = secrets(text, before..end).collect();
    let mut source = String::with_capacity(end - start);
    let mut places = vec![(0, 0); marks.len()];
    for (at, character) in text.get(start..end).unwrap_or_default().char_indices() {
        for (mark, (begins, _)) in marks.iter().zip(&mut places) {
            if mark.span.start == start + at {
                *begins = source.len();
            }
        }
        let secret = secrets.iter().any(|range| range.contains(&(start + at)));
        source.push(match character {
            '\n' => '\n',
            _ if secret => '*',
            _ => stand_in(character),
        });
        for (mark, (_, ends)) in marks.iter().zip(&mut places) {
            if start + at < shown_end(text, mark.span) {
                *ends = source.len();
            }
        }
    }
    source.truncate(source.trim_end().len());
    let within = |at: usize| at.min(source.len());
    let marks = marks
        .iter()
        .zip(places)
        .map(|(mark, (begins, ends))| {
            let range = within(begins)..within(ends.max(begins));
            (range, mark.label.clone(), mark.primary)
        })
        .collect();
    Excerpt { line: index.position(text, first).line, source, marks }
}

/// Where secrets stand in a part of the text.
fn secrets(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let start = boundary(text, part.start);
    let ranges = secret::ranges(text.get(start..part.end).unwrap_or_default());
    ranges.into_iter().map(move |range| range.start + start..range.end + start)
}

fn shown_end(text: &str, span: Span) -> usize {
    boundary(text, span.end.min(span.start + LONGEST_MARK))
}

fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, words: &str) -> Mark {
        let start = text.find(words).expect("the words are in the text");
        Mark { span: Span::new(start, start + words.len()), label: words.to_owned(), primary: true }
    }

    #[test]
    fn lines_between_marks_are_folded() {
        let text = "one\ntwo\nx\nx\nx\nx\nx\nthree\n";
        let found =
            excerpts(text, &LineIndex::new(text), vec![mark(text, "three"), mark(text, "two")]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].source.as_str()), (2, "two\n\n\n\n\n\nthree"));
    }

    #[test]
    fn far_marks_stand_in_excerpts_of_their_own() {
        let text = format!("two\n{}three\n", "x\n".repeat(FOLDED));
        let found =
            excerpts(&text, &LineIndex::new(&text), vec![mark(&text, "three"), mark(&text, "two")]);
        let shown: Vec<&str> = found.iter().map(|excerpt| excerpt.source.as_str()).collect();
        assert_eq!(shown, ["two", "three"]);
    }

    #[test]
    fn what_acts_on_a_terminal_is_replaced_and_marks_stay_true() {
        let text = "a\u{1b}[1mé \u{202e}http://x.org/";
        let found = excerpts(text, &LineIndex::new(text), vec![mark(text, "http://x.org/")]);
        let (range, _, _) = &found[0].marks[0];
        assert_eq!(&found[0].source[range.clone()], "http://x.org/");
        assert!(!found[0].source.contains(['\u{1b}', '\u{202e}']));
    }

    #[test]
    fn a_long_line_is_cut_around_its_mark() {
        let text = format!("{}http://x.org/{}", "é".repeat(5_000), "z".repeat(5_000));
        let found = excerpts(&text, &LineIndex::new(&text), vec![mark(&text, "http://x.org/")]);
        assert!(found[0].source.len() < 300);
    }

    proptest::proptest! {
        #[test]
        fn any_spans_of_any_text_are_cut_without_panic(text in "(?s).{0,60}", spans in proptest::collection::vec((0_usize..80, 0_usize..80), 0..4)) {
            let marks = spans
                .into_iter()
                .map(|(a, b)| Span::new(text.floor_char_boundary(a.min(b)), text.floor_char_boundary(a.max(b))))
                .map(|span| Mark { span, label: String::new(), primary: false })
                .collect();
            for excerpt in excerpts(&text, &LineIndex::new(&text), marks) {
                for (range, _, _) in &excerpt.marks {
                    proptest::prop_assert!(range.start <= range.end);
                    proptest::prop_assert!(range.end <= excerpt.source.len());
                }
            }
        }
    }
}
