//! The XML of feeds and sitemaps: whose an element is, and what stands in it.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::reader;

/// What an element's name means something in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS or Atom itself.
    Feed,
    /// The content module of RSS: `content:encoded`.
    Content,
    /// Dublin Core.
    DublinCore,
    /// A sitemap itself.
    Sitemap,
    /// The whole text as a page of its own.
    Xhtml,
    /// What sitemaps say of news.
    News,
    /// Anything else: podcasts, media, shops.
    Other,
}

/// The prefixes that a feed's root declares; few declare more farther in.
pub(super) struct Vocabularies {
    declared: Vec<(String, Vocabulary)>,
    /// Whether one of them is RSS.
    pub declare_rss: bool,
}

impl Vocabularies {
    pub(super) fn declared_by(root: &BytesStart<'_>) -> Self {
        let mut declared = Vec::new();
        let mut declare_rss = false;
        for attribute in root.attributes().with_checks(false).flatten() {
            let key = attribute.key.0;
            let Some(prefix) = key.strip_prefix("xmlns") else { continue };
            let prefix = prefix.strip_prefix(':').unwrap_or(prefix);
            declare_rss |= is_rss(&attribute.value);
            declared.push((prefix.to_owned(), named(&attribute.value)));
        }
        Self { declared, declare_rss }
    }

    /// Whose an element of that name is.
    pub(super) fn of(&self, name: QName<'_>) -> Vocabulary {
        let (_, prefix) = name.decompose();
        let prefix = prefix.map_or("", |prefix| prefix.into_inner());
        let declared = self.declared.iter().find(|(declared, _)| declared == prefix);
        declared.map_or_else(|| customary(prefix), |&(_, vocabulary)| vocabulary)
    }

    /// Whether an element is an entry of the feed.
    pub(super) fn is_entry(&self, name: QName<'_>) -> bool {
        match self.of(name) {
            Vocabulary::Feed => matches!(name.local_name().as_ref(), "item" | "entry"),
            Vocabulary::Sitemap => name.local_name().as_ref() == "url",
            _ => false,
        }
    }
}

/// Whether an entry of one of the vocabularies is named so.
fn is_entry_name(local: &str) -> bool {
    matches!(local, "item" | "entry" | "url")
}

fn is_rss(namespace: &str) -> bool {
    [
        "purl.org/rss/1.0/",
        "purl.org/net/rss1.1",
        "my.netscape.com/rdf/simple",
        "backend.userland.com/rss",
    ]
    .iter()
    .any(|known| namespace.contains(known))
        && !namespace.contains("/modules/")
}

/// What the namespace of XHTML holds.
pub(super) const XHTML: &str = "w3.org/1999/xhtml";

fn named(namespace: &str) -> Vocabulary {
    let has = |part: &str| namespace.contains(part);
    if has("purl.org/rss/1.0/modules/content") {
        Vocabulary::Content
    } else if has("purl.org/dc/") {
        Vocabulary::DublinCore
    } else if has("schemas/sitemap-news") {
        Vocabulary::News
    } else if has("sitemaps.org/schemas/sitemap/") || has("google.com/schemas/sitemap/") {
        Vocabulary::Sitemap
    } else if has(XHTML) {
        Vocabulary::Xhtml
    } else if is_rss(namespace) || has("w3.org/2005/Atom") || has("purl.org/atom/ns") {
        Vocabulary::Feed
    } else {
        Vocabulary::Other
    }
}

/// What a prefix means where the root does not declare it.
fn customary(prefix: &str) -> Vocabulary {
    match prefix {
        "" | "atom" => Vocabulary::Feed,
        "content" => Vocabulary::Content,
        "dc" | "dcterms" => Vocabulary::DublinCore,
        "news" => Vocabulary::News,
        "xhtml" => Vocabulary::Xhtml,
        _ => Vocabulary::Other,
    }
}

/// The place from `from` on at which a tag stands that could begin an entry, or the end.
pub(super) fn next_entry(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let starts = memchr::memchr_iter(b'<', rest).map(|at| from + at);
    let mut entries = starts.filter(|&at| begins_entry(text.get(at + 1..).unwrap_or_default()));
    entries.next().unwrap_or(text.len())
}

fn begins_entry(tag: &str) -> bool {
    /// Longer names are none of an entry's.
    const NAME: usize = 32;
    let head = tag.as_bytes().get(..NAME).unwrap_or(tag.as_bytes());
    let length = head.iter().position(|byte| byte.is_ascii_whitespace() || b">/".contains(byte));
    let name = length.and_then(|length| tag.get(..length)).unwrap_or_default();
    is_entry_name(name.rsplit(':').next().unwrap_or_default())
}

/// An attribute's value.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    let value = html_escape::decode_html_entities(found.value.trim()).into_owned();
    Some(value).filter(|value| !value.is_empty())
}

/// What the inside of an element says: sections and references decoded, elements as they stand.
///
/// Only the references that HTML knows are decoded, never what a document type declares.
pub(super) fn decoded(inside: &str) -> String {
    let mut text = String::with_capacity(inside.len());
    let mut reader = reader(inside);
    loop {
        let from = super::position(&reader);
        match reader.read_event() {
            Ok(Event::Text(words)) => text.push_str(&words.xml10_content()),
            Ok(Event::CData(words)) => text.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let reference = format!("&{};", &*reference);
                text.push_str(&html_escape::decode_html_entities(&reference));
            }
            Ok(Event::Start(_) | Event::End(_) | Event::Empty(_)) => {
                text.push_str(inside.get(from..super::position(&reader)).unwrap_or_default());
            }
            Ok(Event::Eof) => return text,
            Ok(_) => {}
            // The rest cannot be read as XML; it is kept as it is.
            Err(_) => {
                text.push_str(inside.get(from..).unwrap_or_default());
                return text;
            }
        }
    }
}
