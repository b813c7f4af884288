//! What the pass gathers while the page streams by: open elements, words, blocks, links and marks.

use std::ops::Range;

use crate::model::{MarkKind, Region, Span, TitleKind};

use super::hints::{self, Hint, Names};
use super::json_ld;
use super::links::{self, Found};
use super::marks::{self, Marks, Pending};
use super::tag::{Attributes, Tag, Value, is_space, name_of};
use super::tree::Tree;
use super::words::{Words, folded};
use crate::extract::in_markup;

/// Elements nested deeper are taken for part of the element around them.
const MAX_DEPTH: usize = 512;

/// Links beyond this count are left out.
const MAX_LINKS: usize = 1 << 18;

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
    /// The link that it is.
    link: Option<usize>,
    /// What is to be noted of its words.
    pending: Vec<Pending>,
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

/// The content of an element that holds no markup.
#[derive(Clone, Copy, Debug)]
struct RawContent<'t> {
    name: &'t str,
    tag: Tag,
    is_json_ld: bool,
}

/// The page as far as it has been read.
#[derive(Debug)]
pub(super) struct Page<'t> {
    text: &'t str,
    /// Everything before this offset has been read.
    at: usize,
    raw: Option<RawContent<'t>>,
    open: Vec<Open<'t>>,
    open_links: usize,
    names: Names<'t>,
    pub(super) words: Words,
    pub(super) tree: Tree,
    pub(super) links: Vec<Found<'t>>,
    pub(super) marks: Marks,
    pub(super) named: Vec<Named>,
    pub(super) language: Option<&'t str>,
    pub(super) base: Option<&'t str>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            raw: None,
            open: Vec::new(),
            open_links: 0,
            names: Names::default(),
            words: Words::default(),
            tree: Tree::new(),
            links: Vec::new(),
            marks: Marks::default(),
            named: Vec::new(),
            language: None,
            base: None,
        }
    }

    /// Reads what stands before a start tag, then the tag.
    pub(super) fn start_tag(&mut self, range: Range<usize>) {
        self.read_up_to(range.start);
        let Some(source) = self.text.get(range.clone()) else { return };
        let name = name_of(source.get(1..).unwrap_or_default());
        let tag = Tag::of(name);
        let attributes = Attributes::read(source, 1 + name.len(), range.start);
        self.end_unsaid(tag);
        self.at = range.end;
        if tag.is_block() || tag == Tag::Br {
            self.end_run();
        }
        let hint = self.hint(&attributes);
        let node = self.node_for(tag, hint, &attributes);
        self.note(tag, &attributes, node);
        let link = self.find_links(tag, &attributes, node);
        if tag.is_raw() {
            let is_json_ld = tag == Tag::Script && is_json_ld(attributes.kind);
            self.raw = Some(RawContent { name, tag, is_json_ld });
        } else if !tag.is_void() {
            let pending = marks::pending(tag, &attributes, hint);
            self.open(Open {
                name,
                tag,
                node,
                words: self.words.len(),
                content: range.end,
                unseen: self.is_unseen() || tag.is_unseen(),
                link,
                pending,
            });
        }
    }

    /// Reads to the end of the text, and ends what is still open.
    pub(super) fn end(&mut self) {
        self.read_up_to(self.text.len());
        self.close_from(0, self.text.len());
    }

    fn hint(&mut self, attributes: &Attributes<'t>) -> Hint {
        let class = attributes.class.map(|class| self.names.hint(class.raw)).unwrap_or_default();
        let id = attributes.id.map(|id| self.names.hint(id.raw)).unwrap_or_default();
        class.and(id)
    }

    fn node(&self) -> u32 {
        self.open.last().map_or(0, |open| open.node)
    }

    fn is_unseen(&self) -> bool {
        self.open.last().is_some_and(|open| open.unseen)
    }

    /// The block that a start tag's words belong to: a new one if it begins one.
    fn node_for(&mut self, tag: Tag, hint: Hint, attributes: &Attributes<'_>) -> u32 {
        let node = self.node();
        let landmark = hints::landmark(tag, attributes.role.map(|role| role.raw));
        if !tag.is_block() && hint.region.is_none() && landmark.is_none() {
            return node;
        }
        let named = Hint { region: landmark, ..Hint::default() };
        self.tree.add(node, tag, hint.and(named))
    }

    /// Notes what a start tag itself says.
    fn note(&mut self, tag: Tag, attributes: &Attributes<'t>, node: u32) {
        match tag {
            Tag::Html => self.language = attributes.lang.map(|lang| lang.raw),
            Tag::Base if self.base.is_none() => self.base = attributes.href.map(|href| href.raw),
            Tag::Meta => self.meta(attributes, node),
            _ => {}
        }
    }

    fn meta(&mut self, attributes: &Attributes<'t>, node: u32) {
        let Some(content) = attributes.content else { return };
        let names =
            [attributes.property, attributes.name, attributes.itemprop, attributes.http_equiv];
        for name in names.into_iter().flatten() {
            let name = folded(name.raw).to_lowercase();
            let content_words = folded(content.raw);
            if matches!(name.as_str(), "og:title" | "twitter:title" | "dc.title" | "headline") {
                self.name(TitleKind::Metadata, content_words.clone(), content.span, 0);
            }
            if name == "refresh" || name == "og:url" {
                self.links.extend(links::of_meta(&name, content, node));
            }
            self.marks.add(MarkKind::Meta { name, content: content_words }, content.span, node);
        }
    }

    fn name(&mut self, kind: TitleKind, text: String, span: Span, level: u8) {
        if !text.is_empty() && self.named.len() < 256 {
            self.named.push(Named { kind, text, span, node: self.node(), level });
        }
    }

    /// Finds the links of a start tag; gives the number of the one whose words are its content.
    fn find_links(&mut self, tag: Tag, attributes: &Attributes<'t>, node: u32) -> Option<usize> {
        if self.links.len() >= MAX_LINKS {
            return None;
        }
        if tag == Tag::Img {
            self.picture(attributes);
        }
        let before = self.links.len();
        let words = self.words.len();
        links::of_element(tag, attributes, |found| {
            self.links.push(Found { node, words: Span::new(words, words), ..found });
        });
        if tag != Tag::A || self.links.len() == before {
            return None;
        }
        self.tree.add_link(node);
        Some(before)
    }

    /// A picture inside a link stands for words where there are none.
    fn picture(&mut self, attributes: &Attributes<'t>) {
        let link = self.open.iter().rev().find_map(|open| open.link);
        if let Some(found) = link.and_then(|link| self.links.get_mut(link)) {
            found.alt = found.alt.or(attributes.alt);
        }
    }

    fn open(&mut self, open: Open<'t>) {
        if self.open.len() < MAX_DEPTH {
            self.open_links += usize::from(open.link.is_some());
            self.open.push(open);
        }
    }

    /// Ends the elements that a start tag ends without an end tag.
    fn end_unsaid(&mut self, next: Tag) {
        let mut crosses_block = false;
        for at in (0..self.open.len()).rev() {
            let tag = self.open[at].tag;
            if tag.is_ended_by(next) {
                if crosses_block && tag == Tag::A {
                    self.close_only(at);
                } else {
                    self.close_from(at, self.at);
                }
                continue;
            }
            crosses_block |= tag.is_block();
            let stops = match next {
                Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody => tag == Tag::Table,
                Tag::Li | Tag::Dd | Tag::Dt => {
                    tag.is_block() && !matches!(tag, Tag::Address | Tag::Div | Tag::P)
                }
                Tag::A => tag.is_scope(),
                _ => tag.is_block(),
            };
            if stops {
                return;
            }
        }
    }

    /// Reads the text, comments and end tags up to an offset.
    fn read_up_to(&mut self, end: usize) {
        let text = self.text;
        if let Some(raw) = self.raw.take() {
            self.read_raw(raw, end);
        }
        while self.at < end {
            let Some(rest) = text.get(self.at..end) else { break };
            let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            if length > 0 {
                self.read_text(self.at, self.at + length);
                self.at += length;
            } else {
                self.read_markup(rest);
            }
        }
        self.at = self.at.max(end);
    }

    /// Reads raw content up to the element's own end tag, or to the end if it has none.
    fn read_raw(&mut self, raw: RawContent<'t>, end: usize) {
        let rest = self.text.get(self.at..end).unwrap_or_default();
        let (content, tag) = split_raw(rest, raw.name);
        let span = Span::new(self.at, self.at + content.len());
        self.at = span.end + tag.len();
        match raw.tag {
            Tag::Title if !self.is_in_picture() => {
                self.name(TitleKind::Document, folded(content), span, 0);
            }
            Tag::Script if raw.is_json_ld => {
                let node = self.node();
                self.json_ld(content, span.start, node);
                self.marks.add(MarkKind::JsonLd { text: content.to_owned() }, span, node);
            }
            _ => {}
        }
    }

    fn json_ld(&mut self, content: &'t str, offset: usize, node: u32) {
        let statement = json_ld::read(content, offset);
        if let Some((headline, span)) = statement.headline {
            self.name(TitleKind::Metadata, headline, span, 0);
        }
        self.links.extend(statement.links.into_iter().map(|found| Found { node, ..found }));
    }

    fn is_in_picture(&self) -> bool {
        self.open.iter().any(|open| open.tag == Tag::Svg)
    }

    fn read_text(&mut self, start: usize, end: usize) {
        if self.is_unseen() {
            return;
        }
        let Some(text) = self.text.get(start..end) else { return };
        let bytes = self.words.push(text, start);
        let node = self.node();
        self.tree.add_words(node, bytes, self.open_links > 0);
        if bytes > 0 && self.open_links == 0 && self.links.len() < MAX_LINKS {
            in_markup::find(text, start, |found| self.links.push(Found::in_text(found, node)));
        }
    }

    /// Reads the end tag, comment or declaration at the beginning of `rest`, or a lone `<`.
    fn read_markup(&mut self, rest: &'t str) {
        let bytes = rest.as_bytes();
        let length = match (bytes.get(1), bytes.get(2)) {
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                self.end_tag(name_of(rest.get(2..).unwrap_or_default()));
                after_bracket(rest)
            }
            (Some(b'!'), _) if rest.starts_with("<!--") => {
                if rest.starts_with("<!-->") {
                    5
                } else {
                    after_comment(rest)
                }
            }
            (Some(b'!' | b'?' | b'/'), _) => after_bracket(rest),
            _ => {
                self.read_text(self.at, self.at + 1);
                1
            }
        };
        self.at += length;
    }

    fn end_tag(&mut self, name: &str) {
        let tag = Tag::of(name);
        let mut crosses_block = false;
        for at in (0..self.open.len()).rev() {
            let open = &self.open[at];
            if open.tag == tag && open.name.eq_ignore_ascii_case(name) {
                if crosses_block && !tag.is_block() {
                    self.close_only(at);
                } else {
                    self.close_from(at, self.at);
                }
                return;
            }
            if open.tag.is_scope() && !matches!(tag, Tag::Table | Tag::Tbody | Tag::Tr) {
                return;
            }
            crosses_block |= open.tag.is_block();
        }
    }

    /// Ends one element out of turn: `<b><p></b>`.
    fn close_only(&mut self, at: usize) {
        let open = self.open.remove(at);
        self.finish(open, self.at);
    }

    /// Ends an element and all that is still open inside it.
    fn close_from(&mut self, at: usize, end: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.last() else { return };
            if open.tag.is_block() {
                self.end_run();
            }
            let Some(open) = self.open.pop() else { return };
            self.finish(open, end);
        }
        if at == 0 {
            self.end_run();
        }
    }

    /// Takes the words of an element that has ended.
    fn finish(&mut self, open: Open<'t>, end: usize) {
        if let Some(link) = open.link {
            self.open_links = self.open_links.saturating_sub(1);
            if let Some(found) = self.links.get_mut(link) {
                found.words = Span::new(open.words, self.words.len());
            }
        }
        if open.pending.is_empty() && !matches!(open.tag, Tag::Heading(_)) {
            return;
        }
        let words = self.words.since(open.words);
        let content = trimmed(self.text, Span::new(open.content, end));
        if let Tag::Heading(level) = open.tag {
            let text = words.replace('\n', " ");
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
        if let Some(run) = self.words.end_run() {
            let node = self.node();
            self.marks.run(self.words.of(run.words), run.source, node);
        }
    }
}

/// The part of the page that each of the tree's blocks is.
pub(super) fn region_of(regions: &[Region], node: u32) -> Region {
    regions.get(node as usize).copied().unwrap_or_default()
}

fn is_json_ld(kind: Option<Value<'_>>) -> bool {
    kind.is_some_and(|kind| kind.raw.trim().to_ascii_lowercase().starts_with("application/ld+json"))
}

/// The length of `rest` up to and with the first closing angle bracket, or all of it.
fn after_bracket(rest: &str) -> usize {
    memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |at| at + 1)
}

/// The length of `rest` up to and with the comment's end, or all of it.
fn after_comment(rest: &str) -> usize {
    memchr::memmem::find(rest.as_bytes(), b"-->").map_or(rest.len(), |at| at + 3)
}

/// Splits raw content from its end tag, which is empty if there is none.
fn split_raw<'t>(rest: &'t str, name: &str) -> (&'t str, &'t str) {
    for at in memchr::memmem::find_iter(rest.as_bytes(), b"</") {
        let tag = rest.get(at + 2..at + 2 + name.len());
        if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            let (content, tag) = rest.split_at(at);
            return (content, tag.get(..after_bracket(tag)).unwrap_or(tag));
        }
    }
    (rest, "")
}

/// A span without the white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let start = span.start + slice.bytes().take_while(|&byte| is_space(byte)).count();
    let kept = span.of(text).trim_ascii().len();
    Span::new(start, start + kept)
}
