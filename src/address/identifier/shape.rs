//! Identifiers that tell by their own shape what they are, wherever they stand.

use std::borrow::Cow;

use url::Url;

use super::layout::Layout;
use super::place::{Place, number, written};
use super::{Clock, SetBy};
use crate::model::Confidence;

/// The kinds that count on hosts of which the table knows nothing, the surest first.
pub(super) static CLOCKS: &[Clock] = &[
    Clock {
        name: "Mastodon",
        hosts: &[],
        form: "`/@name/ID`, `/users/name/statuses/ID`, `/web/statuses/ID`, of 18 digits",
        recognise: mastodon,
        layout: Layout::Snowflake { shift: 16, epoch: 0, least: 0 },
        since: (2018, 5, 9),
        until: None,
        set_by: SetBy::Platform,
        slack: (0, 0),
        confidence: Confidence::High,
        source: "https://github.com/mastodon/mastodon/blob/main/lib/mastodon/snowflake.rb",
    },
    Clock {
        name: "Brightspot",
        hosts: &[],
        form: "a UUID of no known version that begins with `000001` and ends in a small number",
        recognise: |place| uuid_of(place, b'd'),
        layout: Layout::Brightspot,
        since: (2012, 1, 1),
        until: None,
        set_by: SetBy::Publisher,
        slack: (66, 66),
        confidence: Confidence::High,
        source: "read from dated addresses of Politico, Haaretz and The Marker",
    },
    Clock {
        name: "Misskey",
        hosts: &[],
        form: "`/notes/ID`, of 10 or 16 characters",
        recognise: note,
        layout: Layout::Aid,
        since: (2018, 1, 1),
        until: None,
        set_by: SetBy::Platform,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://github.com/misskey-dev/misskey/tree/develop/packages/backend/src/misc/id",
    },
    Clock {
        name: "Misskey",
        hosts: &[],
        form: "`/notes/ID`, of 24 hexadecimal digits that begin with 8",
        recognise: meid,
        layout: Layout::Meid,
        since: (2018, 1, 1),
        until: None,
        set_by: SetBy::Platform,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://github.com/misskey-dev/misskey/tree/develop/packages/backend/src/misc/id",
    },
    Clock {
        name: "Pleroma",
        hosts: &[],
        form: "`/notice/ID`, `/@name/posts/ID`, of 18 characters",
        recognise: notice,
        layout: Layout::Flake62,
        since: (2018, 10, 1),
        until: None,
        set_by: SetBy::Platform,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://git.pleroma.social/pleroma/elixir-libraries/flake_id",
    },
    Clock {
        name: "UUID version 1",
        hosts: &[],
        form: "a UUID of version 1",
        recognise: |place| uuid_of(place, b'1'),
        layout: Layout::Uuid(1),
        since: (2005, 1, 1),
        until: None,
        set_by: SetBy::Publisher,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://www.rfc-editor.org/rfc/rfc9562",
    },
    Clock {
        name: "UUID version 6",
        hosts: &[],
        form: "a UUID of version 6",
        recognise: |place| uuid_of(place, b'6'),
        layout: Layout::Uuid(6),
        since: (2020, 1, 1),
        until: None,
        set_by: SetBy::Publisher,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://www.rfc-editor.org/rfc/rfc9562",
    },
    Clock {
        name: "UUID version 7",
        hosts: &[],
        form: "a UUID of version 7",
        recognise: |place| uuid_of(place, b'7'),
        layout: Layout::Uuid(7),
        since: (2020, 1, 1),
        until: None,
        set_by: SetBy::Publisher,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://www.rfc-editor.org/rfc/rfc9562",
    },
    Clock {
        name: "ULID",
        hosts: &[],
        form: "26 characters of Crockford's Base32",
        recognise: ulid,
        layout: Layout::Ulid,
        since: (2016, 1, 1),
        until: None,
        set_by: SetBy::Publisher,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://github.com/ulid/spec",
    },
    Clock {
        name: "CUID",
        hosts: &[],
        form: "25 characters that begin with `c`",
        recognise: cuid,
        layout: Layout::Cuid,
        since: (2012, 11, 1),
        until: None,
        set_by: SetBy::Publisher,
        slack: (0, 0),
        confidence: Confidence::Medium,
        source: "https://github.com/paralleldrive/cuid",
    },
    Clock {
        name: "MongoDB",
        hosts: &[],
        form: "24 hexadecimal digits",
        recognise: object_id,
        layout: Layout::ObjectId,
        since: (2009, 1, 1),
        until: Some((2037, 12, 31)),
        set_by: SetBy::Publisher,
        slack: (0, 0),
        confidence: Confidence::Low,
        source: "https://www.mongodb.com/docs/manual/reference/bson-types/",
    },
];

/// Whether a word stands in the path or the query that may be one of these: one that is as long as the
/// shortest of them and holds a digit, or the last part of a UUID. Those of Misskey are shorter.
pub(super) fn may_hold_one(url: &Url) -> bool {
    let texts = [Some(url.path()), url.query()];
    texts.into_iter().flatten().any(|text| holds_long_word(text.as_bytes()))
        || url.path().starts_with("/notes/")
}

fn holds_long_word(text: &[u8]) -> bool {
    /// How many digits the last part of a UUID has, and how many characters the shortest of the others.
    const OF_UUID: usize = 12;
    const SHORTEST: usize = 18;
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric();
    let mut start = 0;
    // Whatever is so long covers its own last place: most bytes need not be looked at.
    while let Some(ahead) = text.get(start..start + OF_UUID) {
        if let Some(gap) = ahead.iter().rposition(|byte| !is_word(byte)) {
            start += gap + 1;
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_word(byte)).unwrap_or(rest.len());
        let (word, _) = rest.split_at(length);
        if length == OF_UUID && word.iter().all(u8::is_ascii_hexdigit)
            || length >= SHORTEST && word.iter().any(u8::is_ascii_digit)
        {
            return true;
        }
        start += length + 1;
    }
    false
}

/// The status in the address of a server that speaks Mastodon's interface.
fn status<'u>(place: &Place<'u>) -> Option<&'u str> {
    let segments = place.segments();
    let segments = match segments {
        ["web" | "deck", rest @ ..] => rest,
        _ => segments,
    };
    match *segments {
        [name, "posts" | "statuses", id, ..] | [name, id, ..]
            if name.len() > 1 && name.starts_with('@') =>
        {
            Some(id)
        }
        ["users", _, "statuses", id, ..]
        | ["ap", "users", _, "statuses", id, ..]
        | ["statuses" | "interact", id, ..] => Some(id),
        _ => None,
    }
}

fn mastodon<'u>(place: &Place<'u>) -> Option<Cow<'u, str>> {
    number(status(place)?, 18..=18).map(written)
}

fn is_mixed(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Words stand in the same place: `/notes/accounting`.
fn note<'u>(place: &Place<'u>) -> Option<Cow<'u, str>> {
    let id = after_first(place, "notes")?;
    let is_one = matches!(id.len(), 10 | 16)
        && id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
        && is_mixed(id);
    is_one.then(|| written(id))
}

fn meid<'u>(place: &Place<'u>) -> Option<Cow<'u, str>> {
    let id = after_first(place, "notes")?;
    (id.len() == 24 && id.starts_with('8') && is_lower_hex(id)).then(|| written(id))
}

/// What follows a segment of that name where the path begins with it and ends there, but for a form of
/// the same.
fn after_first<'u>(place: &Place<'u>, name: &str) -> Option<&'u str> {
    match *place.segments() {
        [first, id] | [first, id, "embed" | "activity"] if first == name => Some(id),
        _ => None,
    }
}

fn notice<'u>(place: &Place<'u>) -> Option<Cow<'u, str>> {
    let id = after_first(place, "notice").or_else(|| status(place))?;
    let is_one =
        id.len() == 18 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) && is_mixed(id);
    is_one.then(|| written(id))
}

fn is_lower_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// The texts in which an identifier may stand: the path, then the values of the query.
fn texts<'u>(place: &Place<'u>) -> impl Iterator<Item = &'u str> + use<'u> {
    std::iter::once(place.path).chain(place.query)
}

/// The last word of the address that has so many characters and is one.
fn last_word<'u>(
    place: &Place<'u>,
    length: usize,
    is_one: fn(&str) -> bool,
) -> Option<Cow<'u, str>> {
    if place.longest_word() < length {
        return None;
    }
    let is_one = |word: &str| word.len() == length && is_one(word);
    let found =
        |text: &'u str| text.rsplit(|c: char| !c.is_ascii_alphanumeric()).find(|word| is_one(word));
    texts(place).find_map(found).map(written)
}

fn ulid<'u>(place: &Place<'u>) -> Option<Cow<'u, str>> {
    last_word(place, 26, |word| {
        let of = |is_one: fn(&u8) -> bool| word.bytes().all(|b| b.is_ascii_digit() || is_one(&b));
        is_mixed(word) && (of(u8::is_ascii_uppercase) || of(u8::is_ascii_lowercase))
    })
}

fn cuid<'u>(place: &Place<'u>) -> Option<Cow<'u, str>> {
    last_word(place, 25, |word| {
        let is_one = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.starts_with('c') && word.bytes().all(is_one) && digits > 2
    })
}

/// Digits alone are more likely a number, and capitals another system's.
fn object_id<'u>(place: &Place<'u>) -> Option<Cow<'u, str>> {
    last_word(place, 24, |word| is_lower_hex(word) && is_mixed(word))
}

/// The last UUID of the address, if it is of that version.
fn uuid_of<'u>(place: &Place<'u>, version: u8) -> Option<Cow<'u, str>> {
    /// How many digits the last part of a UUID has.
    const LAST: usize = 12;
    if place.longest_word() < LAST {
        return None;
    }
    let id = texts(place).find_map(last_uuid)?;
    (id.as_bytes().get(14)?.to_ascii_lowercase() == version).then(|| written(id))
}

/// The last UUID in a text, a word of its own with its hyphens.
pub(super) fn last_uuid(text: &str) -> Option<&str> {
    const LENGTH: usize = 36;
    /// Where the last of its hyphens stands.
    const LAST: usize = 23;
    let is_edge =
        |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    let bytes = text.as_bytes();
    for hyphen in memchr::memrchr_iter(b'-', bytes) {
        let Some(start) = hyphen.checked_sub(LAST) else { break };
        let end = start + LENGTH;
        let Some(word) = bytes.get(start..end) else { continue };
        let is_one = word.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let is_free =
            is_edge(bytes.get(end)) && before.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if is_one && is_free {
            return text.get(start..end);
        }
    }
    None
}
