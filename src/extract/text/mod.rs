//! Links in plain text.

mod headline;

use super::bare::{self, Bare};
use super::rejoin::{self, Context};
use super::{Extractor, archive, wrapper};
use crate::model::{Document, Extract, Link, LinkKind, Media, Region, Role, Span};

/// The extractor for this medium.
pub const EXTRACTOR: Extractor = Extractor { media: Media::Text, extract };

fn extract(document: &Document) -> Extract {
    let text = document.text.as_str();
    Extract {
        titles: headline::of(text).into_iter().collect(),
        links: links(text),
        ..Extract::default()
    }
}

/// Every link of the text, rejoined where a line end broke it.
fn links(text: &str) -> Vec<Link> {
    let seeds: Vec<Bare> = bare::seeds(text).collect();
    let context = Context::new(text, &seeds);
    let mut links = Vec::new();
    let mut taken = 0;
    for seed in &seeds {
        if seed.span.start < taken {
            continue;
        }
        if let Some(link) = link(&context, text, seed) {
            taken = link.span.end;
            links.push(link);
        }
    }
    links
}

fn link(context: &Context, text: &str, seed: &Bare) -> Option<Link> {
    let Some(rejoined) = rejoin::rejoin(context, seed) else {
        return (!seed.incomplete).then(|| whole(text, seed));
    };
    let raw = rejoined.span.of(text);
    let mut link = Link::new(seed.kind, rejoined.span, raw, rejoined.joined, None);
    link.join = Some(rejoined.join);
    link.malformed = rejoined.malformed.map(str::to_owned).or(link.malformed);
    Some(link)
}

fn whole(text: &str, seed: &Bare) -> Link {
    let address = seed.address(text).to_owned();
    let mut link = Link::new(seed.kind, seed.span, seed.span.of(text), address, None);
    link.malformed = seed.malformed.map(str::to_owned).or(link.malformed);
    link
}
