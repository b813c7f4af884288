//! The tokenizer: what the states of the standard's come to where the whole text is at hand.

use super::foreign::Namespaces;
use super::names::packed_at;
use super::raw::Content;
use super::{Attribute, Sink, Tag, Token, is_space};
use crate::model::Span;

/// Cuts a text into tokens, one at a time.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    /// Everything before this offset has been read.
    at: usize,
    /// The element whose raw content begins here.
    raw: Option<(&'t str, Content)>,
    namespaces: Namespaces,
}

impl<'t> Scanner<'t> {
    /// A tokenizer at the beginning of a text.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, raw: None, namespaces: Namespaces::default() }
    }

    /// The next token. Those between are comments and declarations. The attributes of a start tag
    /// are in `attributes` when it is returned.
    pub(crate) fn next<S: Sink<'t>>(&mut self, attributes: &mut S) -> Option<Token<'t>> {
        if let Some((name, content)) = self.raw.take() {
            let start = self.at;
            self.at = content.end(self.text.as_bytes(), start, name);
            if self.at > start {
                return Some(Token::Raw(Span::new(start, self.at)));
            }
        }
        while self.at < self.text.len() {
            let start = self.at;
            self.at = self.end_of_text(start);
            if self.at > start {
                return Some(Token::Text(Span::new(start, self.at)));
            }
            let token = self.markup(start, attributes);
            if token.is_some() {
                return token;
            }
        }
        None
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn starts_with(&self, at: usize, beginning: &[u8]) -> bool {
        self.text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(beginning))
    }

    /// The first offset from `at` on at which markup begins, or the text's end.
    fn end_of_text(&self, mut at: usize) -> usize {
        let text = self.text.as_bytes();
        loop {
            if self.byte(at) != Some(b'<') {
                let rest = text.get(at..).unwrap_or_default();
                at += memchr::memchr(b'<', rest).unwrap_or(rest.len());
            }
            match (self.byte(at + 1), self.byte(at + 2)) {
                (Some(b'!' | b'?'), _) | (Some(b'/'), Some(_)) => return at,
                (Some(letter), _) if letter.is_ascii_alphabetic() => return at,
                _ if at >= text.len() => return text.len(),
                _ => at += 1,
            }
        }
    }

    /// Reads the markup that begins at `at`; gives a token if it is a tag.
    fn markup<S: Sink<'t>>(&mut self, at: usize, attributes: &mut S) -> Option<Token<'t>> {
        match (self.byte(at + 1), self.byte(at + 2)) {
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(at),
            (Some(letter), _) if letter.is_ascii_alphabetic() => self.start_tag(at, attributes),
            (Some(b'!'), _) if self.starts_with(at, b"<!--") => {
                self.at = self.end_of_comment(at);
                None
            }
            (Some(b'!'), _) if self.namespaces.has_cdata() && self.starts_with(at, CDATA) => {
                self.cdata(at + CDATA.len())
            }
            // Doctypes end at the first bracket too, even one in quotes.
            _ => {
                self.at = self.after(at, b'>');
                None
            }
        }
    }

    /// The offset after the first such byte from `at` on, or the text's end.
    fn after(&self, at: usize, byte: u8) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        memchr::memchr(byte, rest).map_or(self.text.len(), |length| at + length + 1)
    }

    /// The offset after the comment that begins at `at` (13.2.5.43 onward): `<!-->` and `<!--->`
    /// are comments too, and `--!>` ends one.
    fn end_of_comment(&self, at: usize) -> usize {
        let inside = at + 4;
        let mut end = at + 2;
        loop {
            end = self.after(end, b'>');
            let before = self.text.as_bytes().get(at + 2..end).unwrap_or_default();
            let closes =
                before.ends_with(b"-->") || (before.ends_with(b"--!>") && end >= inside + 4);
            if closes || end >= self.text.len() {
                return end;
            }
        }
    }

    fn cdata(&mut self, start: usize) -> Option<Token<'t>> {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let length = memchr::memmem::find(rest, b"]]>");
        let span = Span::new(start, start + length.unwrap_or(rest.len()));
        self.at = span.end + length.map_or(0, |_| b"]]>".len());
        (!span.is_empty()).then_some(Token::Text(span))
    }

    /// A tag that is not ended is none, and nothing follows it.
    fn start_tag<S: Sink<'t>>(&mut self, at: usize, attributes: &mut S) -> Option<Token<'t>> {
        attributes.clear();
        let (mut tag, is_closed) = self.tag(at, at + 1, attributes)?;
        let (text, after_name) = (self.text, at + 1 + tag.name.len());
        let content = self.namespaces.start(tag, is_closed, |sink| {
            read_attributes(text, after_name, &mut Dynamic(sink));
        });
        if content != Content::Markup {
            tag.is_raw = true;
            self.raw = Some((tag.name, content));
        }
        Some(Token::Start(tag))
    }

    fn end_tag(&mut self, at: usize) -> Option<Token<'t>> {
        let (tag, _) = self.tag(at, at + 2, &mut Unread)?;
        self.namespaces.end(tag.packed);
        Some(Token::End(tag))
    }

    /// Reads the tag that begins at `at` and whose name begins at `name`; tells whether it closes
    /// itself.
    fn tag<S: Sink<'t>>(
        &mut self,
        at: usize,
        name: usize,
        attributes: &mut S,
    ) -> Option<(Tag<'t>, bool)> {
        let end_of_name = skip(self.text.as_bytes(), name, NAME);
        let Some((end, is_closed)) = read_attributes(self.text, end_of_name, attributes) else {
            self.at = self.text.len();
            return None;
        };
        self.at = end;
        let tag = Tag {
            name: self.text.get(name..end_of_name)?,
            packed: packed_at(self.text.as_bytes(), name, end_of_name),
            span: Span::new(at, end),
            is_raw: false,
        };
        Some((tag, is_closed))
    }
}

const CDATA: &[u8] = b"<![CDATA[";

/// What a byte is in a tag: each bit is a class of places where it stops what is read.
const NAME: u8 = 1;
const ATTRIBUTE: u8 = 2;
const UNQUOTED: u8 = 4;
const SPACE: u8 = 8;

#[expect(clippy::indexing_slicing, reason = "a byte is always below 256")]
static CLASSES: [u8; 256] = {
    let mut classes = [SPACE; 256];
    let mut byte = 0_u8;
    loop {
        if is_space(byte) {
            classes[byte as usize] = NAME | ATTRIBUTE | UNQUOTED;
        }
        match byte {
            b'/' => classes[byte as usize] |= NAME | ATTRIBUTE,
            b'>' => classes[byte as usize] |= NAME | ATTRIBUTE | UNQUOTED,
            b'=' => classes[byte as usize] |= ATTRIBUTE,
            u8::MAX => break,
            _ => {}
        }
        byte += 1;
    }
    classes
};

/// The first offset from `at` on whose byte is of a class, or the text's end.
#[expect(clippy::indexing_slicing, reason = "a byte is always below 256")]
fn skip(text: &[u8], at: usize, class: u8) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.iter().position(|&byte| CLASSES[usize::from(byte)] & class != 0);
    at + length.unwrap_or(rest.len())
}

/// Reads attributes from the end of a tag's name on (13.2.5.32 onward); gives the offset after the
/// tag, and whether it closes itself. None where the text ends before the tag does.
fn read_attributes<'t, S: Sink<'t>>(
    text: &'t str,
    from: usize,
    attributes: &mut S,
) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at = skip(bytes, at, SPACE);
        match bytes.get(at)? {
            b'>' => return Some((at + 1, false)),
            b'/' if bytes.get(at + 1) == Some(&b'>') => return Some((at + 2, true)),
            b'/' => at += 1,
            _ => {
                // A name may begin with an equals sign, but holds none.
                let name = Span::new(at, skip(bytes, at + 1, ATTRIBUTE));
                let (value, next) = read_value(bytes, name.end)?;
                let packed = packed_at(bytes, name.start, name.end);
                attributes.take(Attribute { text, name, packed, value });
                at = next;
            }
        }
    }
}

/// The value of the attribute whose name ends at `at`, and where what follows begins.
fn read_value(text: &[u8], at: usize) -> Option<(Span, usize)> {
    let equals = skip(text, at, SPACE);
    if text.get(equals) != Some(&b'=') {
        return Some((Span::new(equals, equals), equals));
    }
    let start = skip(text, equals + 1, SPACE);
    match *text.get(start)? {
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, text.get(start + 1..)?)?;
            let end = start + 1 + length;
            Some((Span::new(start + 1, end), end + 1))
        }
        b'>' => Some((Span::new(start, start), start)),
        _ => {
            let end = skip(text, start, UNQUOTED);
            Some((Span::new(start, end), end))
        }
    }
}

/// Attributes that nobody asks for; those of an end tag mean nothing.
#[derive(Debug)]
pub(crate) struct Unread;

impl<'t> Sink<'t> for Unread {
    fn clear(&mut self) {}

    fn take(&mut self, _: Attribute<'t>) {}
}

/// Attributes that are read again, for one who seldom asks.
struct Dynamic<'s, 't>(&'s mut dyn Sink<'t>);

impl<'t> Sink<'t> for Dynamic<'_, 't> {
    fn clear(&mut self) {
        self.0.clear();
    }

    fn take(&mut self, attribute: Attribute<'t>) {
        self.0.take(attribute);
    }
}
