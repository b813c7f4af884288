//! The words that a reader of the page sees: one text, gathered once, white space folded, entities
//! decoded. Links, headings and dates take their words from it as slices.

use std::borrow::Cow;

use crate::model::Span;

/// A run of words that stands on lines of its own.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Run {
    /// Where it stands in the gathered words.
    pub(in crate::extract) words: Span,
    /// Where it stands in the source, markup between included.
    pub(in crate::extract) source: Span,
}

/// What has been gathered so far; a line feed parts the runs.
#[derive(Debug, Default)]
pub(in crate::extract) struct Words {
    text: String,
    run_start: usize,
    run_source: Option<Span>,
}

impl Words {
    /// Nothing gathered yet, with room for what a page of this many bytes can say, unless it is long.
    pub(in crate::extract) fn of_page(bytes: usize) -> Self {
        const MOST: usize = 64 * 1024;
        Self { text: String::with_capacity(bytes.min(MOST)), ..Self::default() }
    }

    /// The number of bytes gathered so far: a place to take words from later.
    pub(in crate::extract) const fn len(&self) -> usize {
        self.text.len()
    }

    /// The words gathered from `start` on.
    pub(in crate::extract) fn since(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default().trim()
    }

    /// The words at a place noted earlier.
    pub(in crate::extract) fn of(&self, span: Span) -> &str {
        span.of(&self.text).trim()
    }

    /// The words of the same line before a place, as far back as introducing words can reach.
    pub(in crate::extract) fn line_before(&self, place: usize) -> &str {
        let start = self.text.ceil_char_boundary(place.saturating_sub(160).min(self.text.len()));
        let before = self.text.get(start..place).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// Whether the words of the same line before a place end in a colon.
    pub(in crate::extract) fn is_after_colon(&self, place: usize) -> bool {
        let before = self.text.get(..place).unwrap_or_default();
        before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n').ends_with([':', '：'])
    }

    /// Adds text as it stands in the source at `offset`; gives the number of bytes added.
    pub(in crate::extract) fn push(&mut self, source: &str, offset: usize) -> usize {
        // Most of what stands between tags is a line break and an indent.
        if source.bytes().all(|byte| byte.is_ascii_whitespace()) {
            if !source.is_empty() {
                self.space();
            }
            return 0;
        }
        let visible = source.trim_start_matches(is_white);
        if visible.is_empty() {
            self.space();
            return 0;
        }
        let start = offset + (source.len() - visible.len());
        let visible = visible.trim_end_matches(is_white);
        self.place(Span::new(start, start + visible.len()));
        let before = self.text.len();
        if start > offset {
            self.space();
        }
        if is_plain(visible.as_bytes()) {
            self.text.push_str(visible);
        } else {
            self.fold(&decoded(visible));
        }
        if start + visible.len() < offset + source.len() {
            self.space();
        }
        self.text.len() - before
    }

    fn place(&mut self, piece: Span) {
        let start = self.run_source.map_or(piece.start, |run| run.start);
        self.run_source = Some(Span::new(start, piece.end));
    }

    fn fold(&mut self, visible: &str) {
        let (mut taken, mut at) = (0, 0);
        while let Some(white) = next_white(visible, at) {
            at = white.end;
            // A single space stays as it is, together with the words around it.
            if white.of(visible) != " " {
                self.text.push_str(visible.get(taken..white.start).unwrap_or_default());
                self.text.push(' ');
                taken = at;
            }
        }
        self.text.push_str(visible.get(taken..).unwrap_or_default());
    }

    /// A space, unless one stands there already.
    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// Ends the run at the edge of a block, and gives it if it holds words.
    pub(in crate::extract) fn end_run(&mut self) -> Option<Run> {
        let source = self.run_source.take()?;
        let words = Span::new(self.run_start, self.text.len());
        self.text.push('\n');
        self.run_start = self.text.len();
        Some(Run { words, source })
    }
}

/// White space to be folded, the no-break space included.
fn is_white(character: char) -> bool {
    match character {
        '\0'..='\x7f' => character.is_ascii_whitespace(),
        _ => character.is_whitespace() || character == '\u{200b}',
    }
}

/// Whether folding and decoding leave a text as it is: ASCII without control characters, entities
/// and double spaces. Most text is so; the loop is such as compilers do many bytes at a time.
fn is_plain(text: &[u8]) -> bool {
    let is_odd = |byte: u8| u8::from(!(b' '..=b'~').contains(&byte)) | u8::from(byte == b'&');
    let both = |a: u8, b: u8| u8::from(a == b' ') & u8::from(b == b' ');
    let Some((&last, _)) = text.split_last() else { return true };
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    pairs.fold(is_odd(last), |found, (&a, &b)| found | is_odd(a) | both(a, b)) == 0
}

/// The next run of white space, other than a single space, from `from` on.
fn next_white(text: &str, from: usize) -> Option<Span> {
    let mut from = from;
    loop {
        let start =
            from + text.as_bytes().get(from..)?.iter().position(|&byte| may_begin_white(byte))?;
        // A single space stays as it is, together with the words around it.
        let next = text.as_bytes().get(start + 1);
        if text.as_bytes().get(start) == Some(&b' ')
            && !next.is_some_and(|&next| may_begin_white(next))
        {
            from = start + 1;
            continue;
        }
        let rest = text.get(start..)?;
        let after = rest.trim_start_matches(is_white);
        if after.len() < rest.len() {
            return Some(Span::new(start, text.len() - after.len()));
        }
        from = start + rest.chars().next()?.len_utf8();
    }
}

/// Whether a byte is white space, or the first of a character that can be: those are U+0085,
/// U+00A0, U+1680, some of U+2000 to U+205F, and U+3000.
fn may_begin_white(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | 0xC2 | 0xE1..=0xE3)
}

/// Text with its entities decoded.
pub(in crate::extract) fn decoded(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    html_escape::decode_html_entities(text)
}

/// Text with its entities decoded and white space folded.
pub(in crate::extract) fn folded(text: &str) -> String {
    let mut words = Words::default();
    words.push(text, 0);
    words.since(0).to_owned()
}

/// At most `limit` bytes of `text`, cut between characters.
pub(in crate::extract) fn cut(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_and_entities_decoded() {
        assert_eq!(folded("  a\n\t b&nbsp;&amp; c "), "a b & c");
        assert_eq!(folded(""), "");
        assert_eq!(folded(" \n "), "");
    }

    proptest::proptest! {
        #[test]
        fn folding_is_splitting_at_white_space(text in "(a|é|中| |\u{a0}|\n|\u{200b}|\u{2003}|\u{3000}|\u{1}|ᚁ|\u{1680}){0,20}") {
            let pieces = text.split(is_white).filter(|piece| !piece.is_empty());
            proptest::prop_assert_eq!(folded(&text), pieces.collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn words_run_on_over_inline_markup_and_end_with_the_block() {
        let mut words = Words::default();
        words.push("M", 10);
        words.push("ay 3, ", 20);
        words.push("2018", 40);
        let run = words.end_run().expect("a run");
        assert_eq!(words.of(run.words), "May 3, 2018");
        assert_eq!(run.source, Span::new(10, 44));
        assert!(words.end_run().is_none());
    }

    #[test]
    fn cutting_never_splits_a_character() {
        assert_eq!(cut("añb", 2), "a");
        assert_eq!(cut("añb", 99), "añb");
    }
}
