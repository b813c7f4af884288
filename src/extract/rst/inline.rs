//! Inline markup of reStructuredText: where its references, its literals and its plain words stand, by
//! the recognition rules of the specification.

use std::ops::Range;

/// A part of a run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Plain or emphasised words, in which addresses may stand bare.
    Words(Range<usize>),
    /// What stands between the backticks of a reference: `` `words <address>`_ ``.
    Phrase { inside: Range<usize>, anonymous: bool },
    /// The name before an underscore, or between bars: `name_`, `|name|_`.
    Name { name: Range<usize>, anonymous: bool },
}

/// Takes a run of words apart; literals, roles and substitutions are left out.
pub(super) fn pieces(text: &str, take: impl FnMut(Piece)) {
    Scanner { text, at: 0, from: 0, ended: [false; MARKS], take }.scan();
}

/// The marks that have an end: `` ` ``, ` `` `, `*`, `**`, `|`.
const MARKS: usize = 5;

struct Scanner<'t, F> {
    text: &'t str,
    at: usize,
    /// Where the words begin that have not been handed on.
    from: usize,
    /// The marks of which no further end stands in the text.
    ended: [bool; MARKS],
    take: F,
}

impl<F: FnMut(Piece)> Scanner<'_, F> {
    fn scan(&mut self) {
        let bytes = self.text.as_bytes();
        let is_mark = |byte: &u8| matches!(byte, b'\\' | b'`' | b'_' | b'*' | b'|');
        while let Some(found) = bytes.get(self.at..).and_then(|rest| rest.iter().position(is_mark))
        {
            self.at += found;
            match bytes.get(self.at) {
                Some(b'\\') => self.at += 1 + char_length(self.text, self.at + 1),
                Some(b'`') => self.backtick(),
                Some(b'_') => self.underscore(),
                Some(b'*') => self.emphasis(),
                _ => self.bar(),
            }
        }
        self.hand_words(self.text.len());
    }

    fn hand_words(&mut self, end: usize) {
        if self.from < end {
            (self.take)(Piece::Words(self.from..end));
        }
    }

    /// Hands on the words before `start`, and goes on at `end`.
    fn cut(&mut self, start: usize, end: usize) {
        self.hand_words(start);
        (self.from, self.at) = (end, end);
    }

    fn starts(&self, sign: &str) -> bool {
        self.text.get(self.at..).is_some_and(|rest| rest.starts_with(sign))
    }

    fn backtick(&mut self) {
        let start = self.at;
        let length = if self.starts("``") { 2 } else { 1 };
        if !may_start(self.text, start, length) {
            let run = self.text.get(start..).unwrap_or_default();
            self.at += run.len() - run.trim_start_matches('`').len();
            return;
        }
        if length == 2 {
            match self.end_of(1, "``", start + 2, false) {
                Some(end) => self.cut(start, end + 2),
                None => self.at += 2,
            }
            return;
        }
        let Some((end, after, references)) = self.end_of_phrase(start + 1) else {
            self.at += 1;
            return;
        };
        let is_role = names_role(self.text.get(..start).unwrap_or_default());
        self.cut(start, after);
        if references > 0 && !is_role {
            (self.take)(Piece::Phrase { inside: start + 1..end, anonymous: references == 2 });
        }
    }

    /// Where a mark ends that has been opened before `from`.
    fn end_of(&mut self, mark: usize, sign: &str, from: usize, escapes: bool) -> Option<usize> {
        if self.ended.get(mark) == Some(&true) {
            return None;
        }
        let end =
            ends(self.text, sign, from, escapes).find(|at| ends_markup(self.text, at + sign.len()));
        if let Some(ended) = self.ended.get_mut(mark).filter(|_| end.is_none()) {
            *ended = true;
        }
        end
    }

    /// Where a phrase ends, where what follows it begins, and with how many underscores it does.
    fn end_of_phrase(&mut self, from: usize) -> Option<(usize, usize, usize)> {
        if self.ended.first() == Some(&true) {
            return None;
        }
        let found = ends(self.text, "`", from, true).find_map(|end| {
            let rest = self.text.get(end + 1..)?;
            let references = rest.bytes().take(2).take_while(|byte| *byte == b'_').count();
            let role = if references == 0 { role_after(rest) } else { 0 };
            let after = end + 1 + references + role;
            ends_markup(self.text, after).then_some((end, after, references))
        });
        if let Some(ended) = self.ended.first_mut().filter(|_| found.is_none()) {
            *ended = true;
        }
        found
    }

    fn underscore(&mut self) {
        let start = self.at;
        if self.starts("_`") && may_start(self.text, start, 2) {
            match self.end_of_phrase(start + 2) {
                Some((_, after, _)) => self.cut(start, after),
                None => self.at += 2,
            }
            return;
        }
        let length = if self.starts("__") { 2 } else { 1 };
        let name = ends_markup(self.text, start + length)
            .then(|| name_before(self.text, self.from, start))
            .flatten();
        match name {
            Some(from) => {
                self.cut(from, start + length);
                (self.take)(Piece::Name { name: from..start, anonymous: length == 2 });
            }
            None => self.at += length,
        }
    }

    fn emphasis(&mut self) {
        let start = self.at;
        let (mark, sign) = if self.starts("**") { (3, "**") } else { (2, "*") };
        let end = may_start(self.text, start, sign.len())
            .then(|| self.end_of(mark, sign, start + sign.len(), true))
            .flatten();
        if let Some(end) = end {
            self.cut(start, start + sign.len());
            self.cut(end, end + sign.len());
        } else {
            let run = self.text.get(start..).unwrap_or_default();
            self.at += run.len() - run.trim_start_matches('*').len();
        }
    }

    fn bar(&mut self) {
        let start = self.at;
        let end = may_start(self.text, start, 1).then(|| self.end_of_bar(start + 1)).flatten();
        let Some((end, references)) = end else {
            self.at += 1;
            return;
        };
        self.cut(start, end + 1 + references);
        if references > 0 {
            (self.take)(Piece::Name { name: start + 1..end, anonymous: references == 2 });
        }
    }

    fn end_of_bar(&mut self, from: usize) -> Option<(usize, usize)> {
        if self.ended.get(4) == Some(&true) {
            return None;
        }
        let found = ends(self.text, "|", from, true).find_map(|end| {
            let rest = self.text.get(end + 1..)?;
            let references = rest.bytes().take(2).take_while(|byte| *byte == b'_').count();
            ends_markup(self.text, end + 1 + references).then_some((end, references))
        });
        if let Some(ended) = self.ended.get_mut(4).filter(|_| found.is_none()) {
            *ended = true;
        }
        found
    }
}

/// Where a sign stands behind words, from `from` on; what a backslash escapes is none.
fn ends<'t>(
    text: &'t str,
    sign: &'t str,
    from: usize,
    escapes: bool,
) -> impl Iterator<Item = usize> + 't {
    let bytes = text.as_bytes();
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            match bytes.get(at)? {
                b'\\' if escapes => at += 2,
                byte if Some(byte) == sign.as_bytes().first() => {
                    let here = at;
                    at += 1;
                    let behind = bytes.get(here.wrapping_sub(1));
                    let is_sign = bytes.get(here..).is_some_and(|b| b.starts_with(sign.as_bytes()));
                    if here > from && is_sign && behind.is_some_and(|b| !b.is_ascii_whitespace()) {
                        return Some(here);
                    }
                }
                _ => at += 1,
            }
        }
    })
}

fn char_length(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

const OPENING: [char; 6] = ['"', '\'', '(', '<', '[', '{'];
const CLOSING: [char; 6] = ['"', '\'', ')', '>', ']', '}'];

/// Whether markup of so many bytes may start at a place.
fn may_start(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + length..).and_then(|after| after.chars().next());
    let Some(after) = after.filter(|after| !after.is_whitespace()) else { return false };
    let Some(before) = before else { return true };
    let mut pairs = OPENING.iter().zip(CLOSING);
    let is_quoted = pairs.any(|(open, close)| *open == before && close == after);
    opens(before) && !is_quoted
}

fn opens(before: char) -> bool {
    before.is_whitespace()
        || OPENING.contains(&before)
        || matches!(before, '-' | '/' | ':')
        || !before.is_ascii() && !before.is_alphanumeric()
}

/// Whether markup may end before a place.
fn ends_markup(text: &str, at: usize) -> bool {
    let after = text.get(at..).and_then(|after| after.chars().next());
    after.is_none_or(|after| {
        after.is_whitespace()
            || CLOSING.contains(&after)
            || "-/:.,;!?\\".contains(after)
            || !after.is_ascii() && !after.is_alphanumeric()
    })
}

/// Where the simple name begins that ends before a place; not before `floor`. After a slash it is the
/// end of an address.
fn name_before(text: &str, floor: usize, end: usize) -> Option<usize> {
    let mut start = end;
    let mut joined = true;
    for c in text.get(floor..end)?.chars().rev() {
        match c {
            _ if c.is_alphanumeric() => joined = false,
            '-' | '.' | '_' | '+' | ':' if !joined => joined = true,
            _ => break,
        }
        start -= c.len_utf8();
    }
    let name = text.get(start..end)?;
    let plain = name.trim_start_matches(['-', '.', '_', '+', ':']);
    let begin = end - plain.len();
    let before = text.get(..begin)?.chars().next_back();
    let is_bounded = before.is_none_or(|before| opens(before) && !matches!(before, '/' | ':'));
    (!plain.is_empty() && is_bounded && begin >= floor).then_some(begin)
}

/// Whether a text ends with a role: `:pep:`.
fn names_role(before: &str) -> bool {
    const LONGEST: usize = 60;
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..);
    let Some(name) = near.and_then(|near| near.strip_suffix(':')) else { return false };
    let rest = name.trim_end_matches(|c: char| c.is_alphanumeric() || "-_.+:".contains(c));
    let name = name.get(rest.len()..).unwrap_or_default();
    name.len() > 1 && name.starts_with(':')
}

/// The length of the role that a text begins with: `:pep:`.
fn role_after(rest: &str) -> usize {
    const LONGEST: usize = 60;
    let Some(name) = rest.strip_prefix(':') else { return 0 };
    let near = name.get(..name.floor_char_boundary(LONGEST)).unwrap_or_default();
    let length = near.find(|c: char| !c.is_alphanumeric() && !"-_.+".contains(c));
    match length {
        Some(length) if length > 0 && near.get(length..).is_some_and(|r| r.starts_with(':')) => {
            length + 2
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with references between ‹ ›, and what is left out as `·`.
    fn shown(text: &str) -> String {
        let mut shown = String::new();
        pieces(text, |piece| match piece {
            Piece::Words(words) => shown += &text[words],
            Piece::Phrase { inside, .. } => shown += &format!("‹{}›", &text[inside]),
            Piece::Name { name, .. } => shown += &format!("‹{}›", &text[name]),
        });
        shown
    }

    #[test]
    fn markup_is_recognised_as_the_specification_has_it() {
        for (text, expected) in [
            ("see `a b <http://x>`_, and `c`__.", "see ‹a b <http://x>›, and ‹c›."),
            ("``literal `x`_`` and ``http://x``", " and "),
            ("``a\\`` b", " b"),
            (
                "name_ and anon__. a_b is none, __init__ neither",
                "‹name› and ‹anon›. a_b is none, __init__ neither",
            ),
            ("(name_) \"x-y.z_\" http://x/foo_ bar", "(‹name›) \"‹x-y.z›\" http://x/foo_ bar"),
            (":pep:`8` and `8`:pep: and :ref:`x <y>`", ":pep: and  and :ref:"),
            ("*see http://x* and **y `z`_**", "see http://x and y `z`_"),
            ("|sub| and |logo|_ a | b", " and ‹logo› a | b"),
            ("x`no`_ \\`no`_ 2 * 3 ` 4", "x`no`_ \\`no`_ 2 * 3 ` 4"),
            ("_`target` here", " here"),
            ("「`a`_」 é`b`_", "「‹a›」 é`b`_"),
            ("`a\\`b <c>`_", "‹a\\`b <c>›"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn long_lines_stay_linear() {
        for sign in ["`a ", "``a ", "*a ", "**a ", "|a ", "a_ ", "_`a ", "a_b_", "\\", "`_", ":x:`"]
        {
            let text = sign.repeat(200_000 / sign.len());
            pieces(&text, |_| ());
        }
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_in_order_and_whole(text in "[`_*|\\\\<>: a-cé\n]{0,60}") {
            let mut reach = 0;
            pieces(&text, |piece| {
                let part = match piece {
                    Piece::Words(part) => part,
                    Piece::Phrase { inside, .. } => inside,
                    Piece::Name { name, .. } => name,
                };
                assert!(part.start >= reach && text.get(part.clone()).is_some());
                reach = part.end;
            });
        }
    }
}
