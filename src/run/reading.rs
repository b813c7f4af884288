//! The inputs, read on a thread of their own, only as far ahead as there is room.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task;

use crate::read::{self, Entry, ReadError};
use crate::suppress::changed::Changes;

/// How much text the documents under way may hold together, in KiB.
const IN_FLIGHT_KIB: u32 = 16 * 1024;

/// What a document holds beside its text, in KiB.
const DOCUMENT_KIB: u32 = 16;

/// What the outcome of a link holds that came with a document, in KiB.
const OUTCOME_KIB: usize = 4;

/// What was read.
pub(super) struct Read {
    /// A document, or why it could not be read.
    pub entry: Result<Entry, ReadError>,
    /// Its share of the memory for documents under way.
    pub room: Option<OwnedSemaphorePermit>,
    /// How many bytes of files had been read by then.
    pub at: u64,
}

/// Begins to read. What a change did not touch is left out.
pub(super) fn begin(
    inputs: Vec<String>,
    options: read::Options,
    changes: Option<Arc<Changes>>,
) -> mpsc::Receiver<Read> {
    let (send, receive) = mpsc::channel(1);
    let room = Arc::new(Semaphore::new(IN_FLIGHT_KIB as usize));
    let runtime = Handle::current();
    let tally = Arc::clone(&options.tally);
    task::spawn_blocking(move || {
        let untouched = |entry: &Result<Entry, ReadError>| match (&changes, entry) {
            (Some(changes), Ok(Entry::Document(article))) => changes.of(&article.input).is_none(),
            (Some(changes), Ok(Entry::Unread(unread))) => changes.of(&unread.input).is_none(),
            _ => false,
        };
        for entry in read::entries(inputs, options).filter(|entry| !untouched(entry)) {
            let share = Arc::clone(&room).acquire_many_owned(share(&entry));
            let room = runtime.block_on(share).ok();
            if send.blocking_send(Read { entry, room, at: tally.bytes() }).is_err() {
                break;
            }
        }
    });
    receive
}

fn share(entry: &Result<Entry, ReadError>) -> u32 {
    let text = match entry {
        Ok(Entry::Document(document)) => {
            let outcomes = document.outcomes.as_ref().map_or(0, Vec::len);
            document.text.len() / 1024 + outcomes * OUTCOME_KIB
        }
        Ok(Entry::Unread(unread)) => unread.bytes / 1024,
        Ok(Entry::Web(_)) | Err(_) => 0,
    };
    let text = u32::try_from(text).unwrap_or(u32::MAX);
    text.saturating_add(DOCUMENT_KIB).min(IN_FLIGHT_KIB)
}
