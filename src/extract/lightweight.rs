//! What the extractors of lightweight markups share: a run of words with its place in the source, and
//! the links, headings and raw HTML that are gathered from such runs.

use std::borrow::Cow;
use std::ops::Range;

use url::Url;

use super::html::leads_somewhere;
use super::html::words::cut;
use super::{in_markup, labels};
use crate::address::inside::look_inside;
use crate::model::{
    Document, Extract, Fragment, Label, Link, LinkKind, Mark, MarkKind, Media, Region, Role, Span,
    Title, TitleKind,
};

/// Longer anchor texts are cut.
const MAX_TEXT: usize = 1000;

/// Marks beyond this count are left out.
const MAX_MARKS: usize = 8192;

/// Introducing words reach no further back, in bytes.
const MAX_LABEL: usize = 160;

/// Words that stand together: a part of the source, or the lines of a table's cell.
#[derive(Debug)]
pub(super) struct Run<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where pieces begin in the text and in the source.
    pieces: Vec<(usize, usize)>,
}

impl<'t> Run<'t> {
    /// The words of some parts of the source, a line each.
    pub(super) fn of(source: &'t str, parts: &[Span]) -> Self {
        if let [one] = parts {
            return Self { text: Cow::Borrowed(one.of(source)), pieces: vec![(0, one.start)] };
        }
        let mut text = String::new();
        let mut pieces = Vec::with_capacity(parts.len());
        for part in parts {
            if !text.is_empty() {
                text.push('\n');
            }
            pieces.push((text.len(), part.start));
            text.push_str(part.of(source));
        }
        Self { text: Cow::Owned(text), pieces }
    }

    /// Where a part of the text stands in the source.
    pub(super) fn place(&self, part: Range<usize>) -> Span {
        let start = self.source(part.start);
        let last = part.end.saturating_sub(1).max(part.start);
        Span::new(start, (self.source(last) + (part.end - last)).max(start))
    }

    fn source(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|(begin, _)| *begin <= at);
        let piece = next.checked_sub(1).and_then(|last| self.pieces.get(last));
        piece.map_or(at, |(begin, source)| source + (at - begin))
    }
}

/// What has been gathered of a document.
#[derive(Debug)]
pub(super) struct Gathered<'t> {
    pub(super) source: &'t str,
    base: Option<Url>,
    pub(super) found: Extract,
    /// What the heading above says about the links below it.
    section: Option<Role>,
    /// Whether what is read stands in a footnote or an entry of a bibliography.
    pub(super) in_note: bool,
    /// Whether words have been read that are no heading.
    pub(super) has_begun: bool,
    /// The parts of the source that are HTML.
    html: Vec<Range<usize>>,
}

impl<'t> Gathered<'t> {
    pub(super) fn new(document: &'t Document) -> Self {
        Self {
            source: &document.text,
            base: document.base().cloned(),
            found: Extract::default(),
            section: None,
            in_note: false,
            has_begun: false,
            html: Vec::new(),
        }
    }

    /// The part of the text that is being read.
    pub(super) fn region(&self) -> Region {
        let is_reference = self.in_note || self.section == Some(Role::Reference);
        if is_reference { Region::Reference } else { Region::Body }
    }

    /// What a link is for, given the words before it.
    pub(super) fn role(&self, before: &str) -> Role {
        let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(MAX_LABEL))..);
        let line = near.unwrap_or_default().rsplit('\n').next().unwrap_or_default().trim_end();
        let said = labels::introduction_before(line).map(|introduction| introduction.role);
        let said = said.filter(|role| *role == Role::Related || line.ends_with([':', '：']));
        let region = self.region();
        let of_region = if region == Region::Reference { Role::Reference } else { Role::Body };
        said.or(self.section).unwrap_or(of_region)
    }

    /// Takes a link whose address is written at a place.
    pub(super) fn link(&mut self, link: New<'_>) {
        if link.kind == LinkKind::Anchor && link.address.starts_with('#') {
            if link.span.of(self.source).starts_with('#') {
                self.found.fragments.push(Fragment { span: link.span, region: link.region });
            }
            return;
        }
        let is_mail = link.address.contains('@') && !link.address.contains(['/', ':']);
        if link.span.is_empty() || is_mail || !leads_somewhere(link.address) {
            return;
        }
        let raw = link.span.of(self.source);
        let mut new = Link::new(link.kind, link.span, raw, link.address, self.base.as_ref());
        let words = link.text.split_whitespace().collect::<Vec<_>>().join(" ");
        new.text = Some(cut(&words, MAX_TEXT)).filter(|words| !words.is_empty()).map(Into::into);
        new.region = link.region;
        new.role = if link.kind == LinkKind::Embed { Role::Media } else { link.role };
        look_inside(&mut new, self.base.as_ref());
        self.found.links.push(new);
    }

    /// Takes the addresses that stand bare in a part of a run.
    pub(super) fn bare(&mut self, run: &Run<'_>, part: Range<usize>) {
        let Some(text) = run.text.get(part.clone()) else { return };
        let (region, role) = (self.region(), self.role(""));
        let mut links = Vec::new();
        in_markup::find(text, part.start, false, |bare| {
            // These markups are the markups of manuals, where `self.id` is code as a rule.
            let is_name = bare.kind == LinkKind::Schemeless
                && !bare.raw.contains('/')
                && !bare.raw.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."));
            if is_name {
                return;
            }
            let span = run.place(bare.span.start..bare.span.end);
            let mut link = Link::new(bare.kind, span, bare.raw, &bare.address, self.base.as_ref());
            link.region = region;
            link.label = bare
                .label
                .map(|label| Label { span: run.place(label.span.start..label.span.end), ..label })
                .map(Box::new);
            link.role = bare.role.unwrap_or(role);
            if let Some(problem) = bare.malformed {
                link.malformed.get_or_insert_with(|| problem.into());
            }
            look_inside(&mut link, self.base.as_ref());
            links.push(link);
        });
        self.found.links.append(&mut links);
    }

    /// Whether no words and no title have been read yet.
    pub(super) fn is_at_title(&self) -> bool {
        !self.has_begun && self.found.titles.is_empty()
    }

    /// Takes a heading; one before all words is the title.
    pub(super) fn heading(&mut self, level: usize, words: &str, span: Span, may_be_title: bool) {
        let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        self.section = labels::role_of_section(&text);
        if may_be_title && self.is_at_title() {
            let title = Title { kind: TitleKind::Headline, text: text.clone(), span };
            self.found.titles.push(title);
        }
        if self.found.marks.len() < MAX_MARKS {
            let level = u8::try_from(level.clamp(1, 6)).unwrap_or(6);
            let kind = MarkKind::Heading { level, text };
            self.found.marks.push(Mark { kind, span, region: Region::Body });
        }
    }

    /// Takes a part of the source that is HTML.
    pub(super) fn html(&mut self, part: Range<usize>) {
        self.html.push(part);
    }

    /// All that was found, in the order of the source.
    pub(super) fn end(mut self) -> Extract {
        if !self.html.is_empty() {
            let mut html = Document::new("", Media::Html, only(self.source, &self.html));
            html.url = self.base.take();
            let mut inside = super::extract(&html);
            inside.links.retain(|link| {
                matches!(link.kind, LinkKind::Anchor | LinkKind::Embed)
                    && link.span.of(self.source) == link.raw()
            });
            self.found.links.append(&mut inside.links);
            self.found.fragments.append(&mut inside.fragments);
        }
        self.found.links.sort_by_key(|link| link.span);
        self.found.fragments.sort_by_key(|fragment| fragment.span);
        self.found.marks.sort_by_key(|mark| mark.span);
        self.found
    }
}

/// A link that is to be taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct New<'a> {
    pub(super) kind: LinkKind,
    /// Where its address is written.
    pub(super) span: Span,
    /// The address that is meant.
    pub(super) address: &'a str,
    /// Its words, as they are written.
    pub(super) text: &'a str,
    pub(super) role: Role,
    pub(super) region: Region,
}

/// The source with all but some parts of it, which are in order, overwritten by spaces.
fn only(source: &str, parts: &[Range<usize>]) -> String {
    let mut only = String::with_capacity(source.len());
    let mut at = 0;
    let blank = |only: &mut String, part: &str| {
        only.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    };
    for part in parts {
        let (Some(between), Some(kept)) = (source.get(at..part.start), source.get(part.clone()))
        else {
            continue;
        };
        blank(&mut only, between);
        only.push_str(kept);
        at = part.end;
    }
    blank(&mut only, source.get(at..).unwrap_or_default());
    only
}
