//! Names of reStructuredText and where they lead: `.. _name: https://…`, `.. _name: other_`.

use std::collections::HashMap;

use crate::model::Span;

/// An address and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) span: Span,
    pub(super) address: String,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Address(Address),
    /// Another name.
    Alias(String),
    /// A place in the text.
    Here,
}

/// An alias of an alias is followed so often.
const DEEPEST: usize = 16;

/// The names of a text; of names that stand twice the first counts.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, Target>);

impl Names {
    pub(super) fn add(&mut self, name: String, target: Target) {
        if !name.is_empty() {
            self.0.entry(name).or_insert(target);
        }
    }

    /// Gives a name that was of a place another target.
    pub(super) fn replace_here(&mut self, name: &str, target: &Target) {
        if let Some(here) = self.0.get_mut(name).filter(|known| **known == Target::Here) {
            here.clone_from(target);
        }
    }

    /// The address that a name leads to.
    pub(super) fn resolve(&self, name: &str) -> Option<&Address> {
        let mut name = name;
        for _ in 0..DEEPEST {
            match self.0.get(name)? {
                Target::Address(address) => return Some(address),
                Target::Alias(other) => name = other,
                Target::Here => return None,
            }
        }
        None
    }
}

/// A name as it is compared: without escapes, white space folded, in lower case.
pub(super) fn folded(name: &str) -> String {
    let plain = unescaped(name, false);
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An address as it is meant: white space inside is none of it, and a backslash only guards a sign.
pub(super) fn address(written: &str) -> String {
    unescaped(written, true)
}

fn unescaped(text: &str, without_space: bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => plain.extend(characters.next().filter(|c| !c.is_whitespace())),
            white if white.is_whitespace() && without_space => {}
            other => plain.push(other),
        }
    }
    plain
}

/// The name that a target refers to instead of giving an address: `other_`, `` `other words`_ ``.
pub(super) fn reference(target: &str) -> Option<&str> {
    let name = target.trim().strip_suffix('_')?;
    if let Some(phrase) = name.strip_prefix('`') {
        return phrase.strip_suffix('`');
    }
    let is_simple = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '+' | ':');
    (!name.is_empty() && name.chars().all(is_simple) && !name.ends_with('\\')).then_some(name)
}

/// The name that the brackets of a phrase hold instead of an address: `` `words <other name_>`_ ``.
pub(super) fn alias(target: &str) -> Option<&str> {
    let name = target.trim().strip_suffix('_').filter(|name| !name.ends_with('\\'))?;
    (!name.is_empty() && !name.contains("://")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_followed_and_circles_end() {
        let mut names = Names::default();
        let address = Address { span: Span::new(0, 1), address: "http://a.example/".to_owned() };
        names.add(folded("A\n  Name"), Target::Address(address.clone()));
        names.add(folded("b"), Target::Alias("a name".to_owned()));
        names.add("c".to_owned(), Target::Alias("d".to_owned()));
        names.add("d".to_owned(), Target::Alias("c".to_owned()));
        assert_eq!(names.resolve("b"), Some(&address));
        assert_eq!(names.resolve("c"), None);
    }

    #[test]
    fn an_address_is_without_white_space_and_escapes() {
        assert_eq!(super::address("https://a.example/b\n   c\\_d"), "https://a.example/bc_d");
        assert_eq!(reference("`a b`_"), Some("a b"));
        assert_eq!(reference("a-b_"), Some("a-b"));
        assert_eq!(reference("http://a.example/b_"), None);
        assert_eq!(reference("a\\_"), None);
        assert_eq!(alias("An Other_"), Some("An Other"));
        assert_eq!((alias("https://a.example/b_"), alias("b\\_")), (None, None));
    }
}
