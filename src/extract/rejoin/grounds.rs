//! What makes a join certain. Where lines end in a text tells little by itself, since anything may
//! stand in the next one: only a deeper indentation, a numbered reference, a break inside a host, a
//! word or a query, and a name that the text has elsewhere tell that an address goes on.

use super::candidate::Candidate;
use super::sign::{Sign, Signs};
use crate::address::bare;

/// Why the parts belong together for certain, if they do.
pub(super) fn of(candidate: &Candidate, signs: Signs) -> Option<&'static str> {
    let has = |sign| signs.has(sign);
    if has(Sign::HeadlineRepeated) {
        return Some("the joined slug repeats the article's own headline");
    }
    if has(Sign::LabelRepeated) {
        return Some("the joined slug repeats words of its label");
    }
    if has(Sign::JoinKnown) && !has(Sign::AddressKnown) {
        return Some("the text has the whole address elsewhere");
    }
    if signs.has(Sign::InScheme) && signs.has(Sign::HostCompleted) {
        return Some("the break cuts the scheme");
    }
    if is_host_cut(candidate, signs) {
        return Some("the break falls inside the host");
    }
    if has(Sign::EscapeCut) && candidate.tail.starts_with(|c: char| c.is_ascii_hexdigit()) {
        return Some("the break cuts a percent escape");
    }
    if candidate.is_over_blank_line() {
        return None;
    }
    if candidate.is_of_target() {
        return Some("the URL is a named target, which goes on in indented lines");
    }
    if is_query_cut(candidate, signs) {
        return Some("the break falls inside a query");
    }
    if is_hash_cut(candidate) {
        return Some("both parts make a digest of the usual length");
    }
    if is_ending_cut(candidate, signs) || is_word_cut(candidate, signs) {
        return Some("the break falls inside a word");
    }
    let looks_like_more = is_more(candidate, signs) && did_not_fit(signs);
    if looks_like_more && candidate.is_hanging() {
        return Some("the next line is indented deeper than the URL's own");
    }
    if looks_like_more && candidate.is_numbered() {
        return Some("the URL is that of a numbered reference");
    }
    None
}

/// Whether the next line's first word had no room at the end of the line.
fn did_not_fit(signs: Signs) -> bool {
    signs.has(Sign::LineFull) || !signs.has(Sign::TokenWouldFit)
}

/// What could be more of an address and not a word of a sentence, alone in its line.
fn is_more(candidate: &Candidate, signs: Signs) -> bool {
    let tail = candidate.tail;
    let marked = tail.contains(|c: char| !c.is_alphabetic());
    let ends = signs.has(Sign::TailAlone);
    let whole = signs.has(Sign::FileEnds) && !tail.starts_with(['#', '?']);
    ends && marked && !whole && !signs.has(Sign::TailIsNumber)
}

/// `https://exam-⏎ple.com/a`, `https://www.⏎example.org`.
fn is_host_cut(candidate: &Candidate, signs: Signs) -> bool {
    let Some(alone) = candidate.after_scheme.filter(|alone| !alone.is_empty()) else {
        return false;
    };
    let host = candidate.joined_host.unwrap_or_default();
    let is_completed = signs.has(Sign::HostUnfinished)
        && host.len() > alone.len()
        && host.contains('.')
        && bare::is_known_host(host);
    let own = candidate.tail.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let cut = alone.ends_with(['.', '-']) || !bare::is_known_host(own) && alone.contains('.');
    is_completed && cut && !candidate.tail.starts_with(char::is_uppercase)
}

/// A name and its value that only a query has.
fn is_query_cut(candidate: &Candidate, signs: Signs) -> bool {
    let (head, tail) = (candidate.head, candidate.tail);
    if !head.contains('?') || signs.has(Sign::TailIsWord) {
        return false;
    }
    let named = tail.split('&').skip(1).any(|part| part.contains('='));
    let valued = tail.contains('=') && head.ends_with(['?', '&']);
    let value = head.ends_with('=') && signs.has(Sign::TailAlone) && tail.contains(['%', '+', '&']);
    named || valued || value
}

/// The lengths of digests (MD5, SHA-1, SHA-256) in hexadecimal digits.
const DIGESTS: [usize; 3] = [32, 40, 64];

fn is_hash_cut(candidate: &Candidate) -> bool {
    let is_hex = |c: &char| c.is_ascii_digit() || matches!(c, 'a'..='f');
    let before = candidate.head.chars().rev().take_while(is_hex).count();
    let after = candidate.tail.chars().take_while(is_hex).count();
    let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    before > 3
        && after > 3
        && DIGESTS.contains(&(before + after))
        && bounded(candidate.tail.chars().nth(after))
        && bounded(candidate.head.chars().rev().nth(before))
}

/// `.shtm⏎l`, `-server.⏎html`.
fn is_ending_cut(candidate: &Candidate, signs: Signs) -> bool {
    let ends = signs.has(Sign::TailAlone) || signs.has(Sign::TailThenPunctuation);
    let dotted = signs.has(Sign::DotThenLower)
        && signs.has(Sign::TailIsFile)
        && !candidate.tail.contains('.');
    ends && (signs.has(Sign::EndingCompleted) || dotted) && signs.has(Sign::LineFull)
}

/// `…-running-on-⏎macos-latest/`: no address ends with a hyphen, and what follows goes on as a slug
/// does.
fn is_word_cut(candidate: &Candidate, signs: Signs) -> bool {
    let slug = candidate.head.rsplit('/').next().unwrap_or_default();
    let goes_on = candidate.tail.contains(['-', '_', '/', '.', '%', '=']);
    let hyphen = slug.ends_with('-') && slug.len() > 3 && (goes_on || signs.has(Sign::TailAlone));
    let word = signs.has(Sign::WordCompleted)
        && signs.has(Sign::LineFull)
        && goes_on
        && !signs.has(Sign::TailIsKnownWord);
    (hyphen || word) && candidate.tail.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}
