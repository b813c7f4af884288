//! Originals: where the records stand that later ones tell to be as before.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::{Options, by_ending, local};
use crate::decode::warc::{Place, Record, Shape, Stored, read_again};

/// How many names of records are kept: enough for some gigabytes of an archive, and a bound on
/// memory for any number.
const MOST: usize = 1 << 20;

/// The formats that hold records.
const HOLDING: [&str; 2] = ["warc", "wacz"];

/// The records that were read, by what others may call them.
#[derive(Debug, Default)]
pub(crate) struct Originals {
    known: Mutex<Known>,
    /// Archives that were passed over, since their pages have been judged already.
    unread: Mutex<Vec<String>>,
}

#[derive(Debug, Default)]
struct Known {
    files: Vec<(String, u64, Shape)>,
    places: HashMap<u64, (usize, Place)>,
}

/// The fields by which a record calls another.
#[derive(Clone, Copy, Hash)]
enum Name<'a> {
    Id(&'a str),
    Payload(&'a str),
    Capture(&'a str, &'a str),
}

impl Name<'_> {
    /// A name as a number; two of one number are told apart when the record is read.
    fn number(self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl Originals {
    /// Notes where a record stands in an archive, whose bytes begin there in its file.
    pub(crate) fn note(&self, (input, base): (&str, u64), stored: &Stored, shape: &Shape) {
        let Ok(mut known) = self.known.lock() else { return };
        if known.places.len() >= MOST {
            return;
        }
        if known.files.last().is_none_or(|(file, at, _)| file != input || *at != base) {
            known.files.push((input.to_owned(), base, shape.clone()));
        }
        let file = known.files.len() - 1;
        let record = &stored.record;
        let capture = record.target().zip(record.get("WARC-Date"));
        let names = [
            record.get("WARC-Record-ID").map(Name::Id),
            record.get("WARC-Payload-Digest").map(Name::Payload),
            capture.map(|(target, date)| Name::Capture(target, date)),
        ];
        for name in names.into_iter().flatten() {
            known.places.entry(name.number()).or_insert((file, stored.place));
        }
    }

    /// Notes that an input is not read; it may be an archive that others refer to.
    pub(crate) fn pass_over(&self, input: &str) {
        let is_archive = by_ending(input).is_some_and(|format| HOLDING.contains(&format.name));
        if is_archive && let Ok(mut unread) = self.unread.lock() {
            unread.push(input.to_owned());
        }
    }

    /// The record that another is a revisit of, read again; archives that were passed over are gone
    /// through only now, if it is in none of those that were read.
    pub(crate) fn of(&self, revisit: &Record, options: &Options) -> Option<Stored> {
        self.among_read(revisit, options).or_else(|| {
            let unread = std::mem::take(&mut *self.unread.lock().ok()?);
            if unread.is_empty() {
                return None;
            }
            let options = Options { tally: Arc::default(), known: None, ..options.clone() };
            for input in unread {
                let source = local::open(Path::new(&input), &options).ok();
                let Some((source, format)) = source.zip(by_ending(&input)) else { continue };
                (format.open)(source, &options).for_each(drop);
            }
            self.among_read(revisit, &options)
        })
    }

    fn among_read(&self, revisit: &Record, options: &Options) -> Option<Stored> {
        let target =
            revisit.get("WARC-Refers-To-Target-URI").zip(revisit.get("WARC-Refers-To-Date"));
        let digest = revisit.get("WARC-Payload-Digest");
        let names = [
            revisit.get("WARC-Refers-To").map(Name::Id),
            target.map(|(target, date)| Name::Capture(target, date)),
            digest.map(Name::Payload),
        ];
        names.into_iter().flatten().find_map(|name| {
            let (file, base, shape, place) = {
                let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
                let (file, place) = *known.places.get(&name.number())?;
                let (name, base, shape) = known.files.get(file)?.clone();
                (name, base, shape, place)
            };
            let reader = local::open_at(&file, base.saturating_add(place.member), options)?;
            let original = read_again(reader, place, &shape)?;
            let is_same = match name {
                Name::Id(id) => original.record.get("WARC-Record-ID") == Some(id),
                Name::Payload(digest) => original.record.get("WARC-Payload-Digest") == Some(digest),
                Name::Capture(target, _) => original.record.target() == Some(target),
            };
            is_same.then_some(original)
        })
    }
}
