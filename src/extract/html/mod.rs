//! Links, titles and date-bearing marks of HTML, in one streaming pass with byte offsets.
//!
//! ```text
//! markup ──> page (open elements, words, blocks, links, marks) ──> tree (parts of the page) ──> roles
//! ```
//!
//! The tokenizer, [`crate::html`], cuts the page into tags and text without copying any of it;
//! nothing is copied here but what is kept.

mod attributes;
mod encoded;
mod hints;
mod json_ld;
mod links;
pub(super) mod marks;
mod page;
mod roles;
mod section;
mod shape;
mod tag;
#[cfg(test)]
mod tests;
mod tree;
pub(super) mod words;

use super::{Extractor, Scope};
use crate::model::{Document, Extract, Fragment, Mark, Media, Title, TitleKind};
use crate::text::main_text::words as words_of;

pub(super) use links::leads_somewhere;
use page::{Named, Page, region_of};
use shape::Shapes;

/// The extractor for this medium.
pub(super) const EXTRACTOR: Extractor = Extractor { media: Media::Html, extract };

fn extract(document: &Document, scope: Scope) -> Extract {
    let mut page = Page::new(&document.text, scope);
    page.read();
    let headline = headline(&page.named);
    let titles = titles(&page.named, headline);
    let inside = page.tree.sums();
    let headline = headline.map(|named| named.node);
    let regions = page.tree.regions(&inside, headline);
    let shapes = Shapes::new(&page.tree, &inside);
    let mut links = roles::links(&page, &regions, &shapes, headline, document.base(), scope);
    encoded::queries(&mut links, document.encoding.as_deref());
    let language = page.language.map(|language| words::folded(language).to_lowercase());
    let marks = page.marks.noted.into_iter().map(|noted| Mark {
        region: region_of(&regions, noted.node),
        kind: noted.kind,
        span: noted.span,
    });
    let mut marks: Vec<Mark> = marks.collect();
    // Nearly in order already; whole marks are moved only once.
    marks.sort_by_cached_key(|mark| mark.span.start);
    let fragments = page.fragments.iter().map(|&(span, node)| {
        let region = region_of(&regions, node);
        Fragment { span, region }
    });
    let fragments = fragments.collect();
    let language = language.filter(|language| !language.is_empty());
    Extract { titles, language, links, marks, fragments }
}

/// The heading that names the article: the one most like the first of the names in the page's
/// metadata that any is like; else the first of the first level.
fn headline(named: &[Named]) -> Option<&Named> {
    let of = |kind| named.iter().filter(move |named: &&Named| named.kind == kind);
    let in_lower = |named: &Named| named.text.to_lowercase();
    let headings: Vec<(String, &Named)> = of(TitleKind::Headline)
        .take(MAX_HEADINGS)
        .map(|heading| (in_lower(heading), heading))
        .collect();
    let headings: Vec<(Vec<&str>, &Named)> =
        headings.iter().map(|(text, heading)| (words_in(text), *heading)).collect();
    let best = |name: &Named| {
        let name = in_lower(name);
        let name = words_in(&name);
        headings
            .iter()
            .map(|(words, heading)| (Likeness::of(words, &name), *heading))
            .filter(|(likeness, _)| likeness.covered >= 50)
            .max_by_key(|(likeness, heading)| (*likeness, std::cmp::Reverse(heading.span.start)))
    };
    let has_metadata = of(TitleKind::Metadata).next().is_some();
    let kind = if has_metadata { TitleKind::Metadata } else { TitleKind::Document };
    let mut first = None;
    for alike in of(kind).take(MAX_NAMES).filter_map(best) {
        // A name can be that of the section or the site, and a heading only a part of one.
        if alike.0.common >= 50 {
            return Some(alike.1);
        }
        first = first.or(Some(alike.1));
    }
    first.or_else(|| of(TitleKind::Headline).find(|heading| heading.level == 1))
}

/// Names and headings beyond these counts are not compared, nor words of one.
const MAX_NAMES: usize = 4;
const MAX_HEADINGS: usize = 24;
const MAX_WORDS: usize = 64;

/// How much two names have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    /// How many in a hundred of the words of both stand in both.
    common: usize,
    /// How many in a hundred of the heading's words stand in the name.
    covered: usize,
}

impl Likeness {
    fn of(heading: &[&str], name: &[&str]) -> Self {
        let shared = heading.iter().filter(|word| name.contains(word)).count();
        // A single word (a section's name) says little.
        let says_little = heading.len() < 2 && name.len() > 2;
        let covered = if says_little { 0 } else { shared * 100 / heading.len().max(1) };
        Self { common: shared * 200 / (heading.len() + name.len()).max(1), covered }
    }
}

fn words_in(text: &str) -> Vec<&str> {
    words_of(text).take(MAX_WORDS).collect()
}

/// The page's names, best first, each once.
fn titles(named: &[Named], headline: Option<&Named>) -> Vec<Title> {
    let of = |kind| named.iter().filter(move |named: &&Named| named.kind == kind);
    let rest = of(TitleKind::Headline).filter(|named| named.level == 1).take(4);
    let ordered = headline
        .into_iter()
        .chain(of(TitleKind::Metadata))
        .chain(rest)
        .chain(of(TitleKind::Document).take(1));
    let mut titles: Vec<Title> = Vec::new();
    for named in ordered {
        if !titles.iter().any(|title| title.text == named.text && title.kind == named.kind) {
            titles.push(Title { kind: named.kind, text: named.text.clone(), span: named.span });
        }
    }
    titles
}
