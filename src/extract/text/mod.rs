//! Links in plain text: found, rejoined, and given the words that introduce them.

mod bibliography;
mod headline;
mod introductions;
mod role;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;

use url::Url;

use super::rejoin::{self, Context};
use super::{Extractor, Scope};
use crate::address::bare::{self, Bare};
use crate::address::inside::look_inside;
use crate::model::{Document, Extract, Link, Media, Pages};
use crate::text::words::Words;
use introductions::Introductions;

/// The extractor for this medium.
pub(super) const EXTRACTOR: Extractor = Extractor { media: Media::Text, extract };

fn extract(document: &Document, _: Scope) -> Extract {
    let text = document.text.as_str();
    let title = headline::of(text);
    let headline = title.as_ref().map(|title| title.text.as_str());
    let pages = document.pages.as_deref();
    let links = links(text, headline, pages, document.url.as_ref());
    Extract { titles: title.into_iter().collect(), links, ..Extract::default() }
}

/// Every link of the text, rejoined where a line end broke it.
fn links(
    text: &str,
    headline: Option<&str>,
    pages: Option<&Pages>,
    own: Option<&Url>,
) -> Vec<Link> {
    let seeds: Vec<Bare> = bare::seeds(text).map(|seed| ended(seed, text, pages)).collect();
    let context = Context::new(text, &seeds, headline).on(pages);
    let mut introductions = Introductions::new(text);
    let mut links = Vec::with_capacity(seeds.len());
    let (mut taken, mut beginning) = (0, introductions::LineStart::default());
    for seed in &seeds {
        if seed.span.start < taken {
            continue;
        }
        let Some(mut link) = link(&context, text, seed) else { continue };
        taken = link.span.end;
        let slug = Slug::default();
        let from = beginning.of(text, link.span.start);
        let introduced = introductions.of(&link, from, &slug);
        let in_bibliography = introductions.is_in_bibliography();
        let place =
            role::Place { text, line: from, slug: &slug, context: &context, in_bibliography };
        role::assign(&mut link, introduced, &place);
        look_inside(&mut link, own);
        links.push(link);
    }
    links
}

/// An address that ends where its color does, though what meets it could be more of it.
fn ended(seed: Bare, text: &str, pages: Option<&Pages>) -> Bare {
    let start = seed.span.start;
    let end = pages.and_then(|pages| pages.set_off_at(start)).filter(|&end| end < seed.span.end);
    let own = end.and_then(|end| bare::at_start(text.get(start..end)?));
    match own.filter(|own| own.kind == seed.kind) {
        Some(own) => own.moved(start),
        None => seed,
    }
}

fn link(context: &Context, text: &str, seed: &Bare) -> Option<Link> {
    let mut link = match rejoin::rejoin(context, seed) {
        Some(rejoined) => rejoined.into_link(text, seed),
        None if seed.incomplete => return None,
        None => whole(text, seed),
    };
    rejoin::invisible::mend(&mut link, text);
    Some(link)
}

/// Whether nothing but white space stands in a line.
fn is_blank(line: &str) -> bool {
    // Most lines begin with a letter.
    !line.bytes().next().is_some_and(|first| first.is_ascii_graphic()) && line.trim().is_empty()
}

/// The words of a link's slug, read when first asked for.
#[derive(Default)]
struct Slug(OnceCell<Option<Words>>);

impl Slug {
    /// The words, if the link's address has a slug.
    fn words(&self, link: &Link) -> Option<&Words> {
        let read = || link.url().and_then(|url| Words::of_slug(url, None));
        self.0.get_or_init(read).as_ref()
    }
}

fn whole(text: &str, seed: &Bare) -> Link {
    let (raw, address) = (seed.span.of(text), seed.address(text));
    let mut link = Link::new(seed.kind, seed.span, raw, address, None);
    link.malformed = seed.malformed().map(Into::into).or(link.malformed);
    link
}
