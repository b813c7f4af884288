//! Cuts text into numbers, words and marks, the parts that printed dates are made of.

use super::digits::{digit, han_digit, han_number};
use super::names::is_word_char;
use crate::text::ascii::letters;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of decimal digits; `digits` counts them, `value` is 0 where there are more than nine.
    Number { value: u32, digits: usize },
    /// A run of letters.
    Word,
    /// Any other character that is not white space; an ideograph is one too.
    Mark(char),
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub kind: Kind,
    /// The offset of its first byte.
    pub start: usize,
    /// The offset past its last byte.
    pub end: usize,
    /// Whether white space stands before it, or nothing.
    pub spaced: bool,
    /// Whether a line begins with it.
    pub first: bool,
}

/// Cuts `text` into tokens, in one pass.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let (mut at, mut spaced, mut first) = (0, true, true);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = match ascii(rest.as_bytes()).or_else(|| any(rest)) {
            Some(Piece::Token(kind, length)) => (kind, length),
            Some(Piece::Space { length, seen, ends_line }) => {
                spaced |= seen;
                first |= ends_line;
                at += length;
                continue;
            }
            None => break,
        };
        tokens.push(Token { kind, start: at, end: at + length, spaced, first });
        at += length;
        (spaced, first) = (false, false);
    }
    tokens
}

/// What a text begins with, and its length in bytes.
enum Piece {
    Token(Kind, usize),
    /// What lies between tokens.
    Space {
        length: usize,
        /// Whether a reader sees it.
        seen: bool,
        ends_line: bool,
    },
}

/// A piece of ASCII alone, as most are; none where what follows may belong to it and is not ASCII.
fn ascii(rest: &[u8]) -> Option<Piece> {
    let &byte = rest.first()?;
    Some(match byte {
        b' ' => Piece::Space { length: 1, seen: true, ends_line: false },
        b'a'..=b'z' | b'A'..=b'Z' => Piece::Token(Kind::Word, bounded(rest, letters(rest))?),
        b'0'..=b'9' => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let digits = bounded(rest, digits)?;
            let value = rest.iter().take(digits).filter(|_| digits <= 9);
            let value = value.fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
            Piece::Token(Kind::Number { value, digits }, digits)
        }
        b'!'..=b'~' => Piece::Token(Kind::Mark(char::from(byte)), 1),
        _ => return None,
    })
}

/// The length of what a text begins with, if what follows is ASCII too.
fn bounded(rest: &[u8], length: usize) -> Option<usize> {
    rest.get(length).is_none_or(u8::is_ascii).then_some(length)
}

/// A piece of any script.
fn any(rest: &str) -> Option<Piece> {
    let c = rest.chars().next()?;
    Some(if c.is_whitespace() || is_invisible(c) {
        Piece::Space { length: c.len_utf8(), seen: c.is_whitespace(), ends_line: c == '\n' }
    } else {
        let (kind, length) = token(rest, c);
        Piece::Token(kind, length)
    })
}

/// Direction marks and the like stand between the parts of a date without being seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200D}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

/// The token that a text begins with, whose first character is `c`.
fn token(rest: &str, c: char) -> (Kind, usize) {
    if digit(c).is_some() {
        return number(rest);
    }
    if is_ideograph(c) {
        return han(rest).unwrap_or((Kind::Mark(c), c.len_utf8()));
    }
    if is_word_char(c) {
        return (Kind::Word, word_length(rest));
    }
    (Kind::Mark(c), c.len_utf8())
}

fn number(rest: &str) -> (Kind, usize) {
    let (mut value, mut digits, mut length) = (0_u32, 0, 0);
    for c in rest.chars() {
        let Some(digit) = digit(c) else { break };
        digits += 1;
        length += c.len_utf8();
        value = if digits > 9 { 0 } else { value * 10 + digit };
    }
    (Kind::Number { value, digits }, length)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{25CB}' | '\u{4E00}'..='\u{9FFF}')
}

/// Han numerals are a number only before a word for year, month or day.
fn han(rest: &str) -> Option<(Kind, usize)> {
    let is_numeral = |c: char| han_digit(c).is_some() || c == '十';
    let length = rest.char_indices().take(8).find(|&(_, c)| !is_numeral(c))?.0;
    let run = rest.get(..length).filter(|run| !run.is_empty())?;
    let unit = rest.get(length..)?.chars().next()?;
    if !matches!(unit, '年' | '月' | '日' | '号' | '號') {
        return None;
    }
    let digits = run.chars().count();
    Some((Kind::Number { value: han_number(run)?, digits }, length))
}

/// Thai abbreviations have dots inside (`พ.ค.`), which belong to the word.
fn word_length(rest: &str) -> usize {
    let is_thai = |c: char| matches!(c, '\u{0E01}'..='\u{0E4E}');
    let mut chars = rest.char_indices().peekable();
    let mut thai = false;
    while let Some((at, c)) = chars.next() {
        let inner_dot = c == '.' && thai && chars.peek().is_some_and(|&(_, next)| is_thai(next));
        if is_ideograph(c) || !(is_word_char(c) || inner_dot) {
            return at;
        }
        thai = is_thai(c);
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| &text[token.start..token.end]).collect()
    }

    #[test]
    fn text_is_cut_into_numbers_words_and_marks() {
        assert_eq!(cut("May 25,2018"), ["May", "25", ",", "2018"]);
        assert_eq!(cut("25 พ.ค. 2561"), ["25", "พ.ค", ".", "2561"]);
        assert_eq!(cut("2018年5月25日"), ["2018", "年", "5", "月", "25", "日"]);
        assert_eq!(cut("二〇一八年五月"), ["二〇一八", "年", "五", "月"]);
        assert_eq!(cut("25th"), ["25", "th"]);
        assert_eq!(cut("٢٥ مايو ٢٠١٨"), ["٢٥", "مايو", "٢٠١٨"]);
    }

    proptest! {
        #[test]
        fn tokens_cover_the_text_in_order(text in "\\PC{0,60}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(token.start >= at && token.end > token.start);
                prop_assert!(text.get(token.start..token.end).is_some());
                at = token.end;
            }
        }
    }
}
