//! What a bare URL is for: by the words that introduce it, by its place, by its slug.

use super::introductions::{Introduced, line_start};
use super::{Slug, is_blank};
use crate::extract::rejoin::Context;
use crate::model::{Link, LinkKind, Region, Role};
use crate::text::words::Words;

/// How far above its URL a bibliography's entry may begin, in lines.
const ENTRY: usize = 5;

/// A headline and a slug of so many words name a particular page.
const TELLING: usize = 4;

/// A URL that stands alone has fewer bytes beside it.
const BESIDE: usize = 16;

/// Where a link stands.
pub(super) struct Place<'a, 't> {
    pub(super) text: &'a str,
    /// Where its line begins.
    pub(super) line: usize,
    pub(super) slug: &'a Slug,
    pub(super) context: &'a Context<'t>,
    pub(super) in_bibliography: bool,
}

/// Sets a link's label, role and region.
pub(super) fn assign(link: &mut Link, introduced: Option<Introduced>, place: &Place) {
    let said = introduced.as_ref().and_then(|introduced| introduced.role);
    link.label = introduced.map(|introduced| Box::new(introduced.label));
    link.role = match said {
        Some(Role::Archive) => Role::Reference,
        // Something named as a source by its host alone is a credit; an address is to be followed.
        Some(Role::Reference) if link.kind == LinkKind::Schemeless && !has_path(link) => {
            Role::Credit
        }
        Some(Role::Credit) if link.kind != LinkKind::Schemeless => Role::Body,
        Some(role) => role,
        None => unsaid(link, place),
    };
    let is_entry = place.in_bibliography || is_in_entry(place, link.span.start);
    if link.role == Role::Reference || is_entry {
        link.region = Region::Reference;
        if link.role == Role::Body {
            link.role = Role::Reference;
        }
    }
}

fn unsaid(link: &Link, place: &Place) -> Role {
    let alone = is_alone(link, place);
    if link.kind == LinkKind::Schemeless && alone && !has_path(link) {
        return Role::Credit;
    }
    // A short headline names no page, so that the slug need not be read.
    let headline = place.context.headline();
    let is_telling = alone && headline.len() >= TELLING;
    if is_telling && place.slug.words(link).is_some_and(|slug| names(slug, headline)) {
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
    link.joined().contains('/')
}

/// Whether nothing else stands in its line or lines.
fn is_alone(link: &Link, place: &Place) -> bool {
    let text = place.text;
    let before = text.get(place.line..link.span.start).unwrap_or_default();
    // A line may be very long; whether so much stands there is all that matters.
    let near = text.ceil_char_boundary(text.len().min(link.span.end + BESIDE));
    let rest = text.get(link.span.end..near).unwrap_or_default();
    let end = rest.bytes().position(|byte| byte == b'\n').unwrap_or(rest.len());
    let after = rest.get(..end).unwrap_or_default();
    let bare = |part: &str| part.len() < BESIDE && !part.contains(char::is_alphanumeric);
    bare(before) && bare(after)
}

/// Whether the line, or one of those right above it, begins with the number of a footnote or of a
/// bibliography's entry.
fn is_in_entry(place: &Place, at: usize) -> bool {
    let (text, mut start) = (place.text, place.line);
    let before = text.get(start..at).unwrap_or_default();
    if is_note_number(before) {
        return true;
    }
    for _ in 0..ENTRY {
        // The beginning of a very long line is out of reach.
        let is_start =
            start.checked_sub(1).is_none_or(|at| text.as_bytes().get(at) == Some(&b'\n'));
        if !is_start {
            return false;
        }
        if begins_entry(text.get(start..at).unwrap_or_default()) {
            return true;
        }
        let Some(end) = start.checked_sub(1) else { return false };
        start = line_start(text, end);
        if text.get(start..end).is_none_or(is_blank) {
            return false;
        }
    }
    false
}

/// `[12]`, or the sign of a footnote, at the start of a line.
fn begins_entry(line: &str) -> bool {
    // Most lines begin with a letter.
    if line.bytes().next().is_some_and(|first| first.is_ascii_graphic() && first != b'[') {
        return false;
    }
    let near = line.get(..line.floor_char_boundary(16)).unwrap_or(line).trim_start();
    if near.starts_with(is_note_sign) {
        return true;
    }
    let number = near.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    number.is_some_and(|(number, _)| {
        !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A sign that a footnote begins with.
const fn is_note_sign(c: char) -> bool {
    matches!(c, '†' | '‡' | '⁰'..='⁹' | '¹' | '²' | '³')
}

/// A footnote that is only its number and a URL.
fn is_note_number(before: &str) -> bool {
    let number = before.trim().trim_end_matches(['.', ')', ':']);
    !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
}
