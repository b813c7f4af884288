//! Fragments: which of them name a place in a text, and what it is called.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What stands before a name in the markup of code hosts, and not in the links to it.
const PREFIXES: [&str; 2] = ["user-content-", "markdown-header-"];

/// What a page of a code host, or a generator, names beside what the text does.
const BESIDE: [&str; 5] = ["top", "readme", "start-of-content", "readme-top", "license"];

/// Beginnings of names that are made of something else than the text: footnotes, comments, changes,
/// and the items of `rustdoc`.
const MADE: [&str; 26] = [
    "fn:",
    "fn-",
    "fnref",
    "footnote",
    "issuecomment-",
    "discussion",
    "diff-",
    "pullrequestreview-",
    "comment-",
    "struct.",
    "enum.",
    "fn.",
    "method.",
    "tymethod.",
    "trait.",
    "macro.",
    "associatedtype.",
    "associatedconstant.",
    "variant.",
    "structfield.",
    "impl-",
    "mod.",
    "type.",
    "constant.",
    "attr.",
    "primitive.",
];

/// The name of the place in a text that a fragment asks for, decoded; none where it asks for the
/// whole page, or for something else: a line of code, a page of a PDF, a time of a film, words of
/// the text (`:~:text=`), a view of an application (`#/users`).
#[must_use]
pub(crate) fn place(fragment: &str) -> Option<Cow<'_, str>> {
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let name = percent_decode_str(fragment).decode_utf8().ok()?;
    let lower = name.to_ascii_lowercase();
    let is_other = lower
        .contains(['/', '=', '?', '!', '&', '(', '{', '}', '<', '>', '$', '%', '*', '\\', '|'])
        || lower.starts_with(':')
        || is_lines(&lower)
        || BESIDE.contains(&lower.as_str())
        || lower.ends_with("-ov-file")
        || MADE.iter().any(|made| lower.starts_with(made))
        || has_dot_codes(&name);
    let prefix = PREFIXES.iter().find(|prefix| lower.starts_with(**prefix)).map_or(0, |p| p.len());
    if is_other || lower.len() == prefix {
        return None;
    }
    Some(match name {
        Cow::Borrowed(name) => Cow::Borrowed(name.get(prefix..)?),
        Cow::Owned(name) => Cow::Owned(name.get(prefix..)?.to_owned()),
    })
}

/// The name without what code hosts put before it in their markup.
#[must_use]
pub(crate) fn without_prefix(name: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

/// Lines of code: `L10`, `L10-L20`, `L3C5`, `lines-10:12`, `n10`.
fn is_lines(fragment: &str) -> bool {
    let rest = ["lines-", "line-", "line", "loc-", "l", "n"].iter().find_map(|before| {
        fragment.strip_prefix(before).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    rest.is_some_and(|rest| {
        rest.bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b',' | b'l' | b'c'))
    })
}

/// Whether a name has bytes escaped by a dot, as older wikis do: `.C3.A9`.
fn has_dot_codes(name: &str) -> bool {
    let hex = |byte: &u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte);
    name.as_bytes().windows(3).any(|three| three.starts_with(b".") && three.iter().skip(1).all(hex))
        && !name.contains('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_in_the_text_have_names() {
        for (fragment, name) in [
            ("installation", Some("installation")),
            ("user-content-installation", Some("installation")),
            ("%E5%AE%89%E8%A3%85", Some("安装")),
            ("usage:~:text=then", Some("usage")),
            ("line-breaks", Some("line-breaks")),
            ("learn", Some("learn")),
            ("1-first", Some("1-first")),
            ("", None),
            ("top", None),
            (":~:text=words", None),
            ("/users/1", None),
            ("!topic", None),
            ("L10", None),
            ("L10-L20", None),
            ("page=3", None),
            ("t=10", None),
            ("xywh=0,0,1,1", None),
            ("svgView(viewBox(0,0,1,1))", None),
            ("fn:1", None),
            ("method.new", None),
            ("MIT-1-ov-file", None),
            ("{{ slug }}", None),
            ("caf.C3.A9", None),
        ] {
            assert_eq!(place(fragment).as_deref(), name, "{fragment}");
        }
    }
}
