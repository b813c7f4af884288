//! reStructuredText under the name of plain text (`intro.txt`), as Django and docutils keep their
//! documentation: addresses that go over line ends are whole there, and comments hold none.

use crate::text::directive;

/// Whether a text begins as reStructuredText does: with what no other text has, a directive
/// (`.. note::`), a target (`.. _name:`), a footnote (`.. [1] …`) or a link with its address inside
/// (`` `words <…>`__ ``).
pub(super) fn begins(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    head.lines().any(|line| is_explicit(line.trim_start())) || holds_link(&head)
}

/// `.. name::`, `.. _name:` or `.. [name] …`, at the beginning of a line.
fn is_explicit(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(".. ") else { return false };
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    if let Some(target) = rest.strip_prefix('_') {
        let named = target.split_once(':');
        return named.is_some_and(|(name, rest)| !name.trim().is_empty() && ends(rest));
    }
    if let Some((label, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return !label.is_empty() && !label.contains(' ') && ends(rest);
    }
    // With a blank before the colons it may be a line of another language: `.. main :: IO ()`.
    directive::named(rest).is_some_and(|(name, mark)| {
        mark == name.len() + 2 && name.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// No link with its words is longer, in bytes.
const LONGEST: usize = 512;

/// `` `words <https://…>`_ ``, which may go over line ends.
fn holds_link(head: &str) -> bool {
    head.match_indices(">`_").any(|(end, _)| {
        let from = head.ceil_char_boundary(end.saturating_sub(LONGEST));
        let paragraph = head.get(from..end).and_then(|near| near.rsplit("\n\n").next());
        paragraph.and_then(|near| near.rsplit_once('<')).is_some_and(|(words, address)| {
            let is_piece = |line: &str| !line.is_empty() && !line.contains([' ', '`']);
            words.contains('`')
                && !address.is_empty()
                && address.lines().map(str::trim).all(is_piece)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_this_markup_has_tells_it() {
        for text in [
            "=====\nTitle\n=====\n\n.. _name:\n\nWords",
            "Words\n\n  .. versionadded:: 2.0\n",
            ".. py:function:: f(x)",
            ".. _the docs: https://a.example/\n",
            "second [1]_.\n\n.. [1] Words",
            ".. [#name] Words",
            "See `the docs <https://a.example/>`_ and `more <https://a.example/b>`__.",
            "See `the docs\n<https://a.example/a/\nb.html>`_.",
        ] {
            assert!(begins(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "Title\n=====\n\nWords ... and so on: see https://a.example/.",
            ".. and so on",
            ".. to be continued:: or not",
            "... note:: x",
            ".. main :: IO ()",
            ".. [and so on] x",
            ".. [1](https://a.example/)",
            "- `code` and ``more`` <https://a.example/>",
            "a `quoted <b` and >`_",
            "a `quoted\n\n<b>`_",
            ".. _: x",
        ] {
            assert!(!begins(text.as_bytes()), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(head in proptest::collection::vec(0_u8.., 0..80)) {
            let _ = begins(&head);
        }
    }
}
