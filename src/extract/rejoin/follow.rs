//! What the next line must begin with to be the rest of a URL at all.

use super::after_scheme;
use crate::address::bare;
use crate::model::LinkKind;

/// Whether a word can be the rest of a URL at all: it begins neither with a sign of another kind
/// (a bullet, a bracket), nor with a letter of another alphabet, nor as a URL of its own, unless the
/// first leads to one, as a web archive's address does.
pub(super) fn may_follow(head: &str, word: &str) -> bool {
    let inner = after_scheme(word).and_then(|rest| word.get(..word.len() - rest.len() - 3));
    let own = inner.is_some_and(|scheme| {
        ["http", "https", "ftp"]
            .iter()
            .any(|known| scheme.ends_with(known) || known.ends_with(scheme))
    });
    let own = own || is_host_of_its_own(head, word);
    let leads = head.ends_with('=') || head.contains("/web/") || !head.contains('.');
    let first = word.chars().next().unwrap_or(' ');
    // A sign that stands alone is a bullet or a dash; a slash can be the last of the address.
    let says = word == "/" || word.chars().any(char::is_alphanumeric);
    (!own || leads)
        && says
        && !is_foreign(head, first)
        && (first.is_alphanumeric() || "/.-_?&=#%~+@:,;!$'*(".contains(first))
}

/// Whether a letter beyond ASCII cannot go on with an address in ASCII: after a letter, or where
/// its script has no spaces that would end the address.
fn is_foreign(head: &str, first: char) -> bool {
    let is_inside = head.ends_with(|c: char| c.is_ascii_alphanumeric());
    head.is_ascii() && !first.is_ascii() && (is_inside || bare::is_spaceless(first))
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
