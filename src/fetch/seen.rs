//! Seen: what came of each address in this run, so that none is fetched twice in it.
//!
//! The outcomes of late are held in memory; older ones only where they can be read again, in the
//! cache or in a file of this run alone, so that memory does not grow with the number of links.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock};

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::cache::Cache;
use super::pace::lock;
use crate::model::Outcome;

/// How many outcomes are held in memory.
const HELD: usize = 4096;

/// The outcome of one address, once it is there.
pub type Cell = Arc<OnceCell<Arc<Outcome>>>;

/// Addresses that came up in this run.
#[derive(Default)]
pub struct Seen {
    recent: Mutex<Recent>,
    overflow: OnceLock<Option<Overflow>>,
}

#[derive(Default)]
struct Recent {
    cells: HashMap<Arc<str>, Cell>,
    settled: VecDeque<Arc<str>>,
}

/// A cache that lives as long as the run.
struct Overflow {
    cache: Cache,
    _folder: TempDir,
}

impl Seen {
    /// The place for an address's outcome, and whether it is new.
    pub fn cell(&self, url: &str) -> (Cell, bool) {
        let mut recent = lock(&self.recent);
        if let Some(cell) = recent.cells.get(url) {
            return (Arc::clone(cell), false);
        }
        let cell = Cell::default();
        recent.cells.insert(url.into(), Arc::clone(&cell));
        (cell, true)
    }

    /// Notes that an address has its outcome. Where there are many, the oldest is let go; it is
    /// kept aside unless `is_kept` elsewhere.
    pub fn settle(&self, url: &str, is_kept: bool) {
        let let_go = {
            let mut recent = lock(&self.recent);
            recent.settled.push_back(url.into());
            if recent.settled.len() <= HELD {
                return;
            }
            let oldest = recent.settled.pop_front();
            oldest.and_then(|url| recent.cells.remove_entry(&url))
        };
        if let (Some((url, cell)), false) = (let_go, is_kept)
            && let Some(outcome) = cell.get()
            && let Some(overflow) = self.overflow.get_or_init(Overflow::open)
        {
            drop(overflow.cache.put(&url, outcome, None));
        }
    }

    /// An outcome of this run that is no longer in memory.
    pub fn recall(&self, url: &str, now: Timestamp) -> Option<Outcome> {
        let overflow = self.overflow.get()?.as_ref()?;
        overflow.cache.get(url, now).map(|known| known.outcome)
    }
}

impl Overflow {
    /// Without a place for the file, what was let go is fetched again.
    fn open() -> Option<Self> {
        let folder = TempDir::new().ok()?;
        let (cache, _) = Cache::open(&folder.path().join("outcomes.sqlite"), "this run").ok()?;
        Some(Self { cache, _folder: folder })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Failure, FailureKind};

    fn outcome(detail: &str) -> Arc<Outcome> {
        Arc::new(Outcome {
            chain: Vec::new(),
            result: Err(Failure::new(FailureKind::NotFound, detail)),
            captures: None,
            fetched: Timestamp::UNIX_EPOCH,
        })
    }

    #[test]
    fn what_was_let_go_can_be_recalled() {
        let seen = Seen::default();
        for number in 0..HELD + 100 {
            let url = number.to_string();
            let (cell, is_new) = seen.cell(&url);
            assert!(is_new && cell.set(outcome(&url)).is_ok());
            seen.settle(&url, false);
        }
        assert!(!seen.cell(&HELD.to_string()).1, "a recent one is in memory");
        if let Some(Some(overflow)) = seen.overflow.get() {
            assert_eq!(overflow.cache.finish(), None);
        }
        let recalled = seen.recall("7", Timestamp::UNIX_EPOCH).expect("it was set aside");
        assert_eq!(recalled, *outcome("7"));
        assert_eq!(lock(&seen.recent).cells.len(), HELD);
    }
}
