//! Inline markup of `AsciiDoc`: macros, addresses, attributes, literals and what is escaped.

use std::ops::Range;

use super::attributes;
use super::reader::Reader;
use crate::extract::lightweight::{New, Run};
use crate::model::{Fragment, LinkKind, Role};

/// Cross references are not longer, in bytes.
const LONGEST_REFERENCE: usize = 400;

/// Reads a run of words.
pub(super) fn read(reader: &mut Reader<'_>, run: &Run<'_>) {
    Scanner { reader, run, text: &run.text, at: 0, from: 0, ended: [false; 5], word_end: 0 }.scan();
}

struct Scanner<'a, 's, 't> {
    reader: &'a mut Reader<'t>,
    run: &'a Run<'s>,
    text: &'a str,
    at: usize,
    /// Where the words begin that have not been looked at for addresses.
    from: usize,
    /// The marks of which no further end stands in the text.
    ended: [bool; 5],
    /// Where the word ends that was looked at last.
    word_end: usize,
}

impl Scanner<'_, '_, '_> {
    fn scan(&mut self) {
        let bytes = self.text.as_bytes();
        let is_mark = |byte: &u8| matches!(byte, b'\\' | b'`' | b'+' | b'<' | b':' | b'{' | b'$');
        while let Some(found) = bytes.get(self.at..).and_then(|rest| rest.iter().position(is_mark))
        {
            self.at += found;
            match bytes.get(self.at) {
                Some(b'\\') => self.escape(),
                Some(b'`') => self.literal(&[("``", 0, false), ("`", 1, true)]),
                Some(b'+') => {
                    self.literal(&[("+++", 2, false), ("++", 3, false), ("+", 4, true)]);
                }
                Some(b'<') => self.reference(),
                Some(b':') => self.colon(),
                Some(b'{') => self.attribute(),
                _ => self.at += 1,
            }
        }
        self.words(self.text.len());
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Looks for addresses in the words before a place.
    fn words(&mut self, end: usize) {
        if self.from < end {
            self.reader.gathered.bare(self.run, self.from..end);
        }
    }

    /// Looks at the words before `start`, and goes on at `end`.
    fn cut(&mut self, start: usize, end: usize) {
        self.words(start.max(self.from));
        (self.from, self.at) = (end, end);
    }

    /// A backslash takes an address or a reference its meaning.
    fn escape(&mut self) {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let length = if begins_address(rest)
            || ["link:", "xref:", "mailto:"].iter().any(|name| rest.starts_with(name))
        {
            rest.find(char::is_whitespace).unwrap_or(rest.len())
        } else {
            attributes::reference(rest).map_or(0, |(_, length)| length)
        };
        if length > 0 {
            self.cut(self.at, self.at + 1 + length);
        } else {
            self.at += 1;
        }
    }

    /// What stands between two marks, which are tried longest first.
    fn literal(&mut self, marks: &[(&str, usize, bool)]) {
        let start = self.at;
        for (mark, index, constrained) in marks {
            if !self.rest().starts_with(mark) || self.ended.get(*index) == Some(&true) {
                continue;
            }
            let from = start + mark.len();
            if *constrained && !self.may_open(start, from) {
                continue;
            }
            match self.closing(mark, from, *constrained) {
                Some(end) => return self.cut(start, end + mark.len()),
                None => {
                    if let Some(ended) = self.ended.get_mut(*index) {
                        *ended = true;
                    }
                }
            }
        }
        let sign = self.rest().chars().next().unwrap_or(' ');
        self.at += self.rest().len() - self.rest().trim_start_matches(sign).len();
    }

    fn may_open(&self, start: usize, from: usize) -> bool {
        let before = self.text.get(..start).and_then(|before| before.chars().next_back());
        let after = self.text.get(from..).and_then(|after| after.chars().next());
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | ';' | ':' | '}');
        !before.is_some_and(is_word) && after.is_some_and(|after| !after.is_whitespace())
    }

    /// Where the next such mark stands that closes.
    fn closing(&self, mark: &str, from: usize, constrained: bool) -> Option<usize> {
        let rest = self.text.get(from..)?;
        let mut places = memchr::memmem::find_iter(rest.as_bytes(), mark.as_bytes());
        let closes = |at: &usize| {
            let before = rest.get(..*at).unwrap_or_default();
            let after = rest.get(at + mark.len()..).and_then(|after| after.chars().next());
            !before.is_empty()
                && !before.ends_with(char::is_whitespace)
                && !after.is_some_and(|after| after.is_alphanumeric() || after == '_')
        };
        places.find(|at| !constrained || closes(at)).map(|at| from + at)
    }

    /// `<<id,words>>`, `<<file.adoc#id>>`.
    fn reference(&mut self) {
        let start = self.at;
        let inside = self.rest().strip_prefix("<<").and_then(|rest| {
            let near = rest.get(..rest.floor_char_boundary(LONGEST_REFERENCE))?;
            near.get(..near.find(">>")?)
        });
        let Some(inside) = inside.filter(|inside| !inside.is_empty()) else {
            self.at += 1;
            return;
        };
        let (target, words) = inside.split_once(',').unwrap_or((inside, ""));
        let (target, words) = (target.trim_end().to_owned(), words.to_owned());
        let end = start + 4 + inside.len();
        self.cut(start, end);
        self.cross(start + 2, &target, &words);
    }

    /// A reference to a place in this text, or to another one of the kind.
    fn cross(&mut self, start: usize, target: &str, words: &str) {
        let span = self.run.place(start..start + target.len());
        let Some(address) = self.reader.attributes.resolved(target) else { return };
        // Antora's modules and components are no folders.
        let is_file = address.contains(".adoc") && !address.contains([':', '$', '@']);
        if is_file {
            self.link(span.start..span.end, start, &address, words);
        } else if target.starts_with('#') && !target.contains('{') {
            let region = self.reader.gathered.region();
            self.reader.gathered.found.fragments.push(Fragment { span, region });
        }
    }

    /// A colon ends the name of a macro or a scheme.
    fn colon(&mut self) {
        let colon = self.at;
        self.at += 1;
        let floor = colon.saturating_sub(9).max(self.from);
        let before = self.text.as_bytes().get(floor..colon).unwrap_or_default();
        let letters = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let start = colon - letters;
        let name = self.text.get(start..colon).unwrap_or_default();
        match name {
            "http" | "https" | "ftp" | "file" | "irc" => self.address(start),
            "link" | "xref" | "mailto" => self.macro_of(name, start, colon + 1),
            "image" => {
                let twice = usize::from(self.rest().starts_with(':'));
                self.picture(start, colon + 1 + twice);
            }
            "pass" | "stem" | "latexmath" | "asciimath" | "kbd" | "btn" => {
                self.passed(start, colon + 1);
            }
            _ => {}
        }
    }

    /// An address with its scheme: with words in brackets, or bare.
    fn address(&mut self, start: usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        if !begins_address(rest) {
            return;
        }
        let before = self.text.get(..start).and_then(|before| before.chars().next_back());
        let opens = |c: char| c.is_whitespace() || "<>()[];\"'|*_#".contains(c);
        if !before.is_none_or(opens) {
            return;
        }
        self.target(start);
    }

    /// Takes the address that begins at a place, if words in brackets follow or attributes stand in it.
    fn target(&mut self, start: usize) {
        // A word that holds one address after another is looked at once.
        if start < self.word_end {
            return;
        }
        let rest = self.text.get(start..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>');
        let length = rest.find(ends).unwrap_or(rest.len());
        let written = rest.get(..length).unwrap_or_default();
        let words = bracketed(rest.get(length..).unwrap_or_default());
        if words.is_none() && !written.contains('{') {
            self.word_end = start + length;
            return;
        }
        let written = if words.is_some() {
            written
        } else {
            written.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\''])
        };
        let end = start + length + words.map_or(0, |words| words.len() + 2);
        let (written, words) = (written.to_owned(), words.unwrap_or_default().to_owned());
        let resolved = self.reader.attributes.resolved(&written);
        self.cut(start, end);
        let Some(address) = resolved.filter(|address| begins_address(address)) else { return };
        // The value of an attribute may bring its own words.
        let (address, own) = address.split_once('[').unwrap_or((&address, ""));
        let words = if own.is_empty() { words } else { own.trim_end_matches(']').to_owned() };
        let place = self.run.place(start..start + written.len());
        self.link(place.start..place.end, start, address, &words);
    }

    fn link(&mut self, place: Range<usize>, start: usize, address: &str, words: &str) {
        let before = self.text.get(..start).unwrap_or_default();
        let role = self.reader.gathered.role(before);
        let region = self.reader.gathered.region();
        let span = crate::model::Span::new(place.start, place.end);
        let text = &shown(words);
        self.reader.gathered.link(New {
            kind: LinkKind::Anchor,
            span,
            address,
            text,
            role,
            region,
        });
    }

    /// `link:target[words]`, `xref:target[words]`, `mailto:name[words]`.
    fn macro_of(&mut self, name: &str, start: usize, from: usize) {
        let rest = near(self.text, from);
        let (lead, target) = match rest.strip_prefix("++").and_then(|rest| rest.split_once("++[")) {
            Some((target, _)) if !target.contains(char::is_whitespace) => (2, target),
            _ => {
                (0, rest.split(|c: char| c.is_whitespace() || c == '[').next().unwrap_or_default())
            }
        };
        let after = lead * 2 + target.len();
        let Some(words) = bracketed(rest.get(after..).unwrap_or_default()) else { return };
        let (target, words) = (target.to_owned(), words.to_owned());
        let end = from + after + words.len() + 2;
        self.cut(start, end);
        match name {
            "xref" => self.cross(from, &target, &words),
            "link" if !target.is_empty() => {
                let address = if lead > 0 {
                    Some(target.clone())
                } else {
                    self.reader.attributes.resolved(&target)
                };
                let Some(address) = address else { return };
                let place = self.run.place(from + lead..from + lead + target.len());
                self.link(place.start..place.end, start, &address, &words);
            }
            _ => {}
        }
    }

    /// `image:target[words,link=address]`. A local one lies where the main text says.
    fn picture(&mut self, start: usize, from: usize) {
        let rest = near(self.text, from);
        let target = rest.split(['[', '\n']).next().unwrap_or_default();
        let Some(inside) = bracketed(rest.get(target.len()..).unwrap_or_default()) else { return };
        let inner = from + target.len() + 1;
        let (target, inside) = (target.to_owned(), inside.to_owned());
        self.cut(start, inner + inside.len() + 1);
        let words = shown(&inside);
        let region = self.reader.gathered.region();
        if let Some(address) =
            self.reader.attributes.resolved(&target).filter(|a| begins_address(a))
        {
            let span = self.run.place(from..from + target.len());
            let (kind, role) = (LinkKind::Embed, Role::Media);
            let new = New { kind, span, address: &address, text: &words, role, region };
            self.reader.gathered.link(new);
        }
        if let Some((at, value)) = named(&inside, "link") {
            let address = self.reader.attributes.resolved(value);
            let span = self.run.place(inner + at..inner + at + value.len());
            if let Some(address) = address.filter(|address| begins_address(address)) {
                self.link(span.start..span.end, start, &address, &words);
            }
        }
    }

    /// `pass:[…]`, which is read by no one.
    fn passed(&mut self, start: usize, from: usize) {
        let rest = near(self.text, from);
        let modes = rest.find(|c: char| !c.is_ascii_alphabetic() && c != ',').unwrap_or(rest.len());
        if let Some(inside) = bracketed(rest.get(modes..).unwrap_or_default()) {
            let end = from + modes + inside.len() + 2;
            self.cut(start, end);
        }
    }

    /// `{name}`, which may be an address or the beginning of one.
    fn attribute(&mut self) {
        let start = self.at;
        let Some((_, length)) = attributes::reference(self.rest()) else {
            self.at += 1;
            return;
        };
        let reference = self.rest().get(..length).unwrap_or_default();
        match self.reader.attributes.resolved(reference) {
            Some(value) if begins_address(&value) => self.target(start),
            Some(_) => self.at += length,
            // Nobody knows what is meant, up to the next space.
            None => {
                let rest = self.rest();
                let end = start
                    + rest.find(|c: char| c.is_whitespace() || c == '[').unwrap_or(rest.len());
                self.cut(start, end);
            }
        }
        self.at = self.at.max(start + 1);
    }
}

/// What follows a place, as far as a macro can reach.
fn near(text: &str, from: usize) -> &str {
    const LONGEST: usize = 2_000;
    text.get(from..text.floor_char_boundary(from + LONGEST)).unwrap_or_default()
}

fn begins_address(text: &str) -> bool {
    ["http://", "https://", "ftp://", "file://", "irc://"]
        .iter()
        .any(|scheme| text.starts_with(scheme) && text.len() > scheme.len())
}

/// What stands between the brackets that a text begins with; a backslash guards one.
fn bracketed(text: &str) -> Option<&str> {
    const LONGEST: usize = 2_000;
    let rest = text.strip_prefix('[')?;
    let near = rest.get(..rest.floor_char_boundary(LONGEST))?;
    let bytes = near.as_bytes();
    let end = memchr::memchr_iter(b']', bytes)
        .find(|at| at.checked_sub(1).and_then(|at| bytes.get(at)) != Some(&b'\\'))?;
    near.get(..end)
}

/// The words of a macro: the first of its attributes, without its quotes.
fn shown(inside: &str) -> String {
    let quoted = inside.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let first = match quoted {
        Some((words, _)) => words,
        None if inside.contains('=') => {
            let first = inside.split(',').next().unwrap_or_default();
            if first.contains('=') { "" } else { first }
        }
        None => inside,
    };
    first.trim().trim_end_matches('^').replace("\\]", "]")
}

/// The value of a named attribute, and where it begins: `link=https://…`.
fn named<'t>(inside: &'t str, name: &str) -> Option<(usize, &'t str)> {
    let mut at = 0;
    for part in inside.split_inclusive(',') {
        let trimmed = part.trim_start();
        let lead = part.len() - trimmed.len();
        if let Some(value) = trimmed.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
            let value = value.trim_end_matches(',').trim();
            let plain = value.trim_matches('"');
            let quote = usize::from(plain.len() < value.len());
            return Some((at + lead + name.len() + 1 + quote, plain));
        }
        at += part.len();
    }
    None
}
