//! Bare URLs of Markdown that a line end broke. Markdown that came out of another format is wrapped
//! like plain text, and its URLs are put together as there.

use std::collections::HashMap;

use crate::address::bare::{self, Bare};
use crate::extract::rejoin::{self, Context};
use crate::model::{Extract, Link, LinkKind};

/// Rejoins the bare URLs among the links of `text`.
pub(super) fn rejoin(text: &str, found: &mut Extract) {
    let seeds: Vec<Bare> = bare::seeds(text).collect();
    let headline = found.titles.first().map(|title| title.text.clone());
    let context = Context::new(text, &seeds, headline.as_deref());
    let by_start: HashMap<usize, &Bare> =
        seeds.iter().map(|seed| (seed.span.start, seed)).collect();
    for link in found.links.iter_mut().filter(|link| link.kind == LinkKind::Bare) {
        let seed = by_start.get(&link.span.start).filter(|seed| seed.span == link.span);
        // Between angle brackets the URL is whole by the writer's own word.
        let Some(seed) = seed.filter(|_| !is_autolink(text, link)) else { continue };
        let Some(rejoined) = rejoin::rejoin(&context, seed) else { continue };
        let whole = rejoined.into_link(text, seed);
        link.span = whole.span;
        link.malformed.clone_from(&whole.malformed);
        link.join.clone_from(&whole.join);
        let (raw, joined) = (whole.raw().to_owned(), whole.joined().to_owned());
        link.readdress(&raw, &joined, whole.into_url());
    }
}

fn is_autolink(text: &str, link: &Link) -> bool {
    text.get(..link.span.start).is_some_and(|before| before.ends_with('<'))
}
