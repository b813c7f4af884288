//! Set off: addresses that are set in a font or a color of their own. Where such an address goes over
//! the end of a line, it ends where its font or color does.

use std::ops::Range;

use foldhash::HashMap;

use super::device::Style;
use super::lines::{self, Line};
use crate::model::Span;

/// Letters without white space between, of one style, on one line.
#[derive(Clone, Copy)]
struct Piece {
    line: usize,
    span: Span,
    style: Style,
    is_first: bool,
    is_last: bool,
}

/// The addresses of a page that are set off and reach the end of a line, or meet what is no part of
/// them, given where in the text each line begins. What ends with its page may go on on the next.
pub(super) fn of(lines: &[Line], starts: &[usize], text: &str) -> Vec<Span> {
    let pieces = pieces(lines, starts, text);
    let mut columns = None;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&first) = pieces.get(at) {
        let begin = at;
        at += 1;
        if !first.span.of(text).contains("://") && !first.span.of(text).starts_with("www.") {
            continue;
        }
        let mut last = first;
        while let Some(&next) = pieces.get(at).filter(|next| is_below(&last, next, lines)) {
            let columns = columns.get_or_insert_with(|| Columns::of(lines));
            if !next.style.is_like(first.style) || columns.have_room(lines, last.line, &next) {
                break;
            }
            last = next;
            at += 1;
        }
        let before = begin.checked_sub(1).and_then(|before| pieces.get(before));
        let is_apart = before.is_none_or(|before| {
            starts_block(before.line + 1..first.line + 1, lines)
                || !before.style.is_like(first.style)
        });
        let ends = is_apart
            && pieces.get(at).is_some_and(|after| {
                let goes_on = last.line > first.line;
                // What ends with its block may go on behind what stands between.
                if starts_block(last.line + 1..after.line + 1, lines) {
                    return false;
                }
                let returns = before.is_some_and(|before| before.style.is_like(after.style));
                let is_meeting = after.span.start == last.span.end;
                !after.style.is_like(first.style)
                    && (goes_on
                        || (after.line > last.line && returns)
                        || (is_meeting && after.style.color != first.style.color))
            });
        if ends {
            found.push(Span::new(first.span.start, last.span.end));
        }
    }
    found
}

/// Whether a piece begins the line below that on which another ends, within the block.
fn is_below(last: &Piece, next: &Piece, lines: &[Line]) -> bool {
    let is_in_block = lines.get(next.line).is_some_and(|line| !line.begins_block);
    last.is_last && next.is_first && next.line == last.line + 1 && is_in_block
}

/// Whether one of some lines begins a block.
fn starts_block(which: Range<usize>, lines: &[Line]) -> bool {
    lines.get(which).is_some_and(|lines| lines.iter().any(|line| line.begins_block))
}

fn pieces(lines: &[Line], starts: &[usize], text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, (line, &start)) in lines.iter().zip(starts).enumerate() {
        let of_line = pieces.len();
        for glyph in &line.glyphs {
            let end = glyph.end.min(line.text.len());
            let span = Span::new(start + glyph.start.min(end), start + end);
            if span.of(text).trim().is_empty() {
                continue;
            }
            let is_first = pieces.len() == of_line;
            match pieces.last_mut().filter(|_| !is_first) {
                Some(piece) if piece.span.end == span.start && piece.style.is_like(glyph.style) => {
                    piece.span.end = span.end;
                }
                _ => pieces.push(Piece {
                    line: number,
                    span,
                    style: glyph.style,
                    is_first,
                    is_last: false,
                }),
            }
        }
        if let Some(last) = pieces.get_mut(of_line..).and_then(<[Piece]>::last_mut) {
            last.is_last = last.span.end == start + line.text.len();
        }
    }
    pieces
}

/// How far to the right the lines of a page reach that begin about as far from the left.
struct Columns(HashMap<i64, Vec<f64>>);

/// How far apart the lines of a column begin at most, in points.
const INDENT: f64 = 40.0;

impl Columns {
    fn of(lines: &[Line]) -> Self {
        let mut rights: HashMap<i64, Vec<f64>> = HashMap::default();
        for line in lines {
            rights.entry(Self::key(line)).or_default().push(line.right);
        }
        Self(rights)
    }

    fn key(line: &Line) -> i64 {
        lines::whole(line.left / INDENT)
    }

    /// Whether the line had room for the beginning of what stands on the next: then it was not for
    /// want of room that it ended.
    fn have_room(&self, lines: &[Line], line: usize, next: &Piece) -> bool {
        let Some((line, below)) = lines.get(line).zip(lines.get(next.line)) else { return true };
        let key = Self::key(line);
        let rights = [key - 1, key, key + 1].into_iter().filter_map(|key| self.0.get(&key));
        let right = lines::right_edge(rights.flatten().copied());
        let breaks = |c: char| !c.is_alphanumeric();
        let first = below.text.find(breaks).unwrap_or(below.text.len());
        let end = below.glyphs.iter().take_while(|glyph| glyph.start <= first).last();
        end.is_none_or(|end| line.right + (end.right - below.left) < right)
    }
}
