//! URLs that stand bare in running text: found as Unicode UTS #58 has it, also where they lack a
//! scheme, were made unclickable on purpose, or are no valid URL but mean to be one.
//!
//! The search is linear: it stops only at colons and dots, looks back no further than the last
//! find, and never reads a rejected run twice.

mod class;
mod defang;
mod extent;
mod host;
mod marks;
mod schemeless;
mod spaceless;
#[cfg(test)]
mod tests;

use super::typo;
use crate::model::{LinkKind, Span};
pub(crate) use spaceless::is_spaceless;

/// A URL as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bare {
    /// Where it stands.
    pub span: Span,
    /// The offset up to which what follows is punctuation that would belong to the URL if more of
    /// it followed: a URL that was broken over a line end reaches to that line end.
    pub reach: usize,
    /// How it is written: bare, without a scheme, or defanged.
    pub kind: LinkKind,
    /// Whether it is only the beginning of a URL, as `http:` is before a line end.
    pub(crate) incomplete: bool,
    /// What few have, apart, since a text may hold millions.
    odd: Option<Box<Odd>>,
}

/// What few URLs in a text have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Odd {
    /// The real address of a defanged URL; every other URL is what stands at its place.
    refanged: Option<String>,
    /// Why it is no valid address, if it means to be one and is none.
    malformed: Option<&'static str>,
}

impl Bare {
    /// The address that is meant.
    #[must_use]
    pub(crate) fn address<'a>(&'a self, text: &'a str) -> &'a str {
        self.refanged().unwrap_or_else(|| self.span.of(text))
    }

    /// The real address of a defanged URL.
    pub(crate) fn refanged(&self) -> Option<&str> {
        self.odd.as_ref()?.refanged.as_deref()
    }

    /// Why it is no valid address, if it means to be one and is none.
    pub(crate) fn malformed(&self) -> Option<&'static str> {
        self.odd.as_ref()?.malformed
    }

    /// The same in a text that has as many bytes before it.
    pub(crate) fn moved(self, bytes: usize) -> Self {
        Self { span: self.span.moved(bytes), reach: self.reach + bytes, ..self }
    }

    /// The same, no valid address, if something is wrong with it.
    fn with_problem(self, malformed: Option<&'static str>) -> Self {
        if malformed.is_none() {
            return self;
        }
        Self { odd: Some(Box::new(Odd { malformed, ..Odd::default() })), ..self }
    }

    fn new(start: usize, extent: extent::Extent, kind: LinkKind) -> Self {
        Self {
            span: Span::new(start, extent.end),
            reach: extent.reach,
            kind,
            incomplete: false,
            odd: None,
        }
    }
}

/// Finds the URLs of a text, in order; no two overlap.
pub(crate) fn find(text: &str) -> impl Iterator<Item = Bare> {
    seeds(text).filter(|bare| !bare.incomplete)
}

/// Finds URLs and the beginnings of such as a line end may have broken.
pub(crate) fn seeds(text: &str) -> Seeds<'_> {
    Seeds { text, next: 0, floor: 0 }
}

/// Reads the URL with a scheme that `text` begins with.
pub(crate) fn at_start(text: &str) -> Option<Bare> {
    let colon = memchr::memchr(b':', text.as_bytes().get(..text.len().min(8))?)?;
    let found = Seeds { text, next: 0, floor: 0 }.at_colon(colon)?;
    (found.span.start == 0).then_some(found)
}

/// Whether the public suffix list knows the host's ending.
pub(crate) fn is_known_host(host: &str) -> bool {
    host.contains('.') && host::is_known(host)
}

/// The iterator of [`seeds`].
pub(crate) struct Seeds<'t> {
    text: &'t str,
    /// Where the search goes on.
    next: usize,
    /// What lies before it is read and settled.
    floor: usize,
}

impl Iterator for Seeds<'_> {
    type Item = Bare;

    fn next(&mut self) -> Option<Bare> {
        let bytes = self.text.as_bytes();
        loop {
            let at = self.next + next_mark(bytes.get(self.next..)?)?;
            self.next = at + 1;
            let found =
                if bytes.get(at) == Some(&b':') { self.at_colon(at) } else { self.at_dot(at) };
            if let Some(bare) = found.filter(|bare| !bare.span.is_empty()) {
                self.floor = bare.span.end;
                self.next = self.floor.max(at + 1);
                return Some(bare);
            }
        }
    }
}

/// Where the next colon stands, or the next dot that ends no word.
fn next_mark(bytes: &[u8]) -> Option<usize> {
    // Most pieces of a text hold none; the compiler looks at all bytes of a piece at once.
    let piece = |at: usize| bytes.get(at..)?.first_chunk::<32>();
    let mut at = 0;
    while let (Some(piece), Some(after)) = (piece(at), piece(at + 1)) {
        // Numbers are what it does not branch on.
        let mut marks = 0;
        for (&byte, &next) in piece.iter().zip(after) {
            marks |= u8::from(byte == b':') | u8::from(byte == b'.') & u8::from(next > b' ');
        }
        if marks > 0 {
            break;
        }
        at += piece.len();
    }
    let rest = bytes.get(at..)?;
    let is_mark = |&found: &usize| match rest.get(found..) {
        Some([b'.', next, ..]) => *next > b' ',
        Some([b':', ..]) => true,
        _ => false,
    };
    memchr::memchr2_iter(b':', b'.', rest).find(is_mark).map(|found| at + found)
}

/// The schemes of addresses that can stand in an article's text.
const SCHEMES: &[&str] = &["https", "http", "ftp", "ftps", "file"];

impl Seeds<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// A colon may end a scheme.
    fn at_colon(&mut self, colon: usize) -> Option<Bare> {
        let before = colon.checked_sub(1).and_then(|at| self.byte(at))?;
        match self.byte(colon + 1) {
            Some(b'/' | b'\\' | b']' | b')') => {}
            // A line end, or a space before the slashes, may have broken it here.
            Some(b' ' | b'\n' | b'\r' | b'\t' | 0x0C) | None => {
                return may_end_scheme(before).then(|| self.cut_scheme(colon))?;
            }
            Some(_) => return None,
        }
        if let Some(found) = defang::at_colon(self.text, self.floor, colon) {
            return Some(found);
        }
        let start = self.word_start(colon);
        let word = self.text.get(start..colon)?;
        let scheme = scheme_in(word);
        if let Some(found) = scheme.is_none().then(|| self.split_scheme(colon)).flatten() {
            return Some(found);
        }
        if !before.is_ascii_alphabetic() || matches!(self.byte(colon + 1), Some(b']' | b')')) {
            return None;
        }
        match scheme {
            Some(scheme) => self.with_scheme(colon - scheme.len(), colon),
            None => self.misspelt(start, colon),
        }
    }

    /// Where the letters before a colon begin; no scheme has more than 12.
    fn word_start(&self, colon: usize) -> usize {
        let floor = self.floor.max(colon.saturating_sub(12));
        let letters = self.text.as_bytes().get(floor..colon).unwrap_or_default();
        let count = letters.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        colon - count
    }

    /// `http:` or `https:` with white space after it and `//` after that.
    fn cut_scheme(&self, colon: usize) -> Option<Bare> {
        let start = self.word_start(colon);
        let scheme = scheme_in(self.text.get(start..colon)?).filter(|scheme| scheme.len() > 3)?;
        let rest = self.text.get(colon + 1..)?;
        let near = rest.get(..rest.len().min(200)).unwrap_or(rest);
        if !near.trim_start().starts_with("//") {
            return None;
        }
        Some(Self::incomplete(colon - scheme.len(), colon + 1))
    }

    /// `htt` at a line end with `p://`, which ends with no scheme, on the next line.
    fn split_scheme(&self, colon: usize) -> Option<Bare> {
        if !self.text.get(colon..)?.starts_with("://") {
            return None;
        }
        let letters = self.word_start(colon);
        let tail = self.text.get(letters..colon)?;
        let floor = self.floor.max(letters.saturating_sub(120));
        let before = self.text.as_bytes().get(floor..letters)?;
        let gap = before.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        if tail.len() > 5 || !before.iter().rev().take(gap).any(|&byte| byte == b'\n') {
            return None;
        }
        let end = letters - gap;
        let count =
            before.iter().rev().skip(gap).take_while(|b| b.is_ascii_alphabetic()).take(6).count();
        let head = self.text.get(end - count..end)?;
        let whole = format!("{head}{tail}").to_ascii_lowercase();
        (!head.is_empty() && (whole == "http" || whole == "https"))
            .then(|| Self::incomplete(end - count, end))
    }

    fn incomplete(start: usize, end: usize) -> Bare {
        let extent = extent::Extent { end, reach: end };
        Bare { incomplete: true, ..Bare::new(start, extent, LinkKind::Bare) }
    }

    fn with_scheme(&mut self, start: usize, colon: usize) -> Option<Bare> {
        if self.byte(start.wrapping_sub(1)) == Some(b'_') && self.is_name(start - 1) {
            return None;
        }
        let after = self.text.get(colon + 1..)?;
        let slashes = after.bytes().take_while(|&byte| byte == b'/').count();
        let from = colon + 1 + slashes;
        if self.text.get(start..colon).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file")) {
            return self.file(start, from, slashes);
        }
        if after.starts_with("\\\\") {
            return self.malformed(start, from + 2, "it has backslashes where slashes belong");
        }
        if slashes == 0 || self.byte(from).is_none_or(|byte| byte.is_ascii_whitespace()) {
            // `http:/` and `http://` at the end of a line, or before a space.
            return (slashes > 0).then(|| Self::incomplete(start, from));
        }
        if slashes != 2 {
            return self.malformed(start, from, "its scheme is not followed by two slashes");
        }
        self.authority(start, from)
    }

    /// Whether the underscore at `at` joins a word before it to what follows: `data_http://…`.
    fn is_name(&self, at: usize) -> bool {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let word = before.iter().rev().find(|&&byte| byte != b'_');
        word.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
    }

    fn authority(&mut self, start: usize, from: usize) -> Option<Bare> {
        let authority = host::read(self.text, from)?;
        if is_mail(self.text.get(from..authority.host)?) {
            self.floor = authority.end;
            self.next = self.next.max(authority.end);
            return None;
        }
        let host = self.text.get(authority.host..authority.host_end)?;
        let doubled = scheme_in(host).is_some_and(|scheme| scheme.len() == host.len())
            && self
                .text
                .get(authority.end..)
                .is_some_and(|rest| rest.starts_with(':') || rest.starts_with("//"));
        if doubled {
            return self.malformed_at(start, authority.end, "its scheme stands twice");
        }
        let extent = extent::measure(self.text, authority.end, self.before(start));
        // An underscore emphasises a URL only if one stands behind it, too.
        let is_emphasised = self.text.as_bytes().get(extent.end) == Some(&b'_');
        if self.before(start) == Some('_') && !is_emphasised {
            return None;
        }
        let extent = reach_of_host(self.text, authority.end, extent);
        Some(Bare::new(start, extent, LinkKind::Bare).with_problem(authority.problem))
    }

    fn file(&self, start: usize, from: usize, slashes: usize) -> Option<Bare> {
        let from = from.checked_sub(1).filter(|_| slashes >= 2)?;
        let extent = extent::measure(self.text, from, self.before(start));
        (extent.end > from + 1).then(|| Bare::new(start, extent, LinkKind::Bare))
    }

    /// Something that means to be a URL, if a host with a dot stands at `from`.
    fn malformed(&self, start: usize, from: usize, why: &'static str) -> Option<Bare> {
        let authority = host::read(self.text, from)?;
        let host = self.text.get(authority.host..authority.host_end)?;
        (host.contains('.') && authority.problem.is_none() && host::is_known(host))
            .then(|| self.malformed_at(start, authority.end, why))?
    }

    fn malformed_at(&self, start: usize, from: usize, why: &'static str) -> Option<Bare> {
        // After a doubled scheme a colon and slashes follow, which begin no part of their own.
        let rest = self.text.get(from..)?;
        let skip = rest.len() - rest.trim_start_matches(':').len();
        let extent = extent::measure(self.text, from + skip, self.before(start));
        Some(Bare::new(start, extent, LinkKind::Bare).with_problem(Some(why)))
    }

    /// `htp://example.org`; other words before `://` are schemes of their own.
    fn misspelt(&self, start: usize, colon: usize) -> Option<Bare> {
        let word = self.text.get(start..colon)?;
        let bounded = !self
            .byte(start.wrapping_sub(1))
            .is_some_and(|byte| byte == b'_' || byte.is_ascii_digit());
        let slashes = self.text.get(colon + 1..)?.starts_with("//");
        (slashes && bounded && typo::scheme_meant(word).is_some())
            .then(|| self.malformed(start, colon + 3, "its scheme is misspelt"))?
    }

    /// A dot may stand in a host that has no scheme.
    fn at_dot(&mut self, dot: usize) -> Option<Bare> {
        // Most dots end a sentence.
        let after = self.byte(dot + 1).filter(|&byte| may_join(byte))?;
        let before = dot.checked_sub(1).and_then(|at| self.byte(at)).filter(|&b| may_join(b))?;
        if matches!(before, b'[' | b'(') || matches!(after, b']' | b')') {
            return defang::at_dot(self.text, self.floor, dot);
        }
        let run = schemeless::run(self.text, self.floor, dot);
        if let Some(found) = self.without_colon(run.start) {
            return Some(found);
        }
        let found = schemeless::read(self.text, run, self.before(run.start));
        if found.is_none() {
            // What stands before `[.]` is read again when that dot is reached.
            let goes_on =
                self.text.get(run.end..).is_some_and(|rest| rest.starts_with(['[', '(', '{']));
            self.floor = if goes_on { self.floor } else { run.end };
            self.next = self.next.max(run.end);
        }
        found
    }

    /// `http//example.org`: a scheme that lacks its colon, before a host that begins at `host`.
    fn without_colon(&self, host: usize) -> Option<Bare> {
        let slashes = host.checked_sub(2).filter(|at| *at > self.floor)?;
        if self.text.as_bytes().get(slashes..host) != Some(b"//") {
            return None;
        }
        let start = self.word_start(slashes);
        let scheme = self.text.get(start..slashes)?.to_ascii_lowercase();
        let is_bounded = self.before(start).is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '<' | '[' | '"' | '\'' | '“' | '‘' | ':')
        });
        let is_scheme = matches!(scheme.as_str(), "http" | "https");
        (is_scheme && is_bounded)
            .then(|| self.malformed(start, host, "the colon after its scheme is missing"))?
    }

    /// The character right before an offset.
    fn before(&self, start: usize) -> Option<char> {
        match start.checked_sub(1).and_then(|at| self.byte(at))? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text.get(..start)?.chars().next_back(),
        }
    }
}

/// Whether a byte beside a dot may make it part of a host.
const fn may_join(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'[' | b']' | b'(' | b')')
}

/// After a bare host, a dot or a colon before a line end may be the URL's own.
fn reach_of_host(text: &str, end: usize, extent: extent::Extent) -> extent::Extent {
    let rest = text.get(extent.reach..).unwrap_or_default();
    let soft = rest.len() - rest.trim_start_matches(['.', ':']).len();
    let reach = if extent.end == end { extent.reach + soft } else { extent.reach };
    extent::Extent { reach, ..extent }
}

/// Whether any scheme ends with a letter: most colons in a sentence follow on other words.
const fn may_end_scheme(letter: u8) -> bool {
    matches!(letter | 0x20, b's' | b'p' | b'e')
}

/// The scheme that a word ends with; a word in front may stick to it where a space was lost.
fn scheme_in(word: &str) -> Option<&'static str> {
    // Nearly all are written in lower case.
    match word {
        "https" => return Some("https"),
        "http" => return Some("http"),
        _ if !word.bytes().next_back().is_some_and(may_end_scheme) => return None,
        _ => {}
    }
    let ends = |scheme: &&&str| {
        word.len()
            .checked_sub(scheme.len())
            .and_then(|at| word.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    };
    let whole = |scheme: &&&str| word.eq_ignore_ascii_case(scheme);
    SCHEMES.iter().find(whole).or_else(|| SCHEMES.iter().take(2).find(ends)).copied()
}

/// `john.smith@` without a password is a mail address that somebody put `http://` before.
fn is_mail(user_info: &str) -> bool {
    user_info.contains('.') && !user_info.contains(':')
}
