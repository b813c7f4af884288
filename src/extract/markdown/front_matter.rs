//! Front matter: the `key: value` (YAML) or `key = value` (TOML) lines that stand before a text.
//!
//! Only what stands on one line is read; that is where dates, titles and addresses stand.

use crate::model::Span;

/// One line's key and value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry<'t> {
    /// The key in lower case.
    pub(super) key: String,
    /// The value without its quotes.
    pub(super) value: &'t str,
    /// Where the value stands in the document.
    pub(super) span: Span,
}

/// Reads the lines of front matter that stands at `offset` in the document.
pub(super) fn entries(text: &str, offset: usize) -> impl Iterator<Item = Entry<'_>> {
    let mut at = offset;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        entry(line, start)
    })
}

fn entry(line: &str, start: usize) -> Option<Entry<'_>> {
    let separator = line.find([':', '='])?;
    let key = line.get(..separator)?.trim().trim_matches(['"', '\'']);
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if key.is_empty() || !key.chars().all(is_key) {
        return None;
    }
    let rest = line.get(separator + 1..)?;
    let value = unquoted(rest.trim());
    let lead = value.as_ptr() as usize - line.as_ptr() as usize;
    let span = Span::new(start + lead, start + lead + value.len());
    (!value.is_empty()).then(|| Entry { key: key.to_lowercase(), value, span })
}

/// A scalar without its quotes, or up to the comment behind it.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote))
        {
            return inside;
        }
    }
    value.split(" #").next().unwrap_or(value).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_without_quotes_and_comments() {
        let text = "title: \"A: b\"\ndate = 2018-05-25T10:00:00Z # when\n  Canonical_URL: 'https://a.example'\n- x: y\nempty:\n";
        let found: Vec<_> = entries(text, 0)
            .map(|entry| {
                assert_eq!(entry.span.of(text), entry.value);
                (entry.key, entry.value)
            })
            .collect();
        let expected = [
            ("title".to_owned(), "A: b"),
            ("date".to_owned(), "2018-05-25T10:00:00Z"),
            ("canonical_url".to_owned(), "https://a.example"),
        ];
        assert_eq!(found, expected);
    }
}
