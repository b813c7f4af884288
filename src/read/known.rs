//! Known: what an earlier run over the same inputs has judged already, so that it is not read again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use super::{Entry, ReadError};
use crate::model::{ArchiveRecord, Document};

/// The documents and inputs that have a row. Of each only a number is held, so that a million of
/// them take some megabytes.
#[derive(Debug, Default)]
pub struct Known {
    unmet: Mutex<Unmet>,
    /// The rows of the input that is being taken in.
    current: Vec<u64>,
}

/// What was not met again yet.
#[derive(Debug, Default)]
struct Unmet {
    /// How many rows there are of a document that is called so.
    rows: HashMap<u64, u32>,
    /// The inputs of which every document has a row, and how often: they are not opened.
    whole: HashMap<u64, u32>,
}

/// What a row calls its document.
#[derive(Hash)]
enum Name<'a> {
    Document(&'a str, Option<&'a str>, Option<(u64, u64)>),
    Failure(&'a str, Option<usize>),
    Input(&'a str),
}

impl Name<'_> {
    fn number(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl Known {
    /// Takes in the row of a document of the input at hand.
    pub fn add(&mut self, input: &str, id: Option<&str>, record: Option<&ArchiveRecord>) {
        self.current.push(Name::Document(input, id, record.map(place)).number());
    }

    /// Takes in the row of an input, or a line of one, that could not be read.
    pub fn add_failure(&mut self, input: &str, line: Option<usize>) {
        self.current.push(Name::Failure(input, line).number());
    }

    /// Says that no more rows of the input at hand come. Of a whole input every document has one.
    pub fn end(&mut self, input: &str, is_whole: bool) {
        // Nobody else holds it yet, so that no thread can have left it locked.
        let Ok(unmet) = self.unmet.get_mut() else { return };
        if is_whole {
            self.current.clear();
            *unmet.whole.entry(Name::Input(input).number()).or_default() += 1;
        }
        for number in self.current.drain(..) {
            *unmet.rows.entry(number).or_default() += 1;
        }
    }

    /// How many documents and whole inputs have rows and were not met again.
    #[must_use]
    pub fn unmet(&self) -> u64 {
        let Ok(unmet) = self.unmet.lock() else { return 0 };
        unmet.rows.values().chain(unmet.whole.values()).map(|&left| u64::from(left)).sum()
    }

    /// Whether every document of an input has a row; each time that it is named counts once.
    pub(super) fn is_whole(&self, input: &str) -> bool {
        self.unmet.lock().is_ok_and(|mut unmet| take(&mut unmet.whole, &Name::Input(input)))
    }

    /// Whether a document has a row; each row counts once, since documents may share a name.
    pub(super) fn has(&self, entry: &Result<Entry, ReadError>) -> bool {
        let Ok(mut unmet) = self.unmet.lock() else { return false };
        let Unmet { rows, whole } = &mut *unmet;
        match entry {
            Ok(Entry::Document(document)) => {
                let Document { input, id, record, .. } = &**document;
                let record = record.as_ref().map(place);
                take(rows, &Name::Document(input, id.as_deref(), record))
            }
            // Nothing can be told of what is no document yet.
            Ok(Entry::Unread(_)) => false,
            Ok(Entry::Web(url)) => {
                take(whole, &Name::Input(url.as_str()))
                    || take(rows, &Name::Document(url.as_str(), None, None))
                    || take(rows, &Name::Failure(url.as_str(), None))
            }
            Err(error) => take(rows, &Name::Failure(&error.input, error.line)),
        }
    }
}

fn take(from: &mut HashMap<u64, u32>, name: &Name<'_>) -> bool {
    let Some(left) = from.get_mut(&name.number()).filter(|left| **left > 0) else {
        return false;
    };
    *left -= 1;
    true
}

fn place(record: &ArchiveRecord) -> (u64, u64) {
    (record.offset, record.within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Media;

    #[test]
    fn each_row_stands_for_one_document() {
        let mut known = Known::default();
        known.add("a.jsonl", Some("7"), None);
        known.add("a.jsonl", None, None);
        known.add("a.jsonl", None, None);
        known.add_failure("a.jsonl", Some(4));
        known.end("a.jsonl", false);
        known.add("b.html", None, None);
        known.end("b.html", true);
        let document = |id: Option<&str>| {
            let document = Document::new("a.jsonl", Media::Text, "");
            let document = Document { id: id.map(str::to_owned), ..document };
            known.has(&Ok(Entry::Document(Box::new(document))))
        };
        let failure = |line| known.has(&Err(ReadError::new("a.jsonl", "", "").on_line(line)));
        assert_eq!([Some("7"), Some("7"), Some("8")].map(document), [true, false, false]);
        assert_eq!([None, None, None].map(document), [true, true, false]);
        assert_eq!([4, 4, 5].map(failure), [true, false, false]);
        assert!(!known.is_whole("a.jsonl") && known.unmet() == 1);
        assert_eq!([(); 2].map(|()| known.is_whole("b.html")), [true, false]);
        assert_eq!(known.unmet(), 0);
    }
}
