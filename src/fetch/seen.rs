//! Seen: what came of each address in this run, so that none is fetched twice in it.
//!
//! The outcomes of late are held in memory; older ones only where they can be read again, in the
//! cache or in a file of this run alone, so that memory does not grow with the number of links.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, OnceLock};

use rusqlite::{Connection, OptionalExtension, params};
use tempfile::NamedTempFile;
use tokio::sync::OnceCell;

use super::pace::lock;
use super::packed::{Packer, Unpacker};
use crate::model::Outcome;

/// How many outcomes are held in memory, and how many more may gather before they are set aside
/// together.
const HELD: usize = 4096;
const BATCH: usize = 128;

/// The file of one run: nobody else reads it, and nobody misses it after a crash.
const SCHEMA: &str = "
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE outcome (address INTEGER PRIMARY KEY, size INTEGER NOT NULL, packed BLOB NOT NULL);";

/// The outcome of one address, once it is there.
pub type Cell = Arc<OnceCell<Arc<Outcome>>>;

/// Addresses that came up in this run.
#[derive(Default)]
pub struct Seen {
    recent: Mutex<Recent>,
    aside: OnceLock<Option<Mutex<Aside>>>,
}

#[derive(Default)]
struct Recent {
    cells: HashMap<Arc<str>, Cell>,
    settled: VecDeque<Arc<str>>,
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

    /// Notes that an address has its outcome. Where there are many, the oldest are let go; they are
    /// set aside unless they are `kept` elsewhere.
    pub fn settle(&self, url: &str, kept: bool) {
        let oldest: Vec<(Arc<str>, Option<Arc<Outcome>>)> = {
            let Recent { cells, settled } = &mut *lock(&self.recent);
            settled.push_back(url.into());
            if settled.len() < HELD + BATCH {
                return;
            }
            let outcome = |url: &str| cells.get(url)?.get().cloned();
            settled.drain(..BATCH).map(|url| (Arc::clone(&url), outcome(&url))).collect()
        };
        if !kept && let Some(aside) = self.aside.get_or_init(Aside::open) {
            let outcomes =
                oldest.iter().filter_map(|(url, outcome)| Some((&**url, outcome.as_deref()?)));
            // What could not be written is fetched again if it comes up again.
            let _ = lock(aside).put(outcomes);
        }
        // Only now, so that an address that comes up meanwhile is found in one place or the other.
        let mut recent = lock(&self.recent);
        for (url, _) in &oldest {
            recent.cells.remove(url);
        }
    }

    /// An outcome of this run that is no longer in memory.
    pub fn recall(&self, url: &str) -> Option<Arc<Outcome>> {
        lock(self.aside.get()?.as_ref()?).get(url).map(Arc::new)
    }
}

/// Outcomes in a file that lives as long as the run.
struct Aside {
    connection: Connection,
    packer: Packer,
    unpacker: Unpacker,
    hasher: RandomState,
    _file: NamedTempFile,
}

impl Aside {
    /// Without a place for the file, what was let go is fetched again.
    fn open() -> Option<Mutex<Self>> {
        let file = NamedTempFile::new().ok()?;
        let connection = Connection::open(file.path()).ok()?;
        connection.execute_batch(SCHEMA).ok()?;
        let (packer, unpacker) = (Packer::new().ok()?, Unpacker::new().ok()?);
        let hasher = RandomState::new();
        Some(Mutex::new(Self { connection, packer, unpacker, hasher, _file: file }))
    }

    fn put<'u>(
        &mut self,
        outcomes: impl Iterator<Item = (&'u str, &'u Outcome)>,
    ) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        for (url, outcome) in outcomes {
            let Some(packed) = self.packer.pack(outcome) else { continue };
            let mut insert =
                transaction.prepare_cached("INSERT OR REPLACE INTO outcome VALUES (?1, ?2, ?3)")?;
            insert.execute(params![key(&self.hasher, url), packed.size, packed.bytes])?;
        }
        transaction.commit()
    }

    fn get(&mut self, url: &str) -> Option<Outcome> {
        let mut query = self
            .connection
            .prepare_cached("SELECT size, packed FROM outcome WHERE address = ?1")
            .ok()?;
        let row = query.query_row([key(&self.hasher, url)], |row| {
            let packed = row.get_ref(1)?.as_blob().unwrap_or_default();
            Ok(self.unpacker.json(packed, row.get(0)?))
        });
        let outcome: Outcome = serde_json::from_slice(&row.optional().ok()??).ok()?;
        // Two addresses may have one key, however seldom.
        outcome.chain.first().is_some_and(|asked| asked.url.as_str() == url).then_some(outcome)
    }
}

fn key(hasher: &RandomState, url: &str) -> i64 {
    hasher.hash_one(url).cast_signed()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::{Failure, FailureKind, Hop};

    fn outcome(url: &str) -> Arc<Outcome> {
        Arc::new(Outcome {
            chain: vec![Hop { url: url.parse().expect("a URL"), status: None }],
            result: Err(Failure::new(FailureKind::NotFound, url)),
            captures: None,
            fetched: Timestamp::UNIX_EPOCH,
        })
    }

    fn address(number: usize) -> String {
        format!("http://e.com/{number}")
    }

    #[test]
    fn what_was_let_go_can_be_recalled() {
        let seen = Seen::default();
        for number in 0..HELD + 3 * BATCH {
            let url = address(number);
            let (cell, is_new) = seen.cell(&url);
            assert!(is_new && cell.set(outcome(&url)).is_ok());
            seen.settle(&url, false);
        }
        assert!(!seen.cell(&address(HELD)).1, "a recent one is in memory");
        let recalled = seen.recall(&address(7)).expect("it was set aside");
        assert_eq!(recalled, outcome(&address(7)));
        assert!(seen.recall("http://e.com/another").is_none());
        let held = lock(&seen.recent).cells.len();
        assert!((HELD..HELD + BATCH).contains(&held), "{held}");
    }

    #[test]
    fn what_is_kept_elsewhere_is_not_set_aside() {
        let seen = Seen::default();
        for number in 0..HELD + 3 * BATCH {
            let url = address(number);
            assert!(seen.cell(&url).0.set(outcome(&url)).is_ok());
            seen.settle(&url, true);
        }
        assert!(seen.recall(&address(7)).is_none());
        assert!(seen.cell(&address(7)).1, "it is no longer in memory");
    }
}
