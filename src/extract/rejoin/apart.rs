//! What the next line is where it is no more of the address: a thing of its own.

use super::candidate::Candidate;
use super::function_words;
use crate::model::LinkKind;

/// Whether the next line is plainly another thing than more of the address: an item, a setting, a
/// record, a tag, a path or an address of its own.
pub(super) fn is_apart(candidate: &Candidate) -> bool {
    let head = candidate.head;
    let is_file =
        head.len() > 5 && head.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    is_file
        || candidate.is_over_blank_line() && candidate.is_plain_word()
        || head.ends_with([',', ';', '"', '\'', '*', '|', '!', ')', '}'])
        || is_marked(candidate.token()) && !candidate.is_of_target()
        || is_field(candidate)
        || is_item(candidate)
        || is_repeated(candidate)
}

/// `@name`, `#tag`, `&copy;`, `-30-`, `**post`, `and/or`, `$name`.
fn is_marked(token: &str) -> bool {
    let Some(first) = token.chars().next() else { return true };
    let rest = token.get(first.len_utf8()..).unwrap_or_default();
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    match first {
        ',' => !rest.starts_with(|c: char| c.is_ascii_digit()),
        '@' | '*' | '$' | '!' | '\'' | ';' | ':' | '(' | '+' | '~' => true,
        '#' => is_name(rest.trim_end_matches(['.', ',', ';', ':'])),
        '&' => rest.split(';').next().is_some_and(is_name) && rest.contains(';'),
        '.' => rest.is_empty() || rest.starts_with('.'),
        '-' | '_' => rest.is_empty() || rest.starts_with(first) || rest.ends_with(first),
        _ => token
            .split_once('/')
            .is_some_and(|(one, other)| function_words::has(one) && function_words::has(other)),
    }
}

/// `name: value`, `name = value`, a cell of a table.
fn is_field(candidate: &Candidate) -> bool {
    let (token, rest) = (candidate.token(), candidate.rest_of_line());
    let in_field = candidate.before_in_line().trim_end().ends_with(':');
    let words = rest.trim_start();
    let is_column = rest.len() > words.len() + 1 && !words.is_empty();
    let is_value = words.starts_with(['=', '|', ':']) && !words.starts_with("://");
    let is_name = token.ends_with(':') && (in_field || token.starts_with(char::is_uppercase));
    is_name || is_column || is_value
}

/// A word before an address of its own, or a line that begins as the line before it does.
fn is_item(candidate: &Candidate) -> bool {
    let before = candidate.before_in_line().trim_start();
    let first = before.split_whitespace().next().unwrap_or_default();
    let is_same = !first.is_empty() && first == candidate.token();
    let next = candidate.rest_of_line().split_whitespace().next();
    let introduces = candidate.tail == candidate.token()
        && candidate.is_plain_word()
        && next.is_some_and(|word| word.contains("://"));
    introduces || is_same || candidate.is_list_item() || first == "$"
}

/// The next line begins with the host of the address, or with its path.
fn is_repeated(candidate: &Candidate) -> bool {
    let host = candidate.host.unwrap_or_default();
    let after = candidate.after_scheme;
    let path = after.and_then(|rest| rest.get(host.len()..)).unwrap_or_default();
    let token = candidate.token();
    let begins = |part: &str| part.len() > 3 && token.starts_with(part);
    begins(host) || begins(path)
}

/// Whether a mention without a scheme can go on at all: a name in a sentence or in a list cannot.
pub(super) fn may_go_on(kind: LinkKind, head: &str) -> bool {
    kind == LinkKind::Bare || head.starts_with("www.") || head.contains('/')
}
