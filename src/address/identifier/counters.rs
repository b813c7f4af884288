//! Where the numbers stand that only grow.

#![allow(
    clippy::unnested_or_patterns,
    clippy::match_same_arms,
    clippy::manual_let_else,
    reason = "each form of an address stands on a line of its own"
)]

use super::place::{Place, before, number, written};
use super::posts::Id;

pub(super) fn hacker_news<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["item" | "context" | "reply"] => place.parameter(&["id"])?,
        ["v0", "item", id] => id.strip_suffix(".json")?,
        _ => return None,
    };
    number(id, 1..=9).map(written)
}

/// `/r/name/comments/ID/words/`, `/comments/ID`, `redd.it/ID`
pub(super) fn reddit<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        // What stands on its subdomains are pictures and films, under names drawn at random.
        [id] if place.is_on("redd.it") => id,
        ["comments" | "gallery" | "poll" | "tb", id, ..]
        | [_, _, "comments" | "duplicates", id, ..]
        | [_, "comments", id, ..] => id,
        _ => return None,
    };
    let id = id.strip_suffix(".json").or_else(|| id.strip_suffix(".rss")).unwrap_or(id);
    let is_one = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    ((5..=8).contains(&id.len()) && id.bytes().all(is_one)).then(|| written(id))
}

/// The answer, if the address names one, else the question. The sites in other languages count by
/// themselves.
pub(super) fn stack_overflow<'u>(place: &Place<'u>) -> Id<'u> {
    if !place.is_on("stackoverflow.com") {
        return None;
    }
    let answer = place.fragment.filter(|id| number(id, 1..=9).is_some());
    let id = match *place.segments() {
        ["questions", question] => answer.unwrap_or(question),
        ["questions", question, _] => answer.unwrap_or(question),
        ["questions", question, _, answer] => number(answer, 1..=9).unwrap_or(question),
        ["a" | "q" | "questions" | "posts" | "revisions", id, ..] => id,
        _ => return None,
    };
    number(id, 1..=9).map(written)
}

/// A revision of the English Wikipedia; of two that are compared, the later.
pub(super) fn wikipedia<'u>(place: &Place<'u>) -> Id<'u> {
    let named = match *place.segments() {
        [
            "wiki",
            "Special:PermanentLink" | "Special:Permalink" | "Special:Diff" | "Special:MobileDiff",
            ref ids @ ..,
        ] => later(ids.iter().copied()),
        ["wiki", "Special:Redirect", "revision", id] => later(std::iter::once(id)),
        _ => None,
    };
    named.or_else(|| later(place.parameters(&["oldid", "diff"]))).map(written)
}

/// The largest of some numbers, since each was given out; `prev` and `cur` are none.
fn later<'u>(ids: impl Iterator<Item = &'u str>) -> Option<&'u str> {
    let numbers = ids.filter_map(|id| number(id, 4..=11));
    numbers.max_by_key(|id| id.parse::<u64>().unwrap_or_default())
}

/// `#issuecomment-ID`, and the same comment for programs.
pub(super) fn github_comment<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["repos", _, _, "issues", "comments", id] if place.host == "api.github.com" => id,
        _ if place.is_on("github.com") => place.fragment?.strip_prefix("issuecomment-")?,
        _ => return None,
    };
    number(before(id, &['-']), 5..=11).map(written)
}

/// `/N`, also behind a hash, a channel, a group, a showcase or a player.
pub(super) fn vimeo<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["video" | "videos" | "m", id, ..] => id,
        ["channels" | "ondemand", _, id] | ["groups", _, "videos", id] => id,
        ["album" | "showcase", _, "video", id] | ["manage", "videos", id, ..] => id,
        [_, "review", id, ..] => id,
        ["moogaloop.swf"] => place.parameter(&["clip_id"])?,
        [id] | [id, _] => id,
        _ => return None,
    };
    number(id, 6..=11).map(written)
}
