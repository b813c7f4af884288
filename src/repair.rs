//! Repair: the text with the suggestions of findings applied, byte for byte the same elsewhere.

use crate::model::Suggestion;

/// A repaired text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// How many suggestions were applied.
    pub applied: usize,
    /// How many were not, because they touch the same bytes as another or do not fit the text.
    pub left: usize,
}

/// Applies suggestions to the text that their spans count in. Of two that overlap, the first in
/// the text is applied; of equal ones, one is.
#[must_use]
pub fn repair<'s>(text: &str, suggestions: impl IntoIterator<Item = &'s Suggestion>) -> Repaired {
    let mut sorted: Vec<&Suggestion> = suggestions.into_iter().collect();
    sorted.sort_by_key(|suggestion| suggestion.span);
    sorted.dedup_by(|one, other| one.span == other.span && one.replacement == other.replacement);
    let mut repaired = Repaired { text: String::with_capacity(text.len()), applied: 0, left: 0 };
    let mut done = 0;
    for suggestion in sorted {
        let span = suggestion.span;
        let fits = text.get(span.start..span.end).is_some();
        match text.get(done..span.start).filter(|_| fits) {
            Some(between) => {
                repaired.text.push_str(between);
                repaired.text.push_str(&suggestion.replacement);
                repaired.applied += 1;
                done = span.end;
            }
            None => repaired.left += 1,
        }
    }
    repaired.text.push_str(text.get(done..).unwrap_or_default());
    repaired
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use proptest::prelude::*;

    fn suggestion(start: usize, end: usize, replacement: &str) -> Suggestion {
        let (title, replacement) = (String::new(), replacement.to_owned());
        Suggestion { title, span: Span { start, end }, replacement }
    }

    #[test]
    fn only_the_named_bytes_change() {
        let text = "a http://x.exa\nmple/ b\r\n";
        let repaired = repair(text, &[suggestion(2, 20, "http://x.example/")]);
        assert_eq!(repaired.text, "a http://x.example/ b\r\n");
        assert_eq!((repaired.applied, repaired.left), (1, 0));
    }

    #[test]
    fn what_overlaps_or_does_not_fit_is_left() {
        let some = [
            suggestion(0, 2, "x"),
            suggestion(1, 3, "y"),
            suggestion(4, 9, "z"),
            suggestion(0, 2, "x"),
            suggestion(3, 2, "w"),
        ];
        let repaired = repair("abcd", &some);
        assert_eq!(repaired, Repaired { text: "xcd".to_owned(), applied: 1, left: 3 });
        assert_eq!(repair("é", &[suggestion(1, 2, "x")]).text, "é");
    }

    proptest! {
        #[test]
        fn every_byte_outside_the_spans_is_the_same(
            text in "(?s).{0,60}",
            cuts in proptest::collection::btree_set(0_usize..80, 0..9),
            replacement in "[a-zé]{0,5}",
        ) {
            let cuts: Vec<usize> = cuts.into_iter().map(|at| text.floor_char_boundary(at)).collect();
            let suggestions: Vec<Suggestion> = cuts
                .chunks_exact(2)
                .map(|pair| suggestion(pair[0], pair[1], &replacement))
                .collect();
            let repaired = repair(&text, &suggestions);
            // Walks over both texts: between two repairs they are the same.
            let (mut old, mut new) = (0, 0);
            let mut applied = suggestions.clone();
            applied.dedup();
            for one in &applied {
                if one.span.start < old { continue }
                let between = one.span.start - old;
                prop_assert_eq!(&text[old..one.span.start], &repaired.text[new..new + between]);
                new += between;
                prop_assert_eq!(&repaired.text[new..new + replacement.len()], replacement.as_str());
                new += replacement.len();
                old = one.span.end;
            }
            prop_assert_eq!(&text[old..], &repaired.text[new..]);
        }
    }
}
