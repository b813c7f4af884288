//! What the next line must begin with to be the rest of a URL at all.

use super::after_scheme;
use crate::address::bare;
use crate::model::LinkKind;

/// Whether a word can be the rest of a URL at all: it begins neither with a sign of another kind
/// (a bullet, a bracket), nor with a letter of another alphabet, nor as an address of its own, unless
/// the first part leads to one, as a web archive's does.
pub(super) fn may_follow(head: &str, word: &str, enclosed: bool) -> bool {
    let own = || is_address(head, word) || is_host_of_its_own(head, word) || is_doi(head, word);
    let leads =
        || leads_to_capture(head, word) || enclosed && head.ends_with('=') || !head.contains('.');
    let first = word.chars().next().unwrap_or(' ');
    // A sign that stands alone is a bullet or a dash; a slash can be the last of the address.
    let says = || word == "/" || word.chars().any(char::is_alphanumeric);
    (first.is_alphanumeric() || "/.-_?&=#%~+@:,;!$'*(".contains(first))
        && says()
        && !is_foreign(head, first)
        && (!own() || leads())
}

/// Schemes after whose colon no slashes stand.
const NAMES: &[&str] =
    &["mailto", "tel", "doi", "urn", "news", "sip", "xmpp", "magnet", "data", "isbn", "javascript"];

/// Whether a word begins with a scheme. The second half of a scheme that a break cut is none.
fn is_address(head: &str, word: &str) -> bool {
    let Some(colon) =
        memchr::memchr(b':', word.as_bytes().get(..word.len().min(16)).unwrap_or_default())
    else {
        return false;
    };
    let (scheme, rest) = word.split_at(colon);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if !is_scheme {
        return false;
    }
    let cut = !head.contains(['.', ':', '/']);
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(scheme)) || rest.starts_with("://") && !cut
}

/// `10.1000/183` after an address that does not end before it.
fn is_doi(head: &str, word: &str) -> bool {
    let registrant = word.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    registrant.is_some_and(|(digits, _)| {
        digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    }) && !head.ends_with('/')
}

/// `https://web.archive.org/web/2018/` leads to the address of another host.
fn leads_to_capture(head: &str, word: &str) -> bool {
    let Some((before, stamp)) = head.strip_suffix('/').and_then(|head| head.rsplit_once('/'))
    else {
        return false;
    };
    let host = super::host_of(before).unwrap_or_default();
    let is_stamp = stamp == "*" || stamp.starts_with(|c: char| c.is_ascii_digit());
    before.ends_with("/web") && is_stamp && super::host_of(word) != Some(host)
}

/// Whether a letter beyond ASCII cannot go on with an address in ASCII: after a letter, or where
/// its script has no spaces that would end the address.
fn is_foreign(head: &str, first: char) -> bool {
    let is_inside = || head.ends_with(|c: char| c.is_ascii_alphanumeric());
    !first.is_ascii() && head.is_ascii() && (is_inside() || bare::is_spaceless(first))
}

/// No host is longer, in bytes.
const LONGEST_HOST: usize = 256;

/// Whether a word is a host of its own with what follows it (`www.example.org`, `example.org/a`)
/// after an address that may be whole.
fn is_host_of_its_own(head: &str, word: &str) -> bool {
    // Most words hold no dot before what ends a host.
    let in_host = |&byte: &u8| byte.is_ascii_alphanumeric() || byte == b'-' || !byte.is_ascii();
    let host = word.bytes().take(LONGEST_HOST).position(|byte| !in_host(&byte));
    if host.is_none_or(|end| word.as_bytes().get(end) != Some(&b'.')) {
        return false;
    }
    let path = after_scheme(head).unwrap_or(head);
    let may_be_whole = (path.contains('/') || word.starts_with("www."))
        && head.ends_with(|c: char| c.is_alphanumeric() || c == '/');
    may_be_whole
        && (word.starts_with("www.") || !head.ends_with('/'))
        && bare::find(word.get(..word.floor_char_boundary(LONGEST_HOST)).unwrap_or(word))
            .next()
            .is_some_and(|found| found.kind == LinkKind::Schemeless && found.span.start == 0)
}
