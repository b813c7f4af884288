//! What tells whether a URL goes on after a space inside its line, as text recognition and copying
//! leave it: `https://example.org/2018/ 05/25/slug`.
//!
//! A space ends nearly every URL, so one is only joined over where the first part alone is none, or
//! where the parts make something that neither is by itself: a date, a query, the name of the page.

use super::candidate::Candidate;
use super::evidence;
use super::{Context, function_words};
use crate::address::bare;

/// How sure a join is, and why.
pub(super) type Told = (f64, &'static str);

/// Whether the URL `parts` may go on with `word`; said without allocating, since words follow
/// nearly all URLs.
pub(super) fn may_join(head: &str, word: &str) -> bool {
    head.ends_with([':', '/', '.', '-', '_', '=', '&', '%', '+', '~'])
        || word.starts_with(['/', '.'])
        || word.contains('-')
}

/// What tells for a join over a space.
pub(super) fn judge(context: &Context, candidate: &Candidate) -> Option<Told> {
    let (head, tail) = (candidate.head, candidate.tail);
    by_host(candidate)
        .or_else(|| by_date(head, tail))
        .or_else(|| by_sign(candidate))
        .or_else(|| by_path(candidate))
        .or_else(|| {
            (is_in_slug(head, tail) && evidence::names_the_page(context, candidate))
                .then_some((0.96, "the joined slug repeats the headline or the label"))
        })
}

/// A slug has begun, and what follows goes on in lower case.
fn is_in_slug(head: &str, tail: &str) -> bool {
    let last = head.rsplit('/').next().unwrap_or_default();
    (last.is_empty() || last.contains('-')) && !tail.starts_with(char::is_uppercase)
}

/// The first part has no whole host, both have.
fn by_host(candidate: &Candidate) -> Option<Told> {
    let tail = candidate.tail;
    let is_known = |host: &&str| host.contains('.') && bare::is_known_host(host);
    let host = candidate.joined_host.filter(is_known)?;
    let Some(alone) = candidate.after_scheme.filter(|alone| !alone.is_empty()) else {
        return Some((0.97, "the space cuts the scheme"));
    };
    let cut = alone.ends_with('.') || tail.starts_with('.');
    let unknown = !bare::is_known_host(alone.trim_end_matches('.'));
    let goes_on = tail.trim_start_matches('.').starts_with(|c: char| !c.is_uppercase());
    (cut && unknown && goes_on && host.len() > alone.len() && !alone.contains('/'))
        .then_some((0.96, "the first part alone has no whole host"))
}

/// `…/2018/` and `05/25/slug`: a day's directories.
fn by_date(head: &str, tail: &str) -> Option<Told> {
    let mut above = head.strip_suffix('/')?.rsplit('/');
    let (last, before) = (above.next()?, above.next()?);
    let mut below = tail.split('/');
    let (first, rest) = (below.next()?, below.next().filter(|rest| !rest.is_empty())?);
    // A day by itself may be the text's own date, and two numbers may be anything.
    let day = is_number(rest, 31) && below.next().is_some_and(|slug| !slug.is_empty());
    let day = is_year(last) && is_number(first, 12) && (day || rest.contains('-'));
    let slug = is_year(before) && is_number(last, 12) && is_number(first, 31) && rest.contains('-');
    (day || slug).then_some((0.96, "the parts make a date in the path"))
}

fn is_year(segment: &str) -> bool {
    segment.len() == 4 && segment.parse().is_ok_and(|year: u16| (1990..2100).contains(&year))
}

fn is_number(segment: &str, most: u8) -> bool {
    segment.len() <= 2 && segment.parse().is_ok_and(|number: u8| (1..=most).contains(&number))
}

/// The first part ends with a sign that ends no URL.
fn by_sign(candidate: &Candidate) -> Option<Told> {
    let (head, tail) = (candidate.head, candidate.tail);
    let path = candidate.after_scheme?.split_once('/')?.1;
    let word = tail.split(|c: char| !c.is_alphanumeric()).next()?;
    if word.is_empty() || word.starts_with(char::is_uppercase) || function_words::has(word) {
        return None;
    }
    let in_query = path.contains('?') && head.ends_with(['=', '&']);
    let in_slug = head.ends_with(['-', '_']) && tail.contains(|c: char| !c.is_alphabetic());
    if in_query || head.ends_with('%') {
        return Some((0.95, "the first part ends inside a query or an escape"));
    }
    in_slug.then_some((0.8, "the first part ends with a hyphen"))
}

/// A dated or numbered path after a host, and the file name of a page after a slash.
fn by_path(candidate: &Candidate) -> Option<Told> {
    const PAGES: &[&str] = &["html", "htm", "shtml", "php", "asp", "aspx", "pdf"];
    let (head, tail) = (candidate.head, candidate.tail);
    let is_host = candidate.after_scheme.is_some_and(|host| !host.contains('/'));
    let digits = tail.contains(|c: char| c.is_ascii_digit());
    if is_host && tail.starts_with('/') && digits && tail.contains('-') {
        return Some((0.85, "a path follows the host"));
    }
    let (stem, ending) = tail.rsplit_once('.')?;
    let is_page = head.ends_with('/') && stem.contains(['-', '_', '/']) && PAGES.contains(&ending);
    is_page.then_some((0.85, "the file name of a page follows the slash"))
}
