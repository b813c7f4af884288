//! An entry of a feed: what its elements say, made one document.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use scraper::Html;
use url::Url;

use super::markup::{Vocabulary, XHTML, attribute, decoded};
use super::{Root, position, reader};
use crate::model::{Document, Envelope, Media};
use crate::read::headline;

/// What an entry is read with.
pub(super) struct Context<'a> {
    /// The feed as the user named it.
    pub name: &'a str,
    /// Which entry of the feed it is, from one.
    pub number: usize,
    pub root: &'a Root,
}

impl Context<'_> {
    /// Reads the rest of an entry that begins with `tag`; `text` is what the reader reads.
    pub(super) fn read(
        &self,
        reader: &mut Reader<&[u8]>,
        text: &str,
        tag: &BytesStart<'_>,
    ) -> Result<Document, String> {
        let mut fields = Fields::of(tag, self.root.base.as_ref());
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(inner) if self.root.vocabularies.is_entry(inner.name()) => {
                    return Err("the next entry begins before this one ends".to_owned());
                }
                Event::Start(inner) => {
                    let inside = inside(reader, text, &inner)?;
                    self.take(&mut fields, &inner, inside);
                }
                Event::Empty(inner) => self.take(&mut fields, &inner, ""),
                Event::End(end) if end.name() == tag.name() => return Ok(self.document(fields)),
                Event::Eof => return Err("the entry does not end".to_owned()),
                _ => {}
            }
        }
    }

    fn take(&self, fields: &mut Fields, tag: &BytesStart<'_>, inside: &str) {
        let name = tag.name();
        let local = name.local_name();
        match (self.root.vocabularies.of(name), local.as_ref()) {
            (Vocabulary::Feed, local) => fields.take(local, tag, inside),
            (Vocabulary::Content, "encoded") => {
                set(&mut fields.content, as_html(decoded(inside)));
            }
            (Vocabulary::Xhtml, "body" | "div") => set(&mut fields.content, page(tag, inside)),
            (Vocabulary::DublinCore, "title") => set(&mut fields.title, line(inside)),
            (Vocabulary::DublinCore, "date" | "issued" | "created") => {
                set(&mut fields.published, line(inside));
            }
            (Vocabulary::DublinCore, "modified") | (Vocabulary::Sitemap, "lastmod") => {
                set(&mut fields.updated, line(inside));
            }
            (Vocabulary::Sitemap, "loc") => set(&mut fields.link, line(inside)),
            (Vocabulary::News, "news") => self.take_news(fields, inside),
            _ => {}
        }
    }

    /// Takes in what a sitemap says of a piece of news: its elements stand in one of their own.
    fn take_news(&self, fields: &mut Fields, news: &str) {
        let mut reader = reader(news);
        while let Ok(event) = reader.read_event() {
            let tag = match event {
                Event::Start(tag) => tag,
                Event::Eof => break,
                _ => continue,
            };
            let Ok(inside) = inside(&mut reader, news, &tag) else { break };
            let name = tag.name();
            match (self.root.vocabularies.of(name), name.local_name().as_ref()) {
                (Vocabulary::News, "publication_date") => set(&mut fields.published, line(inside)),
                (Vocabulary::News, "title") => set(&mut fields.title, line(inside)),
                _ => {}
            }
        }
    }

    fn document(&self, fields: Fields) -> Document {
        let (media, text) =
            fields.content.or(fields.summary).unwrap_or((Media::Text, String::new()));
        let text = headline::put_before(&text, &fields.title.unwrap_or_default(), media);
        let mut document = Document::new(self.name, media, text);
        let link = fields.link.or(fields.permanent_link);
        document.url = link.as_deref().and_then(|link| address(link, fields.base.as_ref()));
        document.base = fields.content_base.or(fields.base);
        document.id = Some(fields.id.or(link).unwrap_or_else(|| self.number.to_string()));
        document.envelope =
            Some(Envelope::FeedEntry { published: fields.published, updated: fields.updated });
        document
    }
}

/// Reads to the end of an element that begins with `tag`, and gives what stands in it.
fn inside<'t>(
    reader: &mut Reader<&[u8]>,
    text: &'t str,
    tag: &BytesStart<'_>,
) -> Result<&'t str, String> {
    let start = position(reader);
    let span = reader.read_to_end(tag.name()).map_err(|error| error.to_string())?;
    let end = usize::try_from(span.end).unwrap_or(usize::MAX);
    Ok(text.get(start..end).unwrap_or_default())
}

/// What an entry says of itself.
#[derive(Default)]
struct Fields {
    title: Option<String>,
    id: Option<String>,
    link: Option<String>,
    /// An identifier that is an address.
    permanent_link: Option<String>,
    content: Option<(Media, String)>,
    summary: Option<(Media, String)>,
    published: Option<String>,
    updated: Option<String>,
    /// What relative references resolve against (XML Base), and those in the content.
    base: Option<Url>,
    content_base: Option<Url>,
}

impl Fields {
    fn of(tag: &BytesStart<'_>, base: Option<&Url>) -> Self {
        Self {
            // RSS 1.0 names an entry so.
            id: attribute(tag, "rdf:about"),
            base: based(tag, base),
            ..Self::default()
        }
    }

    /// Takes in an element of RSS or Atom; of two that say the same, the first counts.
    fn take(&mut self, name: &str, tag: &BytesStart<'_>, inside: &str) {
        match name {
            "title" => set(&mut self.title, title(tag, inside)),
            "id" => set(&mut self.id, line(inside)),
            "guid" => self.take_guid(tag, inside),
            "link" => set(&mut self.link, link(tag, inside)),
            "description" => set(&mut self.summary, as_html(decoded(inside))),
            "summary" => set(&mut self.summary, body(tag, inside)),
            "content" => {
                self.content_base = based(tag, self.base.as_ref());
                set(&mut self.content, body(tag, inside));
            }
            "body" if attribute(tag, "xmlns").is_some_and(|space| space.contains(XHTML)) => {
                set(&mut self.content, page(tag, inside));
            }
            "pubDate" | "published" | "issued" => set(&mut self.published, line(inside)),
            "updated" | "modified" => set(&mut self.updated, line(inside)),
            _ => {}
        }
    }

    /// An identifier of RSS 2.0 is the entry's address unless it says that it is not.
    fn take_guid(&mut self, tag: &BytesStart<'_>, inside: &str) {
        let guid = line(inside);
        let is_link = attribute(tag, "isPermaLink").is_none_or(|value| value != "false");
        if is_link {
            set(&mut self.permanent_link, guid.clone().filter(|guid| guid.contains("://")));
        }
        set(&mut self.id, guid);
    }
}

fn set<T>(field: &mut Option<T>, value: Option<T>) {
    if field.is_none() {
        *field = value;
    }
}

/// What references resolve against in an element.
fn based(tag: &BytesStart<'_>, base: Option<&Url>) -> Option<Url> {
    let own = attribute(tag, "xml:base").and_then(|own| address(&own, base));
    own.or_else(|| base.cloned())
}

fn address(text: &str, base: Option<&Url>) -> Option<Url> {
    Url::options().base_url(base).parse(text).ok()
}

/// A value of one line.
fn line(inside: &str) -> Option<String> {
    Some(decoded(inside).trim().to_owned()).filter(|value| !value.is_empty())
}

/// The address of the entry itself: Atom states it in an attribute, RSS as text.
fn link(tag: &BytesStart<'_>, inside: &str) -> Option<String> {
    let is_own = attribute(tag, "rel").is_none_or(|relation| relation == "alternate");
    is_own.then(|| attribute(tag, "href").or_else(|| line(inside))).flatten()
}

/// A title in plain words. RSS does not say whether its titles are HTML, and both are common.
fn title(tag: &BytesStart<'_>, inside: &str) -> Option<String> {
    let text = line(inside)?;
    let is_plain = attribute(tag, "type").is_some_and(|kind| kind == "text");
    if is_plain || !text.contains(['<', '&']) {
        return Some(text);
    }
    Some(Html::parse_fragment(&text).root_element().text().collect())
}

/// A text construct of Atom (RFC 4287, section 3.1); what is no text is left out.
fn body(tag: &BytesStart<'_>, inside: &str) -> Option<(Media, String)> {
    let kind = attribute(tag, "type").map(|kind| kind.to_ascii_lowercase());
    match kind.as_deref() {
        Some("xhtml" | "application/xhtml+xml") => as_html(inside.to_owned()),
        Some("html" | "text/html") => as_html(decoded(inside)),
        None | Some("text" | "text/plain") => some_text(Media::Text, decoded(inside)),
        Some(_) => None,
    }
}

/// A text that is a page of its own (`xhtml:body`): its elements without the prefix that the feed
/// gives them.
fn page(tag: &BytesStart<'_>, inside: &str) -> Option<(Media, String)> {
    let name = tag.name();
    let Some(prefix) = name.prefix() else { return as_html(inside.to_owned()) };
    let (start, end) =
        (format!("<{}:", prefix.into_inner()), format!("</{}:", prefix.into_inner()));
    as_html(inside.replace(&start, "<").replace(&end, "</"))
}

/// HTML, or plain text where it has no markup: then bare addresses in it are links.
fn as_html(text: String) -> Option<(Media, String)> {
    let media = if text.contains(['<', '&']) { Media::Html } else { Media::Text };
    some_text(media, text)
}

fn some_text(media: Media, text: String) -> Option<(Media, String)> {
    (!text.trim().is_empty()).then_some((media, text))
}
