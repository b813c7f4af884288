//! What stands in elements whose content is no markup: scripts, styles, `noscript`.

use super::super::attributes::Attributes;
use super::super::json_ld;
use super::super::links::{self, Found};
use super::super::tag::Tag;
use super::super::words::folded;
use super::{MAX_LINKS, Page, RawContent};
use crate::html::{Scanner, Token, Value};
use crate::model::{MarkKind, Span, TitleKind};

impl<'t> Page<'t> {
    /// Reads the content of an element that holds no markup.
    pub(super) fn raw_content(&mut self, span: Span) {
        let text: &'t str = self.text;
        let content = span.of(text);
        match std::mem::replace(&mut self.raw, RawContent::Nothing) {
            RawContent::Title if !self.is_in_picture() => {
                self.name(TitleKind::Document, folded(content), span, 0);
            }
            RawContent::JsonLd => {
                let node = self.node();
                self.json_ld(content, span.start, node);
                self.marks.add(MarkKind::JsonLd { text: content.to_owned() }, span, node);
            }
            RawContent::Noscript => self.noscript(content, span.start),
            RawContent::Title | RawContent::Nothing => {}
        }
    }

    pub(super) fn json_ld(&mut self, content: &'t str, offset: usize, node: u32) {
        let statement = json_ld::read(content, offset);
        if let Some((headline, span)) = statement.headline {
            self.name(TitleKind::Metadata, headline, span, 0);
        }
        self.keep_all(statement.links.into_iter().map(|found| Found { node, ..found }));
    }

    /// Finds the links of what is shown where no scripts run: they lead where the page's own do.
    pub(super) fn noscript(&mut self, content: &'t str, offset: usize) {
        let node = self.node();
        let words = Span::new(self.words.len(), self.words.len());
        let mut scanner = Scanner::new(content);
        let mut attributes = Attributes::default();
        let mut linked = None;
        while let Some(token) = scanner.next(&mut attributes) {
            match token {
                Token::Start(start) if self.links.len() < MAX_LINKS => {
                    let Self { scope, words: gathered, links, .. } = self;
                    let tag = Tag::of(start.packed);
                    links::of_element(tag, &attributes, |found| {
                        let found = Found { node, words, ..found.moved(offset) };
                        if found.is_within(*scope, gathered) {
                            linked = (tag == Tag::A).then_some(links.len());
                            links.push(found);
                        }
                    });
                }
                Token::Text(text) => {
                    let words = Value { raw: text.of(content), span: text.moved(offset) };
                    let link = linked.take().and_then(|link| self.links.get_mut(link));
                    if let Some(found) = link {
                        found.alt = found.alt.or(Some(words));
                    }
                }
                Token::End(_) => linked = None,
                _ => {}
            }
        }
    }
}
