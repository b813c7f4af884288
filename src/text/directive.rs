//! Directives of reStructuredText (`.. note::`), by which it is told from other text and read.

/// The name of the directive that a text begins with, and the length of its mark: `note::`.
pub(crate) fn named(text: &str) -> Option<(&str, usize)> {
    let length = text
        .bytes()
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+' | b':')
        })
        .count();
    let word = text.get(..length)?;
    let (name, mark) = match word.strip_suffix("::") {
        Some(name) => (name, length),
        None => (word, length + text.get(length..)?.strip_prefix(" ::").map(|_| 3)?),
    };
    let rest = text.get(mark..)?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphanumeric()) && !name.ends_with(':');
    (is_name && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some((name, mark))
}
