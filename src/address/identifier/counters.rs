//! Where the numbers stand that only grow.

#![allow(
    clippy::unnested_or_patterns,
    clippy::match_same_arms,
    clippy::manual_let_else,
    reason = "each form of an address stands on a line of its own"
)]

use super::place::{Place, before, number, written};
use super::posts::Id;

pub fn hacker_news<'u>(place: &Place<'u>) -> Id<'u> {
    let id = place.parameter(&["id"]).filter(|_| place.at(0) == Some("item"))?;
    number(id, 1..=9).map(written)
}

/// `/r/name/comments/ID/words/`, `/comments/ID`, `redd.it/ID`
pub fn reddit<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        [id] if place.host.ends_with("redd.it") => id,
        ["comments" | "gallery" | "tb", id, ..]
        | [_, _, "comments", id, ..]
        | [_, "comments", id, ..] => id,
        _ => return None,
    };
    let is_one = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    ((5..=8).contains(&id.len()) && id.bytes().all(is_one)).then(|| written(id))
}

/// The answer, if the address names one, else the question.
pub fn stack_overflow<'u>(place: &Place<'u>) -> Id<'u> {
    let answer = place.fragment.filter(|id| number(id, 1..=9).is_some());
    let id = match *place.segments() {
        ["questions", question] => answer.unwrap_or(question),
        ["questions", question, _] => answer.unwrap_or(question),
        ["questions", question, _, answer] => number(answer, 1..=9).unwrap_or(question),
        ["a" | "q" | "questions", id, ..] => id,
        _ => return None,
    };
    number(id, 1..=9).map(written)
}

/// A revision of the English Wikipedia.
pub fn wikipedia<'u>(place: &Place<'u>) -> Id<'u> {
    let named = match *place.segments() {
        ["wiki", page, ..] => page
            .strip_prefix("Special:PermanentLink")
            .or_else(|| page.strip_prefix("Special:Permalink"))
            .or_else(|| page.strip_prefix("Special:Diff"))
            .and_then(|_| place.last()),
        _ => None,
    };
    let id = named.or_else(|| place.parameter(&["oldid", "diff"]))?;
    number(id, 4..=11).map(written)
}

/// `#issuecomment-ID`
pub fn github_comment<'u>(place: &Place<'u>) -> Id<'u> {
    let id = place.fragment?.strip_prefix("issuecomment-")?;
    number(before(id, &['-']), 5..=11).map(written)
}

pub fn vimeo<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        [id] | [id, _] => id,
        ["video" | "videos", id, ..] => id,
        ["channels" | "ondemand", _, id] | ["groups", _, "videos", id] => id,
        _ => return None,
    };
    number(id, 6..=11).map(written)
}
