//! Where the address of a Markdown link stands in the source: the parser tells the whole link's
//! place and the address with its escapes taken out, but not the address's own place.

use crate::model::Span;

/// The destination of an inline link or image; `from` is where its text ends, `end` where the link
/// does.
pub(super) fn inline(text: &str, from: usize, end: usize) -> Option<Span> {
    let opening = text.get(from..end)?.find("](")? + from + 2;
    destination(text, opening, end)
}

/// The destination of a link reference definition that stands at `start..end`.
pub(super) fn definition(text: &str, start: usize, end: usize) -> Option<Span> {
    let opening = text.get(start..end)?.find("]:")? + start + 2;
    destination(text, opening, end)
}

/// The address of an autolink, between its angle brackets.
pub(super) fn autolink(text: &str, start: usize, end: usize) -> Option<Span> {
    let inside = text.get(start..end)?.strip_prefix('<')?.strip_suffix('>')?;
    Some(Span::new(start + 1, start + 1 + inside.len()))
}

/// A destination as CommonMark has it: between angle brackets, or up to white space or the
/// parenthesis that closes the link. Inside a quotation its line begins with the quotation's mark.
fn destination(text: &str, from: usize, end: usize) -> Option<Span> {
    let rest = text.get(from..end)?;
    let first_line = rest.trim_start();
    let blank = rest.get(..rest.len() - first_line.len()).unwrap_or_default();
    let start = if blank.contains('\n') {
        rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '>')
    } else {
        first_line
    };
    let at = end - start.len();
    let length = match start.strip_prefix('<') {
        Some(inside) => return Some(Span::new(at + 1, at + 1 + closing(inside)?)),
        None => bare_length(start),
    };
    (length > 0).then(|| Span::new(at, at + length))
}

/// The length of what stands before an angle bracket that no backslash escapes.
fn closing(inside: &str) -> Option<usize> {
    let mut escaped = false;
    inside.bytes().position(|byte| {
        let closes = byte == b'>' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}

/// The length of a destination without angle brackets; parentheses inside are balanced.
fn bare_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        if escaped {
            escaped = false;
            return false;
        }
        match byte {
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => return byte.is_ascii_whitespace() || byte.is_ascii_control(),
        }
        false
    });
    end.unwrap_or(text.len())
}
