//! Slugs: the names that generators make of headings, and what all of them have in common.
//!
//! GitHub, GitLab, Docusaurus, `MkDocs`, kramdown, Hugo, Sphinx and others each have a way of their
//! own to treat punctuation, capital letters, accents, numbers and repeated headings. What they keep
//! is letters and digits in their order; whoever compares only these never calls a name missing
//! because of a generator that was not thought of.

use unicode_normalization::UnicodeNormalization;

use super::{fnv, letters};

/// Letters and digits in lower case, and nothing else.
fn fold(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|&c| letters::is_alphanumeric(c)).flat_map(char::to_lowercase)
}

/// A number for all names that differ in punctuation and capital letters only.
pub(crate) fn hash(name: &str) -> u32 {
    let hash = fold(name).fold(fnv::OFFSET, fnv::add);
    #[expect(clippy::cast_possible_truncation, reason = "both halves are mixed")]
    let half = (hash ^ (hash >> 32)) as u32;
    half
}

/// Whether a name has anything that names are compared by.
pub(crate) fn is_name(name: &str) -> bool {
    fold(name).next().is_some()
}

/// The spellings that generators make of a heading's words, beside the words themselves.
pub(crate) fn spellings(words: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    if !words.is_ascii() {
        spellings.push(words.chars().filter(char::is_ascii).collect());
        spellings.push(words.nfkd().filter(char::is_ascii).collect());
    }
    if words.contains('&') {
        spellings.push(words.replace('&', "and"));
    }
    if words.contains(':') {
        spellings.push(without_emoji(words));
    }
    // Documentation of interfaces names a function without its parameters, a code without its words.
    if let Some((name, _)) = words.split_once(['(', ':', '<', '[', '=']) {
        spellings.push(name.to_owned());
    }
    // An anchor may have to begin with a letter.
    let unnumbered = words.trim_start_matches(|c: char| !c.is_alphabetic());
    if unnumbered.len() < words.len() {
        spellings.push(unnumbered.to_owned());
    }
    spellings
}

/// The words without those that stand for a picture: `:rocket:`.
fn without_emoji(words: &str) -> String {
    let is_emoji = |part: &&str| {
        part.len() > 2 && part.starts_with(':') && part.ends_with(':') && !part.contains(' ')
    };
    words.split_inclusive(' ').filter(|part| !is_emoji(&part.trim_end())).collect()
}

/// The name that GitHub gives a heading (github-slugger, without the numbers of repeated ones).
pub(crate) fn of_github(words: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    words.trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether one of a heading's spellings is that name.
    fn named(heading: &str, name: &str) -> bool {
        let all = std::iter::once(heading.to_owned()).chain(spellings(heading));
        all.map(|spelling| hash(&spelling)).any(|spelling| spelling == hash(name))
    }

    #[test]
    fn the_names_that_generators_make_are_those_of_their_heading() {
        for (heading, name) in [
            ("What's new in 2.0?", "whats-new-in-20"),
            ("What's new in 2.0?", "what-s-new-in-2-0"),
            ("1. Getting Started", "1-getting-started"),
            ("1. Getting Started", "getting-started"),
            ("Déjà vu", "déjà-vu"),
            ("Déjà vu", "deja-vu"),
            ("Déjà vu", "dj-vu"),
            ("Q & A", "q--a"),
            ("Q & A", "q-and-a"),
            ("🚀 Launch", "-launch"),
            (":rocket: Launch", "rocket-launch"),
            (":rocket: Launch", "launch"),
            ("foo_bar()", "foo_bar"),
            ("安装", "安装"),
            ("rpad(str, length): String", "rpad"),
            ("DEP0111: `process.binding()`", "DEP0111"),
        ] {
            assert!(named(heading, name), "{heading}: {name}");
        }
        for (heading, name) in
            [("Installation", "install"), ("Usage", "use"), ("安装", "an-zhuang")]
        {
            assert!(!named(heading, name), "{heading}: {name}");
        }
        assert_eq!(of_github("What's new in `2.0`?"), "whats-new-in-20");
        assert!(is_name("a") && !is_name("-"));
    }
}
