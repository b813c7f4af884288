//! RSS 2.0, RSS 1.0 and Atom feeds: each entry is a document, read when it is asked for.
//!
//! So is each entry of a sitemap (sitemaps.org, with the news that Google adds): it has no text, but
//! says when a page came out and was changed.
//!
//! The feed's text is held, its entries are not. Entities that a document type declares are never
//! expanded and nothing outside is ever opened, so a feed can do no more than be wrong.

mod entry;
mod markup;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use self::entry::Context;
use self::markup::{Vocabularies, Vocabulary, attribute};
use super::{Documents, InputFormat, ReadError, Source, local};
use crate::decode::charset;
use crate::model::Document;

/// Feeds.
pub(super) const FORMAT: InputFormat = InputFormat {
    name: "feed",
    help: "an RSS or Atom feed or a sitemap, a document an entry",
    endings: &["rss", "atom"],
    open: |source, _| Box::new(std::iter::once_with(move || documents(source)).flatten()),
    unread: None,
};

/// What is broken may be noticed only at the feed's end, and what stands between is read again for
/// each such entry: at most so many times as much as the feed is long, so that it ends.
const MOST_AGAIN: usize = 16;

const HELP: &str = "check that the feed is whole and valid XML: a feed validator says more";

/// Whether bytes begin as a feed or a sitemap does.
pub(super) fn begins(head: &[u8]) -> bool {
    root(&String::from_utf8_lossy(head)).is_ok()
}

/// Whether bytes begin as a feed does, whose entries hold articles.
pub(super) fn holds_articles(head: &[u8]) -> bool {
    root(&String::from_utf8_lossy(head)).is_ok_and(|root| !root.is_sitemap)
}

fn documents(mut source: Source) -> Documents {
    let text = local::bytes(&mut source).map(|bytes| charset::decode(bytes, None, true));
    let feed = text.and_then(|text| Feed::new(source.name, text));
    match feed {
        Ok(feed) => Box::new(feed),
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

/// The element that a feed is.
struct Root {
    vocabularies: Vocabularies,
    base: Option<Url>,
    /// Where its content begins.
    content: usize,
    is_sitemap: bool,
}

/// A reader of a part of a feed; real feeds are not so well-formed that more could be asked.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// How far a reader has come.
fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The root of a feed, or what is wrong with it.
fn root(text: &str) -> Result<Root, String> {
    let text_from = text.len() - text.trim_start_matches('\u{FEFF}').trim_start().len();
    let mut reader = reader(text.get(text_from..).unwrap_or_default());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let vocabularies = Vocabularies::declared_by(&tag);
                if !is_feed(&tag, &vocabularies) {
                    return Err(format!("this is no feed: its root is `{}`", tag.name().0));
                }
                let base = attribute(&tag, "xml:base").and_then(|base| Url::parse(&base).ok());
                let is_sitemap = vocabularies.of(tag.name()) == Vocabulary::Sitemap;
                let content = text_from + position(&reader);
                return Ok(Root { vocabularies, base, content, is_sitemap });
            }
            Ok(Event::Text(words)) if !words.trim().is_empty() => break,
            Ok(Event::Empty(_) | Event::Eof | Event::CData(_) | Event::End(_)) => break,
            Ok(_) => {}
            Err(error) => return Err(format!("this is no feed: {error}")),
        }
    }
    Err("this is no feed: it does not begin as XML".to_owned())
}

fn is_feed(tag: &BytesStart<'_>, vocabularies: &Vocabularies) -> bool {
    let name = tag.name();
    match name.local_name().as_ref() {
        "rss" => true,
        "feed" => vocabularies.of(name) == Vocabulary::Feed,
        "urlset" => vocabularies.of(name) == Vocabulary::Sitemap,
        // RDF holds all sorts of things.
        "RDF" => vocabularies.declare_rss,
        _ => false,
    }
}

/// A feed that is being read.
struct Feed {
    name: String,
    text: String,
    root: Root,
    /// Where the next entry is looked for.
    at: usize,
    /// How many entries have been met.
    count: usize,
    /// How many bytes had to be read again.
    again: usize,
    /// The line at some place: the place and the number.
    lines: (usize, usize),
}

/// What is wrong, where it begins, and how far it was read to know it.
struct Broken {
    problem: String,
    start: usize,
    end: usize,
}

impl Feed {
    fn new(name: String, text: String) -> Result<Self, ReadError> {
        match root(&text) {
            Ok(root) => {
                let at = root.content;
                let (count, again, lines) = (0, 0, (0, 1));
                Ok(Self { name, text, root, at, count, again, lines })
            }
            Err(problem) => Err(ReadError::new(name, problem, HELP)),
        }
    }

    /// Reads the next entry, and moves on behind it.
    fn step(&mut self) -> Result<Option<Document>, Broken> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut reader = reader(rest);
        let mut start;
        let found = loop {
            start = self.at + position(&reader);
            match reader.read_event() {
                Ok(Event::Start(tag)) if self.root.vocabularies.is_entry(tag.name()) => {
                    self.count += 1;
                    let context =
                        Context { name: &self.name, number: self.count, root: &self.root };
                    break context.read(&mut reader, rest, &tag).map(Some);
                }
                Ok(Event::Eof) => break Ok(None),
                Ok(_) => {}
                Err(error) => break Err(error.to_string()),
            }
        };
        let end = self.at + position(&reader);
        let document = found.map_err(|problem| Broken { problem, start, end })?;
        self.at = end;
        Ok(document)
    }

    /// Says what is broken and goes to where an entry begins behind it.
    fn recover(&mut self, broken: &Broken) -> ReadError {
        let next = markup::next_entry(&self.text, broken.start + 1);
        self.again += broken.end.saturating_sub(next);
        let given_up = self.again / MOST_AGAIN > self.text.len();
        self.at = if given_up { self.text.len() } else { next };
        let rest = if given_up { "; so is too much else, and the rest is not read" } else { "" };
        let problem = format!("this part of the feed is broken: {}{rest}", broken.problem);
        ReadError::new(&self.name, problem, HELP).on_line(self.line(broken.start))
    }

    /// The line of a place behind the one that was asked for before.
    fn line(&mut self, at: usize) -> usize {
        let (counted, line) = self.lines;
        let between = self.text.as_bytes().get(counted..at).unwrap_or_default();
        self.lines = (at.max(counted), line + memchr::memchr_iter(b'\n', between).count());
        self.lines.1
    }
}

impl Iterator for Feed {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.step() {
            Ok(document) => document.map(Ok),
            Err(broken) => Some(Err(self.recover(&broken))),
        }
    }
}

#[cfg(test)]
mod tests;
