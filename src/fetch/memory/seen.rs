//! Seen: what came of each address in this run, so that none is fetched twice in it.
//!
//! The outcomes of late are held in memory; older ones only where they can be read again, in the
//! cache or in a file of this run alone, so that a link of long ago costs no more memory than it
//! takes to find it there.

use std::collections::VecDeque;
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, OnceLock};

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt};
use tokio::sync::OnceCell;
use url::Url;

use super::packed::{Packer, Unpacker};
use crate::fetch::state::lock;
use crate::model::Outcome;

/// How many outcomes are held in memory, and how many more may gather before they are set aside
/// together.
const HELD: usize = 4096;
const BATCH: usize = 128;

/// How many outcomes are packed together: enough that they share what they have in common, few
/// enough that one is soon found among them.
const BLOCK: usize = 16;

/// The outcome of one address, once it is there.
pub(crate) type Cell = Arc<OnceCell<Arc<Outcome>>>;

/// Addresses that came up in this run.
#[derive(Default)]
pub(crate) struct Seen {
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
    pub(crate) fn cell(&self, url: &str) -> (Cell, bool) {
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
    pub(crate) fn settle(&self, url: &str, kept: bool) {
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
            let outcomes: Vec<_> = oldest
                .iter()
                .filter_map(|(url, outcome)| Some((&**url, outcome.as_deref()?)))
                .collect();
            // What could not be written is fetched again if it comes up again.
            let _ = lock(aside).put(&outcomes);
        }
        // Only now, so that an address that comes up meanwhile is found in one place or the other.
        let mut recent = lock(&self.recent);
        for (url, _) in &oldest {
            recent.cells.remove(url);
        }
    }

    /// An outcome of this run that is no longer in memory: that of an address, kept under a key.
    pub(crate) fn recall(&self, key: &str, url: &Url) -> Option<Arc<Outcome>> {
        lock(self.aside.get()?.as_ref()?).get(key, url).map(Arc::new)
    }
}

/// Outcomes in a file that lives as long as the run: nobody else reads it, and nobody misses it
/// after a crash.
struct Aside {
    file: File,
    end: u64,
    blocks: Vec<Block>,
    places: HashMap<u64, Place>,
    hasher: RandomState,
    packer: Packer,
    unpacker: Unpacker,
}

/// Outcomes that are packed together.
#[derive(Clone, Copy)]
struct Block {
    start: u64,
    /// The length in the file, and that of the JSON, in bytes.
    packed: u32,
    size: u32,
}

/// Where an outcome is: the block, and its line there.
#[derive(Clone, Copy)]
struct Place {
    block: u32,
    line: u32,
}

impl Aside {
    /// Without a place for the file, what was let go is fetched again.
    #[expect(
        clippy::disallowed_methods,
        reason = "what was fetched is kept on the disk, not in memory"
    )]
    fn open() -> Option<Mutex<Self>> {
        Some(Mutex::new(Self {
            file: tempfile::tempfile().ok()?,
            end: 0,
            blocks: Vec::new(),
            places: HashMap::new(),
            hasher: RandomState::default(),
            packer: Packer::new().ok()?,
            unpacker: Unpacker::new().ok()?,
        }))
    }

    fn put(&mut self, outcomes: &[(&str, &Outcome)]) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut blocks = Vec::new();
        for together in outcomes.chunks(BLOCK) {
            let packed = self.packer.pack_lines(together.iter().map(|(_, outcome)| *outcome));
            let Some(packed) = packed else { continue };
            let Ok(length) = u32::try_from(packed.bytes.len()) else { continue };
            let start = self.end + bytes.len() as u64;
            blocks.push((Block { start, packed: length, size: packed.size }, together));
            bytes.extend_from_slice(&packed.bytes);
        }
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&bytes)?;
        self.end += bytes.len() as u64;
        for (block, together) in blocks {
            let Ok(number) = u32::try_from(self.blocks.len()) else { break };
            self.blocks.push(block);
            for (line, (url, _)) in (0..).zip(together) {
                self.places.insert(self.hasher.hash_one(url), Place { block: number, line });
            }
        }
        Ok(())
    }

    fn get(&mut self, key: &str, url: &Url) -> Option<Outcome> {
        let place = self.places.get(&self.hasher.hash_one(key))?;
        let block = self.blocks.get(place.block as usize)?;
        let mut packed = vec![0; block.packed as usize];
        self.file.seek(SeekFrom::Start(block.start)).ok()?;
        self.file.read_exact(&mut packed).ok()?;
        let lines = self.unpacker.json(&packed, block.size);
        let json = lines.split(|&byte| byte == b'\n').nth(place.line as usize)?;
        let outcome: Outcome = serde_json::from_slice(json).ok()?;
        // Two addresses may have one hash, however seldom.
        outcome.chain.first().is_some_and(|asked| asked.url == *url).then_some(outcome)
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::model::{Failure, FailureKind, Hop};

    fn outcome(url: &str) -> Arc<Outcome> {
        Arc::new(Outcome {
            chain: vec![Hop { url: url.parse().expect("a URL"), status: None }],
            result: Err(Failure::new(FailureKind::NotFound, url)),
            captures: None,
            fetched: None,
        })
    }

    fn address(number: usize) -> String {
        format!("http://e.com/{number}")
    }

    fn recall(seen: &Seen, url: &str) -> Option<Arc<Outcome>> {
        seen.recall(url, &url.parse().expect("a URL"))
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
        let recalled = recall(&seen, &address(7)).expect("it was set aside");
        assert_eq!(recalled, outcome(&address(7)));
        assert!(recall(&seen, "http://e.com/another").is_none());
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
        assert!(recall(&seen, &address(7)).is_none());
        assert!(seen.cell(&address(7)).1, "it is no longer in memory");
    }
}
