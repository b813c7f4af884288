//! Where the identifiers of social platforms stand in their addresses.

#![allow(
    clippy::unnested_or_patterns,
    clippy::match_same_arms,
    clippy::manual_let_else,
    reason = "each form of an address stands on a line of its own"
)]

use std::borrow::Cow;

use super::place::{Place, before, number, written};

/// An identifier's text, if there is one.
pub(super) type Id<'u> = Option<Cow<'u, str>>;

/// `/name/status/ID` and its like, on X's own hosts and those that show its posts.
pub(super) fn x<'u>(place: &Place<'u>) -> Id<'u> {
    let in_path = || match *place.segments() {
        ["1" | "1.1", "statuses", "show" | "retweet" | "retweets", id] => Some(id),
        ["1" | "1.1", ..] => None,
        ["i", "cards", "tfw", "v1", id, ..]
        | ["i", "videos", "tweet", id, ..]
        | ["i", "web" | "user", "status" | "statuses", id, ..]
        | [
            "i",
            "status" | "statuses" | "videos" | "events" | "moments" | "lists" | "articles"
            | "article" | "communities" | "timelines",
            id,
            ..,
        ]
        | ["i", "birdwatch", "n" | "t", id, ..]
        | [_, "status" | "statuses" | "article", id, ..]
        | ["status" | "statuses", id, ..]
        | [_, _, "status" | "statuses", id, ..]
        | ["2", "tweets", id]
        | [
            "ext_tw_video"
            | "amplify_video"
            | "ext_tw_video_thumb"
            | "amplify_video_thumb"
            | "card_img",
            id,
            ..,
        ]
        | ["thread" | "convos", id] => Some(id),
        ["embed", id] if id.starts_with(|c: char| c.is_ascii_digit()) => Some(id),
        _ => None,
    };
    let in_query = || {
        place.parameter(&["in_reply_to", "tweet_id", "id"]).filter(|_| {
            matches!(place.at(0), Some("intent" | "embed" | "tweet-result" | "1" | "1.1"))
        })
    };
    let id = in_path().or_else(in_query).or_else(|| in_fragment(place))?;
    number(before(id, &['.', '%', '&']), 15..=19).map(written)
}

/// `#!/name/status/ID`, as addresses were until 2012.
fn in_fragment<'u>(place: &Place<'u>) -> Option<&'u str> {
    let mut parts = place.fragment?.strip_prefix("!/")?.split('/');
    let (_, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
    matches!(kind, "status" | "statuses").then(|| before(id, &['?', '&']))
}

/// The number of a post from before there were snowflakes.
pub(super) fn old_x<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        [_, "status" | "statuses", id, ..] | ["statuses", id] => id,
        _ => in_fragment(place)?,
    };
    number(plain(id), 2..=11).map(written)
}

/// Without the ending that names a format.
fn plain(id: &str) -> &str {
    before(id, &['.'])
}

/// `/p/CODE/`, also behind a name; a private post's code goes on with its key. What stands behind
/// `share` is drawn at random.
pub(super) fn instagram<'u>(place: &Place<'u>) -> Id<'u> {
    let is_kind = |text: &str| matches!(text, "p" | "reel" | "reels" | "tv");
    let code = match *place.segments() {
        [kind, code, ..] if is_kind(kind) => code,
        [name, kind, code, ..] if is_kind(kind) && name != "share" => code,
        _ => return None,
    };
    instagram_code(code)
}

fn instagram_code(code: &str) -> Id<'_> {
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let id = match code.len() {
        10 | 11 => code,
        28.. => code.get(..11)?,
        _ => return None,
    };
    code.bytes().all(is_one).then(|| written(id))
}

/// `/stories/name/ID`, the same number in decimal digits, which a highlight's link has with the
/// account's.
pub(super) fn instagram_story<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["stories", name, id, ..] if name != "highlights" => id,
        ["s", ..] => before(place.parameter(&["story_media_id"])?, &['_', '%']),
        _ => return None,
    };
    number(id, 18..=19).map(written)
}

/// `/@name/post/CODE` and `/t/CODE`.
pub(super) fn threads<'u>(place: &Place<'u>) -> Id<'u> {
    match *place.segments() {
        ["t", code, ..] | [_, "post", code, ..] => instagram_code(code),
        _ => None,
    }
}

/// `/@name/video/ID` and its like; names of lists and sounds have the number at their end.
pub(super) fn tiktok<'u>(place: &Place<'u>) -> Id<'u> {
    let named =
        place.after(&["music", "playlist", "collection"]).and_then(|name| name.rsplit('-').next());
    let id = place
        .after(&["video", "photo", "note", "slides", "article", "v", "item", "lvdetail"])
        .or_else(|| match *place.segments() {
            ["embed", "v2" | "v3", id, ..] | ["embed", id] | ["player", "v1", id] => Some(id),
            _ => None,
        })
        .or(named)
        .or_else(|| place.parameter(&["modal_id", "item_id", "share_item_id", "vid"]))?;
    number(plain(id), 19..=19).map(written)
}

/// `/ID`, `/aID/`, `/video/ID` on the sister platforms.
pub(super) fn ixigua<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["video" | "article" | "group" | "w" | "pseries", id, ..] | [id] => id,
        _ => return None,
    };
    let id = id.strip_prefix(['a', 'i']).unwrap_or(id);
    number(id, 19..=19).map(written)
}

pub(super) fn likee<'u>(place: &Place<'u>) -> Id<'u> {
    let id = place.after(&["video"]).or_else(|| place.parameter(&["postId"]))?;
    number(id, 19..=19).map(written)
}

/// The last nineteen digits of what follows the kind: titles glue digits of their own to them.
pub(super) fn linkedin<'u>(place: &Place<'u>) -> Id<'u> {
    let in_path = match *place.segments() {
        ["posts", slug, ..] => post_of(slug),
        ["events", slug, ..] => trailing(slug),
        ["newsletters", slug, ..] => trailing(slug),
        ["feed", "update", urn, ..]
        | ["embed", "feed", "update", urn, ..]
        | ["analytics", "post-summary", urn, ..] => urn_of(urn),
        // As addresses were until about 2018.
        ["hp", "update", id, ..] => number(id, 19..=19),
        ["groups", _, id, ..] | ["grp", "post", id, ..] if id.contains('-') => trailing(id),
        ["nhome", "updates"] => number(place.parameter(&["topic"])?, 19..=19),
        ["groupItem"] => number(place.parameter(&["item"])?, 19..=19),
        ["video", "live" | "event", urn, ..] => urn_of(urn).or_else(|| trailing(urn)),
        _ => None,
    };
    let in_query = || {
        let urn = place.parameter(&[
            "updateEntityUrn",
            "highlightedUpdateUrn",
            "updateUrn",
            "shareUrn",
        ])?;
        urn_of(urn)
    };
    let id = in_path.or_else(in_query)?;
    Some(written(id))
}

/// `urn:li:activity:ID`, also percent-encoded, and the last number of a pair.
fn urn_of(urn: &str) -> Option<&str> {
    const KINDS: [&str; 6] =
        ["activity", "ugcPost", "share", "groupPost", "article", "linkedInArticle"];
    let is_urn = KINDS.iter().any(|kind| urn.contains(kind));
    trailing(urn.trim_end_matches([')', ','])).filter(|_| is_urn)
}

/// The number of `name_words-activity-ID-AbCd`.
fn post_of(slug: &str) -> Option<&str> {
    ["activity", "share", "ugcPost", "ugcpost", "groupPost"].iter().find_map(|kind| {
        let (_, rest) = slug.rsplit_once(&format!("{kind}-"))?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // Of a post in a group the group's number comes first.
        let (first, after) = rest.split_at_checked(digits)?;
        let second = after.strip_prefix('-').map(|after| before(after, &['-']));
        let second = second.and_then(|text| number(text, 19..=19));
        second.or_else(|| number(first, 19..=19))
    })
}

/// The last nineteen digits of a text that ends in at least as many.
fn trailing(text: &str) -> Option<&str> {
    let digits = text.get(text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..)?;
    digits.get(digits.len().checked_sub(19)?..)
}

/// The message of a channel, or the most special thing that the address names.
pub(super) fn discord<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["channels", _, _, "threads", id]
        | ["channels", _, _, id]
        | ["channels", _, id]
        | ["channels", id]
        | ["events", _, id]
        | ["attachments" | "ephemeral-attachments", _, id, ..]
        | ["users", id]
        | ["api", "webhooks", id, ..]
        | ["api", _, "webhooks", id, ..]
        | ["application-directory" | "discovery", id, ..]
        | ["emojis" | "stickers", id] => id,
        ["servers", slug] => slug.rsplit('-').next()?,
        ["oauth2" | "api", ..] => place.parameter(&["client_id"])?,
        _ => return None,
    };
    number(plain(id), 17..=19).map(written)
}

/// `/profile/name/post/TID`.
pub(super) fn bluesky<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["profile", _, "post" | "lists" | "feed", id, ..] | ["starter-pack" | "start", _, id] => id,
        ["at:" | "at" | "embed", _, collection, id, ..] if collection.contains('.') => id,
        _ => return None,
    };
    let is_one = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'2'..=b'7');
    (id.len() == 13 && id.bytes().all(is_one)).then(|| written(id))
}

/// A post of Weibo by its decimal number.
pub(super) fn weibo<'u>(place: &Place<'u>) -> Id<'u> {
    number(weibo_post(place)?, 16..=16).map(written)
}

/// The same by its letters, of which words of nine lower-case letters are none.
pub(super) fn weibo_letters<'u>(place: &Place<'u>) -> Id<'u> {
    let id = weibo_post(place)?;
    let is_word = id.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_one = id.len() == 9 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_one && !is_word).then(|| written(id))
}

fn weibo_post<'u>(place: &Place<'u>) -> Option<&'u str> {
    let shared = || place.parameter(&["weibo_id"]);
    match *place.segments() {
        ["statuses", "show"] | ["ajax" | "2", "statuses", "show"] => place.parameter(&["id"]),
        ["status" | "statuses" | "detail" | "comment", id, ..] => Some(id),
        // A film's own number is made with the post's.
        ["tv", "show", film, ..] => film.strip_prefix("1034:"),
        // Whose post it is need not be said.
        [user, id, ..] if user == "0" || number(user, 5..=12).is_some() => Some(id),
        _ => shared(),
    }
}

pub(super) fn tumblr<'u>(place: &Place<'u>) -> Id<'u> {
    let id = place.after(&["post", "image", "reblog"]).filter(|id| number(id, 18..=18).is_some());
    let id = id.or_else(|| match *place.segments() {
        ["blog", "view" | "private_", _, id, ..]
        | ["dashboard", "blog", _, id, ..]
        | ["blog", _, id, ..]
        | ["embed", "post", _, id, ..]
        | ["video" | "audio_file", _, id, ..]
        | [_, id, ..]
        | [id] => Some(id),
        _ => None,
    })?;
    number(id, 18..=18).map(written)
}

/// A message, or the one of a thread that the address opens.
pub(super) fn slack<'u>(place: &Place<'u>) -> Id<'u> {
    let stamp = |text: &'u str| number(text, 16..=16);
    let found = match *place.segments() {
        ["archives" | "messages", _, message, ..] => message.strip_prefix('p').and_then(stamp),
        ["client", _, channel, ref rest @ ..] => {
            let thread = rest.iter().find_map(|text| text.strip_prefix(channel)?.strip_prefix('-'));
            return thread.and_then(dotted_stamp);
        }
        _ => None,
    };
    found.map(written)
}

/// `1600268272.383600`
fn dotted_stamp(text: &str) -> Id<'_> {
    let (seconds, fraction) = text.split_once('.')?;
    number(fraction, 6..=6)?;
    number(seconds, 10..=10).map(written)
}

/// `/name/posts/ID` of Gab and Truth Social, which number as Mastodon does.
pub(super) fn gab<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["users" | "group" | "groups", _, "posts" | "statuses", id, ..]
        | ["ap", "users", _, "statuses", id, ..]
        | [_, "posts" | "statuses", id, ..]
        | ["statuses" | "posts", id]
        | [_, id]
        | [_, id, "embed"] => id,
        _ => return None,
    };
    number(id, 18..=18).map(written)
}
