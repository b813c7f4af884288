//! The events of the Markdown parser, turned into links, titles and marks.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};
use url::Url;

use crate::address::inside::look_inside;
use crate::extract::html::leads_somewhere;
use crate::extract::html::marks::Marks;
use crate::extract::html::words::{Words, cut, folded};
use crate::extract::{in_markup, labels};
use crate::model::{
    Document, Extract, Fragment, Link, LinkKind, Mark, MarkKind, Region, Role, Span, Title,
    TitleKind,
};

use super::{destination, front_matter, inside_html};

/// Longer anchor texts are cut.
const MAX_TEXT: usize = 1000;

/// A link or an image whose end has not come yet.
struct Open {
    range: Range<usize>,
    kind: LinkKind,
    link_type: LinkType,
    address: String,
    /// The key of its definition, if it refers to one.
    id: String,
    /// Where its text ends, as far as it has been read.
    text_end: usize,
    /// Where its words begin among the gathered words.
    words: usize,
}

/// What has been read so far.
struct Reader<'t> {
    text: &'t str,
    base: Option<Url>,
    words: Words,
    found: Extract,
    marks: Marks,
    open: Vec<Open>,
    /// Text that may hold bare URLs: pieces of the source that join.
    plain: Range<usize>,
    heading: Option<(usize, usize)>,
    footnotes: usize,
    in_front_matter: bool,
    in_code: bool,
    /// What the heading above says about the links below it.
    section: Option<Role>,
    /// What the HTML pass must not look at.
    blanked: Vec<Range<usize>>,
    has_html: bool,
}

/// Reads a document.
pub(super) fn read(document: &Document) -> Extract {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut events = Parser::new_ext(&document.text, options).into_offset_iter();
    let mut reader = Reader::new(&document.text, document.base().cloned());
    while let Some((event, range)) = events.next() {
        reader.event(event, range, &events);
    }
    reader.end(document)
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, base: Option<Url>) -> Self {
        Self {
            text,
            base,
            words: Words::default(),
            found: Extract::default(),
            marks: Marks::default(),
            open: Vec::new(),
            plain: 0..0,
            heading: None,
            footnotes: 0,
            in_front_matter: false,
            in_code: false,
            section: None,
            blanked: Vec::new(),
            has_html: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, events: &OffsetIter<'_>) {
        // A link's own end has the link's range; what ends before it is its text.
        // Ends come one by one, so the two innermost are all that can change.
        for open in self.open.iter_mut().rev().take(2).filter(|open| open.range != range) {
            open.text_end = open.text_end.max(range.end.min(open.range.end));
        }
        match event {
            Event::Text(_) => self.text(range),
            Event::Code(_) => {
                self.end_plain();
                self.code(&range);
                self.blanked.push(range);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.end_plain();
                self.words.push(" ", range.start);
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.end_plain();
                self.has_html = true;
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end_tag(tag, &range, events),
            _ => self.end_plain(),
        }
    }

    fn text(&mut self, range: Range<usize>) {
        if self.in_front_matter {
            return self.front_matter(range);
        }
        if self.in_code {
            return;
        }
        self.words.push(self.text.get(range.clone()).unwrap_or_default(), range.start);
        if self.open.is_empty() {
            // A backslash escape stands between two pieces of text and belongs to neither.
            if range.start > self.plain.end + 1 || self.plain.is_empty() {
                self.end_plain();
                self.plain.start = range.start;
            }
            self.plain.end = range.end;
        }
    }

    /// The words of a code span, without its backticks.
    fn code(&mut self, range: &Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or_default();
        let inside = source.trim_start_matches('`');
        let offset = range.start + (source.len() - inside.len());
        self.words.push(inside.trim_end_matches('`'), offset);
    }

    /// Looks for bare URLs in the text that has come together.
    fn end_plain(&mut self) {
        let range = std::mem::replace(&mut self.plain, 0..0);
        let Some(text) = self.text.get(range.clone()).filter(|text| !text.is_empty()) else {
            return;
        };
        let (region, section) = (self.region(), self.section);
        in_markup::find(text, range.start, false, |bare| {
            let base = self.base.as_ref();
            let mut link = Link::new(bare.kind, bare.span, bare.raw, &bare.address, base);
            link.region = region;
            link.label = bare.label.map(Box::new);
            link.role = bare.role.or(section).unwrap_or(role_of(region));
            if let Some(problem) = bare.malformed {
                link.malformed.get_or_insert_with(|| problem.into());
            }
            look_inside(&mut link, self.base.as_ref());
            self.found.links.push(link);
        });
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.end_plain();
        match tag {
            Tag::Link { link_type, dest_url, id, .. } => {
                self.open(LinkKind::Anchor, link_type, &dest_url, &id, range);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.open(LinkKind::Embed, link_type, &dest_url, &id, range);
            }
            Tag::MetadataBlock(_) => {
                self.in_front_matter = true;
                self.blanked.push(range);
            }
            Tag::CodeBlock(_) => {
                self.end_block();
                self.in_code = true;
                self.blanked.push(range);
            }
            Tag::FootnoteDefinition(_) => {
                self.end_block();
                self.footnotes += 1;
            }
            Tag::Heading { .. } => {
                self.end_block();
                self.heading = Some((self.words.len(), range.start));
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            _ => self.end_block(),
        }
    }

    fn open(
        &mut self,
        kind: LinkKind,
        link_type: LinkType,
        address: &str,
        id: &str,
        range: Range<usize>,
    ) {
        self.open.push(Open {
            text_end: range.start + 1,
            range,
            kind,
            link_type,
            address: escaped(address),
            id: id.to_owned(),
            words: self.words.len(),
        });
    }

    fn end_tag(&mut self, tag: TagEnd, range: &Range<usize>, events: &OffsetIter<'_>) {
        self.end_plain();
        match tag {
            TagEnd::Link | TagEnd::Image => self.link(events),
            TagEnd::MetadataBlock(_) => self.in_front_matter = false,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::FootnoteDefinition => {
                self.end_block();
                self.footnotes = self.footnotes.saturating_sub(1);
            }
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            _ => self.end_block(),
        }
    }

    fn end_block(&mut self) {
        if let Some(run) = self.words.end_run() {
            self.marks.run(self.words.of(run.words), run.source, 0);
        }
    }

    fn end_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        let Some((words, _)) = self.heading.take() else { return };
        let text = self.words.since(words).replace('\n', " ");
        self.words.end_run();
        let span = Span::new(
            range.start,
            range.start + self.text.get(range.clone()).unwrap_or_default().trim_end().len(),
        );
        self.section = labels::role_of_section(&text);
        if level == HeadingLevel::H1 && !text.is_empty() {
            let title = Title { kind: TitleKind::Headline, text: text.clone(), span };
            self.found.titles.push(title);
        }
        self.marks.add(MarkKind::Heading { level: level as u8, text }, span, 0);
    }

    fn region(&self) -> Region {
        match self.section {
            _ if self.footnotes > 0 => Region::Reference,
            Some(Role::Reference) => Region::Reference,
            _ => Region::Body,
        }
    }

    /// Takes the link that has ended.
    fn link(&mut self, events: &OffsetIter<'_>) {
        let Some(open) = self.open.pop() else { return };
        self.blanked.push(open.range.clone());
        let Some(span) = self.place(&open, events) else { return };
        // What stands in an image's alternative text is words to every reader.
        let in_image = self.open.iter().any(|outer| outer.kind == LinkKind::Embed);
        if open.address.starts_with('#') && open.kind == LinkKind::Anchor {
            self.found.fragments.push(Fragment { span, region: self.region() });
        }
        if in_image || !leads_somewhere(&open.address) {
            return;
        }
        let raw = span.of(self.text);
        let mut link = Link::new(open.kind, span, raw, &open.address, self.base.as_ref());
        let words = cut(self.words.since(open.words), MAX_TEXT).replace('\n', " ");
        link.text = Some(words).filter(|words| !words.is_empty()).map(Into::into);
        link.region = self.region();
        link.role = self.role(&link, open.words);
        look_inside(&mut link, self.base.as_ref());
        self.found.links.push(link);
    }

    /// Where a link's address stands.
    fn place(&self, open: &Open, events: &OffsetIter<'_>) -> Option<Span> {
        let Range { start, end } = open.range.clone();
        match open.link_type {
            LinkType::Inline => destination::inline(self.text, open.text_end, end),
            LinkType::Autolink => destination::autolink(self.text, start, end),
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let definition = events.reference_definitions().get(&open.id)?;
                destination::definition(self.text, definition.span.start, definition.span.end)
            }
            _ => None,
        }
    }

    fn role(&self, link: &Link, words: usize) -> Role {
        if link.kind == LinkKind::Embed {
            return Role::Media;
        }
        let before = self.words.line_before(words).trim_end();
        let said = labels::introduction_before(before).map(|introduction| introduction.role);
        let said = said.filter(|role| *role == Role::Related || before.ends_with([':', '：']));
        said.or(self.section).unwrap_or(role_of(link.region))
    }

    fn front_matter(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        for entry in front_matter::entries(text, range.start) {
            let content = folded(entry.value);
            match entry.key.as_str() {
                "title" | "headline" => self.found.titles.push(Title {
                    kind: TitleKind::Metadata,
                    text: content.clone(),
                    span: entry.span,
                }),
                "lang" | "language" => self.found.language = Some(content.to_lowercase()),
                "canonical" | "canonical_url" | "canonicalurl" | "permalink" | "url" => {
                    self.own_address(entry.value, entry.span, Role::Canonical);
                }
                "original_url" | "originalurl" | "source_url" => {
                    self.own_address(entry.value, entry.span, Role::Original);
                }
                _ => {}
            }
            self.marks.add(MarkKind::Meta { name: entry.key, content }, entry.span, 0);
        }
    }

    /// The article's own address as its front matter gives it.
    fn own_address(&mut self, raw: &str, span: Span, role: Role) {
        if !raw.contains("://") {
            return;
        }
        let mut link = Link::new(LinkKind::Metadata, span, raw, raw, None);
        (link.role, link.region) = (role, Region::Head);
        if self.base.is_none() && role == Role::Canonical {
            self.base = link.url().cloned();
        }
        self.found.links.push(link);
    }

    fn end(mut self, document: &Document) -> Extract {
        self.end_plain();
        self.end_block();
        let head = |kind: &MarkKind| matches!(kind, MarkKind::Meta { .. });
        let marks = self.marks.noted.into_iter().map(|noted| Mark {
            region: if head(&noted.kind) { Region::Head } else { Region::Body },
            kind: noted.kind,
            span: noted.span,
        });
        self.found.marks.extend(marks);
        if self.has_html {
            self.blanked.sort_by_key(|part| part.start);
            let html = inside_html::read(document, &self.blanked);
            self.found.links.extend(html.links);
            self.found.marks.extend(html.marks);
            self.found.titles.extend(html.titles);
            self.found.fragments.extend(html.fragments);
            self.found.language = self.found.language.or(html.language);
        }
        self.found.titles.sort_by_key(|title| title.kind != TitleKind::Headline);
        self.found
    }
}

/// A destination as CommonMark writes it into HTML: a backslash that escapes nothing is part of the
/// name, where a browser would take it for a slash.
fn escaped(address: &str) -> String {
    let (scheme, rest) = match address.split_once(':') {
        Some((scheme, rest)) if rest.starts_with(['\\', '/']) => (scheme.len() + 1, rest),
        _ => (0, address),
    };
    let signs =
        if scheme > 0 { rest.len() - rest.trim_start_matches(['\\', '/']).len() } else { 0 };
    let (start, path) = address.split_at(scheme + signs);
    [start, &path.replace('\\', "%5C")].concat()
}

fn role_of(region: Region) -> Role {
    if region == Region::Reference { Role::Reference } else { Role::Body }
}
