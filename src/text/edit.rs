//! Edits: how one word is made into another.

/// Whether one letter more, less or other, or two neighbours exchanged, make one word of the other
/// (a Damerau-Levenshtein distance of one), compared byte by byte.
#[must_use]
pub(crate) fn is_one_edit(one: &str, other: &str) -> bool {
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let rests = one.as_bytes().get(shared..).zip(other.as_bytes().get(shared..));
    match rests.unwrap_or_default() {
        ([], [_]) | ([_], []) => true,
        (one @ [a, rest @ ..], other @ [b, other_rest @ ..]) => {
            let swapped = || match (rest, other_rest) {
                ([c, tail @ ..], [d, other_tail @ ..]) => a == d && b == c && tail == other_tail,
                _ => false,
            };
            rest == other_rest || rest == other || one == other_rest || swapped()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_edit_is_told_from_none_and_from_two() {
        for (one, other, expected) in [
            ("http", "htp", true),
            ("http", "htttp", true),
            ("http", "jttp", true),
            ("http", "htpt", true),
            ("http", "ttp", true),
            ("", "a", true),
            ("http", "http", false),
            ("http", "hppt", false),
            ("http", "ht", false),
            ("abcd", "badc", false),
            ("", "", false),
        ] {
            assert_eq!(is_one_edit(one, other), expected, "{one} {other}");
            assert_eq!(is_one_edit(other, one), expected, "{other} {one}");
        }
    }

    proptest::proptest! {
        #[test]
        fn it_is_what_a_distance_of_one_is(one in "[ab]{0,6}", other in "[ab]{0,6}") {
            let distance = strsim::osa_distance(&one, &other);
            proptest::prop_assert_eq!(is_one_edit(&one, &other), distance == 1);
        }
    }
}
