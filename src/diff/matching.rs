//! Which document of the newer run is which of the older.

use std::collections::HashSet;
use std::io;

use super::Held;
use super::sorted::{Sorted, Sorter};
use super::taken::{Entry, Key, Taker};

/// What a document of the newer run is in the older.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mate {
    /// It is not there.
    #[default]
    None,
    /// One of that name, in which the same is found.
    Same,
    /// The one of that number.
    Of(u32),
    /// The one of that number, which is called otherwise.
    Renamed(u32),
}

/// What a document that is called otherwise can be known by.
#[derive(Clone, Copy, Debug)]
enum By {
    Url,
    Id,
    File,
}

/// Matches the documents of two runs.
#[derive(Debug)]
pub(super) struct Matching {
    pub(super) old: Held,
    pub(super) new: Held,
    mates: Vec<Mate>,
    found: Vec<bool>,
}

impl Matching {
    pub(super) fn new(old: Held, new: Held) -> Self {
        let (mates, found) = (vec![Mate::None; new.places.len()], vec![false; old.places.len()]);
        Self { old, new, mates, found }
    }

    /// What a document of the newer run is in the older.
    pub(super) fn mate(&self, new: usize) -> Mate {
        self.mates.get(new).copied().unwrap_or_default()
    }

    /// Whether a document of the older run is in the newer.
    pub(super) fn is_found(&self, old: usize) -> bool {
        self.found.get(old).is_some_and(|it| *it)
    }

    /// Joins documents that have the same name: of some that are called alike the n-th of the one run
    /// with the n-th of the other.
    pub(super) fn pair(&mut self, mut old: Sorted, mut new: Sorted) -> io::Result<()> {
        while let (Some([was, ..]), Some([is, ..])) = (old.peek()?, new.peek()?) {
            let one = if was <= is { old.next()? } else { None };
            let other = if is <= was { new.next()? } else { None };
            if let (Some([_, old, was]), Some([_, new, is])) = (one, other) {
                let mate = if was == is { Mate::Same } else { Mate::Of(number(old)?) };
                self.join(old, new, mate);
            }
        }
        Ok(())
    }

    fn join(&mut self, old: u64, new: u64, as_mate: Mate) {
        let at = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        if let (Some(found), Some(mate)) =
            (self.found.get_mut(at(old)), self.mates.get_mut(at(new)))
        {
            (*found, *mate) = (true, as_mate);
        }
    }

    /// Joins those with findings that are called otherwise, where only one can be meant: by their
    /// addresses, their ids, and files by their own names if they have findings in common.
    pub(super) fn reunite(&mut self, taker: &Taker) -> io::Result<()> {
        for by in [By::Url, By::Id, By::File] {
            let Self { old, new, mates, found } = self;
            let mut old = keys(by, old, taker, |number| found.get(number) == Some(&false))?;
            let mut new = keys(by, new, taker, |number| mates.get(number) == Some(&Mate::None))?;
            while let Some([key, was, _]) = old.next()? {
                let is_only = is_only(&mut old, key)?;
                while new.peek()?.is_some_and(|[other, ..]| other < key) {
                    new.next()?;
                }
                let Some([_, is, _]) = new.next_of(key)? else { continue };
                if is_only && self::is_only(&mut new, key)? && self.are_one(by, was, is)? {
                    self.join(was, is, Mate::Renamed(number(was)?));
                }
            }
        }
        Ok(())
    }

    fn are_one(&mut self, by: By, old: u64, new: u64) -> io::Result<bool> {
        let By::File = by else { return Ok(true) };
        let at = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let was = self.old.briefs(at(old))?;
        let keys: HashSet<&Key> = was.iter().map(|(key, _)| key).collect();
        Ok(self.new.briefs(at(new))?.iter().any(|(key, _)| keys.contains(key)))
    }
}

/// Whether there is no further record of a key; those that there are are passed over.
fn is_only(sorted: &mut Sorted, key: u64) -> io::Result<bool> {
    let mut is_only = true;
    while sorted.next_of(key)?.is_some() {
        is_only = false;
    }
    Ok(is_only)
}

fn number(number: u64) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| io::Error::other("a run of more than four billion documents"))
}

/// What documents with findings and without a mate are known by, in order.
fn keys(
    by: By,
    held: &mut Held,
    taker: &Taker,
    is_alone: impl Fn(usize) -> bool,
) -> io::Result<Sorted> {
    let mut keys = Sorter::default();
    for number in 0..held.places.len() {
        if !is_alone(number) {
            continue;
        }
        let Some(entry) = held.entry(number)? else { continue };
        let Entry { place, id, url, .. } = &entry;
        let key = match by {
            By::Url => url.as_deref(),
            By::Id => id.as_deref(),
            By::File if id.is_none() && url.is_none() => place.rsplit('/').next(),
            By::File => None,
        };
        if let Some(key) = key {
            keys.push([taker.hash(key), number as u64, 0])?;
        }
    }
    keys.finish()
}
