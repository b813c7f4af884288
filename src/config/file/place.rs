//! Where in the file something is wrong.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::Problem;
use crate::model::{LineIndex, Position};

/// What is wrong with a value, and the way to it, the last step first.
#[derive(Debug)]
pub(super) struct Wrong {
    said: String,
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Key(String),
    Entry(usize),
}

impl From<String> for Wrong {
    fn from(said: String) -> Self {
        Self { said, steps: Vec::new() }
    }
}

impl Wrong {
    /// The same, in the value of a key.
    pub(super) fn within_key(mut self, key: &str) -> Self {
        self.steps.push(Step::Key(key.to_owned()));
        self
    }

    /// The same, in one entry of a list.
    pub(super) fn within_entry(mut self, number: usize) -> Self {
        self.steps.push(Step::Entry(number));
        self
    }

    /// What is wrong with a file of that text.
    pub(super) fn in_file(self, text: &str) -> Problem {
        let table = DeTable::parse(text).ok();
        let at = table.and_then(|table| walk(table.get_ref(), self.steps.iter().rev()));
        Problem { at: at.and_then(|offset| place(text, offset)), said: self.said }
    }
}

/// Adds to what is wrong the key whose value it is.
pub(super) trait InKey<T> {
    /// The result, in the value of a key.
    fn in_key(self, key: &str) -> Result<T, Wrong>;
}

impl<T, E: Into<Wrong>> InKey<T> for Result<T, E> {
    fn in_key(self, key: &str) -> Result<T, Wrong> {
        self.map_err(|wrong| wrong.into().within_key(key))
    }
}

/// Where the keys of options stand, a key in a table being `table.key`.
pub(super) fn places<'k>(
    text: &str,
    keys: impl Iterator<Item = &'k str>,
) -> BTreeMap<String, Position> {
    let Ok(table) = DeTable::parse(text) else { return BTreeMap::new() };
    let at = |key: &str| {
        let steps: Vec<Step> = key.split('.').map(|key| Step::Key(key.to_owned())).collect();
        let offset = walk(table.get_ref(), steps.iter())?;
        Some((key.to_owned(), place(text, offset)?))
    };
    keys.filter_map(at).collect()
}

/// As far as the steps lead: to the key, or to the entry of a list.
fn walk<'s>(table: &DeTable<'_>, steps: impl Iterator<Item = &'s Step>) -> Option<usize> {
    let mut here: Option<&DeValue<'_>> = None;
    let mut at = None;
    for step in steps {
        let next = match (step, here) {
            (Step::Key(key), value) => {
                let inner = match value {
                    None => table,
                    Some(DeValue::Table(inner)) => inner,
                    Some(_) => break,
                };
                inner.get_key_value(key.as_str()).map(|(key, value)| (key.span(), value))
            }
            (Step::Entry(number), Some(DeValue::Array(entries))) => {
                entries.get(*number).map(|value| (value.span(), value))
            }
            (Step::Entry(_), _) => None,
        };
        let Some((span, value)) = next else { break };
        at = Some(span.start);
        here = Some(value.get_ref());
    }
    at
}

pub(super) fn place(text: &str, offset: usize) -> Option<Position> {
    (offset <= text.len()).then(|| LineIndex::new(text).position(text, offset))
}
