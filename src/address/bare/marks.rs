//! What ends a URL in running text beyond what Unicode UTS #58 says: the marks of other markups
//! that stand right after it (`AsciiDoc`, wikitext, `BBCode`, Slack), an English genitive, and a
//! closing sign whose partner stands right before it.

use super::class;

/// Whether the character `c` at `at`, after an authority that ends at `from`, belongs to the text or
/// to another markup; `before` is what stands right before the URL. A straight quote belongs to the
/// URL only inside a word, and where it closes such a one.
pub(super) fn ends(
    text: &str,
    from: usize,
    at: usize,
    c: char,
    before: Option<char>,
    is_quote_open: bool,
) -> bool {
    let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
    match c {
        '"' => {
            before == Some(c) || !is_quote_open && !rest.starts_with(|c: char| c.is_alphanumeric())
        }
        '\'' => before == Some(c) || is_genitive(rest),
        '’' => before == Some('‘') || is_genitive(rest),
        '[' => is_link_text(rest, text.get(from..at).unwrap_or_default()),
        '|' => matches!(before, Some('<' | '[' | '|')) || is_parameter(rest),
        '{' => rest.starts_with('{'),
        _ => false,
    }
}

/// `…/page's author`.
fn is_genitive(rest: &str) -> bool {
    let rest = rest.strip_prefix('s');
    rest.is_some_and(|rest| {
        !rest.starts_with(|c: char| c.is_alphanumeric() || "/-_=&%".contains(c))
    })
}

/// A bracket after a URL that holds words, or closes a tag: `…/a[example website]`, `…/a[/url]`.
/// In a query a bracket makes a name (`a[]=1`).
fn is_link_text(rest: &str, url: &str) -> bool {
    let near = rest.get(..rest.floor_char_boundary(rest.len().min(200))).unwrap_or_default();
    let end = near.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']'));
    let Some((inside, after)) = end.and_then(|end| near.split_at_checked(end)) else { return true };
    let Some(after) = after.strip_prefix(']') else { return true };
    let is_word = inside.chars().all(char::is_alphabetic) && inside.starts_with(char::is_uppercase);
    let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || "=[&/_-%]".contains(c));
    inside.starts_with('/') || is_word && !goes_on && !url.contains('?')
}

/// `|title=T}}`, `| archive-url = …`, `|}}`.
fn is_parameter(rest: &str) -> bool {
    let near = rest.get(..rest.floor_char_boundary(rest.len().min(64))).unwrap_or_default();
    let name = near.trim_start_matches(' ');
    let end = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(0);
    let after = name.get(end..).unwrap_or_default().trim_start_matches(' ');
    end > 0 && after.starts_with('=') || rest.starts_with("}}")
}

/// Whether a bracket of Chinese and Japanese text opens after an address that is all ASCII.
pub(super) fn is_foreign_bracket(c: char) -> bool {
    !c.is_ascii() && class::partner(c).is_some()
}

/// Leaves off the mark that emphasises a URL where it stands before it, too: `_https://a.example/b_`.
pub(super) fn without_emphasis(text: &str, from: usize, end: usize, before: Option<char>) -> usize {
    let url = text.get(from..end).unwrap_or_default();
    match before {
        Some('_') => end - (url.len() - url.trim_end_matches('_').len()),
        Some('~') => end - (url.len() - url.trim_end_matches('~').len()),
        _ => end,
    }
}
