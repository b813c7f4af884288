//! What the pass gathers while the page streams by: open elements, words, blocks, links and marks.

mod closing;
mod raw;

use crate::html::{self, Scanner, Token, is_space};
use crate::model::{MarkKind, Region, Span, TitleKind};

use super::attributes::{Attributes, Known};
use super::hints::{self, Hint, Names};
use super::links::{self, Found};
use super::marks::{self, Marks, Pending};
use super::section::Section;
use super::tag::Tag;
use super::tree::Tree;
use super::words::{Words, cut, folded};
use crate::extract::{Scope, in_markup};

/// Elements nested deeper are taken for part of the element around them.
const MAX_DEPTH: usize = 512;

/// Words of a heading beyond this length are not its name but what it was not closed before.
const MAX_HEADING: usize = 1024;

/// Links beyond this count are left out.
const MAX_LINKS: usize = 1 << 18;

/// Pages have about one block, one link and one mark in so many bytes; room is made for so many.
const BYTES_PER_ITEM: usize = 256;
const MAX_ROOM: usize = 4096;

/// An element whose end has not come yet.
#[derive(Debug)]
struct Open<'t> {
    name: &'t str,
    tag: Tag,
    /// The block that its words belong to.
    node: u32,
    /// Where its words begin among the gathered words.
    words: usize,
    /// Where its content begins in the source.
    content: usize,
    unseen: bool,
    /// Whether its words are in the page and shown to nobody.
    hidden: bool,
    is_link: bool,
    /// The link that it is, where that is kept.
    link: Option<usize>,
    /// What is to be noted of its words.
    pending: Vec<Pending>,
}

/// Whether an element hides its words; the page as a whole is only hidden until a script shows it.
fn hides(tag: Tag, attributes: &Attributes<'_>) -> bool {
    !matches!(tag, Tag::Html | Tag::Body | Tag::Main | Tag::Article) && attributes.hides()
}

/// A name that the page gives itself, and the block that it stands in.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) kind: TitleKind,
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) node: u32,
    pub(super) level: u8,
}

/// What raw content is good for.
#[derive(Clone, Copy, Debug)]
enum RawContent {
    Title,
    JsonLd,
    /// Markup for who runs no scripts.
    Noscript,
    Nothing,
}

/// The page as far as it has been read.
#[derive(Debug)]
pub(super) struct Page<'t> {
    text: &'t str,
    scope: Scope,
    /// What the last start tag's raw content is.
    raw: RawContent,
    open: Vec<Open<'t>>,
    open_links: usize,
    names: Names<'t>,
    section: Section,
    pub(super) words: Words,
    pub(super) tree: Tree,
    pub(super) links: Vec<Found<'t>>,
    pub(super) marks: Marks,
    /// Links to places of the page itself, with the block that each stands in.
    pub(super) fragments: Vec<(Span, u32)>,
    pub(super) named: Vec<Named>,
    pub(super) language: Option<&'t str>,
    pub(super) base: Option<&'t str>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str, scope: Scope) -> Self {
        let room = (text.len() / BYTES_PER_ITEM).min(MAX_ROOM);
        let links = if scope == Scope::Article { room } else { 0 };
        Self {
            text,
            scope,
            raw: RawContent::Nothing,
            open: Vec::new(),
            open_links: 0,
            names: Names::default(),
            section: Section::default(),
            words: Words::of_page(text.len()),
            tree: Tree::with_room(room),
            links: Vec::with_capacity(links),
            marks: Marks::with_room(room),
            fragments: Vec::new(),
            named: Vec::new(),
            language: None,
            base: None,
        }
    }

    /// Reads the whole page.
    pub(super) fn read(&mut self) {
        let mut scanner = Scanner::new(self.text);
        let mut attributes = Attributes::default();
        while let Some(token) = scanner.next(&mut attributes) {
            match token {
                Token::Text(span) => self.text(span),
                Token::Raw(span) => self.raw_content(span),
                Token::Start(tag) => self.start_tag(tag, &attributes),
                Token::End(tag) => self.end_tag(tag),
            }
        }
        self.close_from(0, self.text.len());
    }

    fn start_tag(&mut self, start: html::Tag<'t>, attributes: &Attributes<'t>) {
        let tag = Tag::of(start.packed);
        self.end_unsaid(tag, start.span.start);
        if tag.is_block() || tag == Tag::Br {
            self.end_run();
            self.section.fill();
        }
        let hint = self.hint(attributes);
        let node = self.node_for(tag, hint, attributes);
        self.note(tag, attributes, node);
        let next_link = self.links.len();
        let is_link = self.find_links(tag, attributes, node);
        if start.is_raw {
            self.raw = RawContent::of(tag, attributes);
        } else if !tag.is_void() {
            let hidden = self.is_hidden() || hides(tag, attributes);
            let mut pending = marks::pending(tag, attributes, hint);
            if hidden {
                pending = pending.into_iter().map(Pending::hidden).collect();
            }
            self.open(Open {
                name: start.name,
                tag,
                node,
                words: self.words.len(),
                content: start.span.end,
                unseen: self.is_unseen() || tag.is_unseen(),
                is_link,
                link: (is_link && self.links.len() > next_link).then_some(next_link),
                pending,
                hidden,
            });
        }
    }

    fn hint(&mut self, attributes: &Attributes<'t>) -> Hint {
        let mut said = |name| attributes.raw(name).map(|names| self.names.hint(names));
        let (class, id) = (said(Known::Class), said(Known::Id));
        class.unwrap_or_default().and(id.unwrap_or_default())
    }

    fn node(&self) -> u32 {
        self.open.last().map_or(0, |open| open.node)
    }

    fn is_unseen(&self) -> bool {
        self.open.last().is_some_and(|open| open.unseen)
    }

    fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|open| open.hidden)
    }

    /// The block that a start tag's words belong to: a new one if it begins one.
    fn node_for(&mut self, tag: Tag, hint: Hint, attributes: &Attributes<'_>) -> u32 {
        let node = self.node();
        let landmark = hints::landmark(tag, attributes.raw(Known::Role));
        if !tag.is_block() && hint.region.is_none() && landmark.is_none() {
            return node;
        }
        let named = Hint { region: landmark, ..Hint::default() };
        self.tree.add(node, tag, hint.and(named))
    }

    /// Notes what a start tag itself says.
    fn note(&mut self, tag: Tag, attributes: &Attributes<'t>, node: u32) {
        match tag {
            Tag::Html => self.language = attributes.raw(Known::Lang),
            Tag::Base if self.base.is_none() => self.base = attributes.raw(Known::Href),
            Tag::Meta => self.meta(attributes, node),
            Tag::A | Tag::Area => self.fragment(attributes, node),
            _ => {}
        }
    }

    fn fragment(&mut self, attributes: &Attributes<'t>, node: u32) {
        let reference = attributes.get(Known::Href).filter(|href| href.raw.starts_with('#'));
        if let Some(reference) = reference.filter(|_| self.fragments.len() < MAX_LINKS) {
            self.fragments.push((reference.span, node));
        }
    }

    fn meta(&mut self, attributes: &Attributes<'t>, node: u32) {
        let Some(content) = attributes.get(Known::Content) else { return };
        let names = [Known::Property, Known::Name, Known::Itemprop, Known::HttpEquiv];
        for name in names.into_iter().filter_map(|name| attributes.raw(name)) {
            let name = folded(name).to_lowercase();
            let content_words = folded(content.raw);
            if matches!(name.as_str(), "og:title" | "twitter:title" | "dc.title" | "headline") {
                self.name(TitleKind::Metadata, content_words.clone(), content.span, 0);
            }
            if name == "refresh" || name == "og:url" {
                self.keep_all(links::of_meta(&name, content, node));
            }
            self.marks.add(MarkKind::Meta { name, content: content_words }, content.span, node);
        }
    }

    fn name(&mut self, kind: TitleKind, text: String, span: Span, level: u8) {
        if !text.is_empty() && self.named.len() < 256 {
            self.named.push(Named { kind, text, span, node: self.node(), level });
        }
    }

    /// Finds the links of a start tag; says whether the words inside are those of a link.
    fn find_links(&mut self, tag: Tag, attributes: &Attributes<'t>, node: u32) -> bool {
        if self.links.len() >= MAX_LINKS {
            return false;
        }
        if tag == Tag::Img {
            self.picture(attributes);
        }
        let words = Span::new(self.words.len(), self.words.len());
        let section = self.section.role();
        let mut leads = false;
        let Self { scope, words: gathered, links, .. } = self;
        links::of_element(tag, attributes, |found| {
            leads = true;
            let found = Found { node, words, section, ..found };
            if found.is_within(*scope, gathered) {
                links.push(found);
            }
        });
        let is_link = leads && tag == Tag::A;
        if is_link {
            self.tree.add_link(node);
        }
        is_link
    }

    /// Keeps those of the links that are within the scope.
    fn keep_all(&mut self, found: impl IntoIterator<Item = Found<'t>>) {
        let Self { scope, words, links, .. } = self;
        links.extend(found.into_iter().filter(|found| found.is_within(*scope, words)));
    }

    /// A picture inside a link stands for words where there are none.
    fn picture(&mut self, attributes: &Attributes<'t>) {
        let link = self.open.iter().rev().find_map(|open| open.link);
        if let Some(found) = link.and_then(|link| self.links.get_mut(link)) {
            found.alt = found.alt.or(attributes.get(Known::Alt));
        }
    }

    fn open(&mut self, open: Open<'t>) {
        if self.open.len() < MAX_DEPTH {
            self.open_links += usize::from(open.is_link);
            self.open.push(open);
        }
    }

    fn is_in_picture(&self) -> bool {
        self.open.iter().any(|open| open.tag == Tag::Svg)
    }

    fn text(&mut self, span: Span) {
        if self.is_unseen() {
            return;
        }
        let text = span.of(self.text);
        let bytes = self.words.push(text, span.start);
        let node = self.node();
        self.tree.add_words(node, bytes, self.open_links > 0);
        if bytes > 0 && self.open_links == 0 && self.links.len() < MAX_LINKS {
            self.bare_urls(text, span.start, node);
        }
    }

    /// Finds the URLs that stand in the words themselves.
    fn bare_urls(&mut self, text: &'t str, offset: usize, node: u32) {
        let section = self.section.role();
        let Self { scope, words, links, .. } = self;
        // What names an address has a scheme or stands behind a colon.
        if *scope == Scope::Target && memchr::memchr(b':', text.as_bytes()).is_none() {
            return;
        }
        in_markup::find(text, offset, true, |found| {
            let found = Found { section, ..Found::in_text(found, node) };
            if found.is_within(*scope, words) {
                links.push(found);
            }
        });
    }

    /// Takes the words of an element that has ended.
    fn finish(&mut self, open: Open<'t>, end: usize) {
        self.open_links -= usize::from(open.is_link);
        if let Some(found) = open.link.and_then(|link| self.links.get_mut(link)) {
            found.words = Span::new(open.words, self.words.len());
        }
        if open.pending.is_empty() && !matches!(open.tag, Tag::Heading(_)) {
            return;
        }
        let words = self.words.since(open.words);
        let content = trimmed(self.text, Span::new(open.content, end));
        if let Tag::Heading(level) = open.tag {
            let text = cut(words, MAX_HEADING).replace('\n', " ");
            self.heading(level, text, content, open.node);
        }
        let words = self.words.since(open.words);
        for pending in open.pending {
            self.marks.finish(pending, words, content, open.node);
        }
    }

    fn heading(&mut self, level: u8, text: String, span: Span, node: u32) {
        if text.is_empty() {
            return;
        }
        self.section.begin(level, &text, self.open.len());
        if level <= 2 && self.named.len() < 256 {
            self.named.push(Named {
                kind: TitleKind::Headline,
                text: text.clone(),
                span,
                node,
                level,
            });
        }
        self.marks.add(MarkKind::Heading { level, text }, span, node);
    }

    fn end_run(&mut self) {
        if let Some(run) = self.words.end_run()
            && !self.is_hidden()
        {
            let node = self.node();
            self.marks.run(self.words.of(run.words), run.source, node);
        }
    }
}

/// The part of the page that each of the tree's blocks is.
pub(super) fn region_of(regions: &[Region], node: u32) -> Region {
    regions.get(node as usize).copied().unwrap_or_default()
}

fn is_json_ld(kind: Option<&str>) -> bool {
    const KIND: &str = "application/ld+json";
    let begins =
        |kind: &str| kind.get(..KIND.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(KIND));
    kind.is_some_and(|kind| begins(kind.trim_start()))
}

impl RawContent {
    fn of(tag: Tag, attributes: &Attributes<'_>) -> Self {
        match tag {
            Tag::Title => Self::Title,
            Tag::Script if is_json_ld(attributes.raw(Known::Type)) => Self::JsonLd,
            Tag::Noscript => Self::Noscript,
            _ => Self::Nothing,
        }
    }
}

/// A span without the white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let start = span.start + slice.bytes().take_while(|&byte| is_space(byte)).count();
    let kept = span.of(text).trim_ascii().len();
    Span::new(start, start + kept)
}
