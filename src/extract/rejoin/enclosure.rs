//! An opening sign right before an address (a bracket, a quote) says where it ends: at the closing
//! one, if nothing but the pieces of one address lies between, a line end between each two.

use super::parts::marker;
use super::{MOST_BREAKS, function_words};
use crate::address::bare::Bare;

/// No address between signs is longer, in bytes.
const LONGEST: usize = 2_048;

/// The offset of the sign that closes what stands open right before a URL, if the URL goes over
/// line ends up to it.
pub(super) fn closes_at(text: &str, seed: &Bare) -> Option<usize> {
    let start = seed.span.start;
    let opener = text.get(..start)?.chars().next_back()?;
    let closer = closer_of(opener)?;
    let end = text.floor_char_boundary((start + LONGEST).min(text.len()));
    let near = text.get(start..end)?;
    let (mut at, mut breaks, mut depth, mut piece) = (0, 0, 0_usize, 0);
    while let Some(c) = near.get(at..)?.chars().next() {
        if c == closer && depth == 0 {
            let whole = breaks > 0 && is_piece(near, piece, at, opener);
            return whole.then_some(start + at);
        }
        if c == opener {
            depth += 1;
        } else if c == closer {
            depth -= 1;
        } else if c.is_whitespace() {
            if piece > 0 && !is_piece(near, piece, at, opener) {
                return None;
            }
            at = after_break(text, start, near, at)?;
            breaks += 1;
            piece = at;
            if breaks > MOST_BREAKS {
                return None;
            }
            continue;
        } else if matches!(c, '<' | '>' | '"' | '`') {
            return None;
        }
        at += c.len_utf8();
    }
    None
}

/// The sign that closes what another opens.
pub(super) const fn closer_of(opener: char) -> Option<char> {
    Some(match opener {
        '(' => ')',
        '<' => '>',
        '[' => ']',
        '{' => '}',
        '"' => '"',
        '\'' => '\'',
        '`' => '`',
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        _ => return None,
    })
}

/// Where the next line's first word begins, if only one line end lies before it.
fn after_break(text: &str, start: usize, near: &str, at: usize) -> Option<usize> {
    let rest = near.get(at..)?;
    let blank = rest.len() - rest.trim_start().len();
    if memchr::memchr_iter(b'\n', rest.get(..blank)?.as_bytes()).count() != 1 {
        return None;
    }
    let line = at + memchr::memchr(b'\n', rest.as_bytes())? + 1;
    let own = super::lines::line_start(text, start + at);
    let before = text.get(own..start + at)?;
    let after = near.get(line..)?.split('\n').next()?;
    let inside = line + marker(before, after);
    let words = near.get(inside..)?;
    Some(inside + (words.len() - words.trim_start_matches([' ', '\t']).len()))
}

/// Whether the last piece is more of the address: between angle brackets it always is, elsewhere a
/// word of the sentence could stand before the closing sign.
fn is_piece(near: &str, piece: usize, at: usize, opener: char) -> bool {
    let before = near.get(..piece).unwrap_or_default().trim_end();
    let last = near.get(piece..at).unwrap_or_default().trim_end_matches(['.', ',', ';', '!', '?']);
    if last.is_empty() {
        return false;
    }
    let is_word = last.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'));
    opener == '<'
        || !is_word
        || before.ends_with(['/', '-', '_', '=', '&', '%', '.']) && !function_words::has(last)
}
