//! Words set into lines, by the columns that they take on a terminal.

use unicode_width::UnicodeWidthStr;

use crate::address::shown::is_plain;

/// How many columns of a terminal a text takes.
pub(super) fn columns(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// Words in lines of at most `width` columns, with a space between two of them. A longer word is
/// left whole: it is an address, to be copied.
pub(super) fn lines<'w>(
    words: impl IntoIterator<Item = &'w str>,
    width: usize,
) -> Vec<Vec<&'w str>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut taken = 0;
    for word in words {
        let length = columns(word);
        if taken > 0 && taken + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        }
        // What begins a line begins it without a space.
        if taken == 0 && length == 0 {
            continue;
        }
        taken += length + usize::from(taken > 0);
        line.push(word);
    }
    lines.push(line);
    lines
}
