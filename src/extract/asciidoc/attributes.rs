//! Attributes of `AsciiDoc`: `:url-home: https://…`, and `{url-home}` where it is meant.

use std::collections::HashMap;

/// A value is not longer, in bytes, whatever other values it is made of.
const LONGEST: usize = 4_096;

/// What stands for a sign everywhere.
const SIGNS: [(&str, &str); 14] = [
    ("amp", "&"),
    ("apos", "'"),
    ("asterisk", "*"),
    ("backslash", "\\"),
    ("blank", ""),
    ("caret", "^"),
    ("empty", ""),
    ("endsb", "]"),
    ("gt", ">"),
    ("lt", "<"),
    ("plus", "+"),
    ("startsb", "["),
    ("tilde", "~"),
    ("vbar", "|"),
];

/// The attributes of a document, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Attributes(HashMap<String, String>);

impl Attributes {
    /// Takes the value of an attribute; the attributes in it are those that stand above.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let name = name.to_lowercase();
        match self.resolved(value) {
            Some(value) => self.0.insert(name, value),
            None => self.0.remove(&name),
        };
    }

    pub(super) fn unset(&mut self, name: &str) {
        self.0.remove(&name.to_lowercase());
    }

    fn get(&self, name: &str) -> Option<&str> {
        let sign = || SIGNS.iter().find(|(sign, _)| *sign == name).map(|(_, value)| *value);
        self.0.get(&name.to_lowercase()).map(String::as_str).or_else(sign)
    }

    /// A text with the values of its attributes; none where one is not known.
    pub(super) fn resolved(&self, text: &str) -> Option<String> {
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, after) = rest.split_at(at);
            resolved.push_str(before);
            if let Some((name, length)) = reference(after) {
                resolved.push_str(self.get(name)?);
                rest = after.get(length..)?;
            } else {
                resolved.push('{');
                rest = after.get(1..)?;
            }
            if resolved.len() > LONGEST {
                return None;
            }
        }
        resolved.push_str(rest);
        (resolved.len() <= LONGEST).then_some(resolved)
    }
}

/// The name of the attribute that a text begins with, and the length of the reference: `{name}`.
pub(super) fn reference(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('{')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let end = rest.find(|c| !is_name(c)).filter(|end| *end > 0)?;
    rest.get(end..)?.starts_with('}').then_some((rest.get(..end)?, end + 2))
}

/// The name and the value of an attribute's entry: `:name: value`, `:!name:`.
pub(super) fn entry(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.strip_prefix(':')?;
    let end = rest.find(':')?;
    let written = rest.get(..end)?;
    let name = written.trim_matches('!');
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let value = rest.get(end + 1..)?;
    let is_entry = !name.is_empty()
        && name.chars().all(is_name)
        && (value.is_empty() || value.starts_with([' ', '\t']));
    is_entry.then_some((name, (name.len() == written.len()).then(|| value.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_stand_for_their_values() {
        let mut attributes = Attributes::default();
        attributes.set("url-a", "https://a.example");
        attributes.set("url-b", "{url-a}/b");
        attributes.set("bad", "{none}/x");
        let resolved = |text| attributes.resolved(text);
        assert_eq!(resolved("{URL-b}/c{plus}").as_deref(), Some("https://a.example/b/c+"));
        assert_eq!(resolved("{ x } {}").as_deref(), Some("{ x } {}"));
        assert_eq!((resolved("{bad}"), resolved("{none}")), (None, None));
        assert_eq!(entry(":a-b: c d"), Some(("a-b", Some("c d"))));
        assert_eq!(entry(":!a:"), Some(("a", None)));
        assert_eq!((entry(":a:b"), entry("::"), entry(": a:")), (None, None, None));
    }

    #[test]
    fn values_that_grow_are_cut_off() {
        let mut attributes = Attributes::default();
        attributes.set("a", "x");
        for _ in 0..64 {
            attributes.set("a", "{a}{a}{a}");
        }
        assert_eq!(attributes.resolved("{a}"), None);
    }
}
