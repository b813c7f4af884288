//! What a bare URL is for: by the words that introduce it, by its place, by its slug.

use super::Slug;
use super::introductions::{Introduced, line_start};
use crate::compare::words::Words;
use crate::extract::rejoin::Context;
use crate::model::{Link, LinkKind, Region, Role};

/// How far above its URL a bibliography's entry may begin, in lines.
const ENTRY: usize = 5;

/// A headline and a slug of so many words name a particular page.
const TELLING: usize = 4;

/// A URL that stands alone has fewer bytes beside it.
const BESIDE: usize = 16;

/// Sets a link's label, role and region.
pub(super) fn assign(
    link: &mut Link,
    text: &str,
    introduced: Option<Introduced>,
    slug: &Slug,
    context: &Context,
) {
    let said = introduced.as_ref().and_then(|introduced| introduced.role);
    link.label = introduced.map(|introduced| introduced.label);
    link.role = match said {
        Some(Role::Archive) => Role::Reference,
        // Something named as a source by its host alone is a credit; an address is to be followed.
        Some(Role::Reference) if link.kind == LinkKind::Schemeless && !has_path(link) => {
            Role::Credit
        }
        Some(Role::Credit) if link.kind != LinkKind::Schemeless => Role::Body,
        Some(role) => role,
        None => unsaid(link, text, slug, context),
    };
    if link.role == Role::Reference || is_in_entry(text, link.span.start) {
        link.region = Region::Reference;
        if link.role == Role::Body {
            link.role = Role::Reference;
        }
    }
}

fn unsaid(link: &Link, text: &str, slug: &Slug, context: &Context) -> Role {
    let alone = is_alone(link, text);
    if link.kind == LinkKind::Schemeless && alone && !has_path(link) {
        return Role::Credit;
    }
    // A short headline names no page, so that the slug need not be read.
    let headline = Some(context.headline()).filter(|headline| alone && headline.len() >= TELLING);
    if headline.is_some_and(|headline| slug.words(link).is_some_and(|slug| names(slug, headline))) {
        return Role::Original;
    }
    let labelled = link.label.is_some() && alone;
    if labelled { Role::Related } else { Role::Body }
}

/// Whether the slug repeats the headline so fully that the address is the article's own.
fn names(slug: &Words, headline: &Words) -> bool {
    slug.len() >= TELLING && slug.resembles(headline)
}

fn has_path(link: &Link) -> bool {
    link.joined.contains('/')
}

/// Whether nothing else stands in its line or lines.
fn is_alone(link: &Link, text: &str) -> bool {
    let before = text.get(line_start(text, link.span.start)..link.span.start).unwrap_or_default();
    // A line may be very long; whether so much stands there is all that matters.
    let near = text.ceil_char_boundary(text.len().min(link.span.end + BESIDE));
    let rest = text.get(link.span.end..near).unwrap_or_default();
    let after = rest.split('\n').next().unwrap_or_default();
    let bare = |part: &str| part.len() < BESIDE && !part.contains(char::is_alphanumeric);
    bare(before) && bare(after)
}

/// Whether the line, or one of those right above it, begins with the number of a footnote or of a
/// bibliography's entry.
fn is_in_entry(text: &str, at: usize) -> bool {
    let mut start = line_start(text, at);
    let before = text.get(start..at).unwrap_or_default();
    if is_note_number(before) {
        return true;
    }
    for _ in 0..ENTRY {
        let near = text.floor_char_boundary(at.min(start + 16));
        let line = text.get(start..near).unwrap_or_default();
        if begins_entry(line) {
            return true;
        }
        let Some(end) = start.checked_sub(1) else { return false };
        start = line_start(text, end);
        if text.get(start..end).is_none_or(|line| line.trim().is_empty()) {
            return false;
        }
    }
    false
}

/// `[12]` at the start of a line.
fn begins_entry(line: &str) -> bool {
    let number = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    number.is_some_and(|(number, _)| {
        !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A footnote that is only its number and a URL.
fn is_note_number(before: &str) -> bool {
    let number = before.trim().trim_end_matches(['.', ')', ':']);
    !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
}
