//! Fetch: an address becomes a page, or a failure that says why not, with the chain that led there.
//!
//! ```text
//! fetcher ─> memory: once a run ─> chain: hop by hop ─> politeness ─> client ─> digest
//!            seen, cache           redirects, cookies   pace, robots  live or replayed
//! ```
//!
//! *Architecture invariants:* nothing is connected to that [`Guard`] does not allow, at any hop,
//! however it is spelt or resolved. A failure is data and never ends the run. No body outlives its
//! digest, so that memory is bounded by the requests under way.

mod chain;
mod client;
mod cores;
mod fetcher;
mod memento;
mod memory;
mod politeness;
mod progress;
mod settings;
mod state;

use std::fmt;
use std::io;
use std::path::Path;

pub use client::exchange::bare;
pub use client::guard::{Guard, is_global};
pub(crate) use cores::Cores;
pub use fetcher::{Digest, Fetcher};
pub use memento::archive::{Addresses, Archive, ArchiveChoice};
pub use memento::witnessed;
pub use politeness::pace::registrable_domain;
pub use progress::{Event, HostReport, Progress, Waiting};
pub use settings::{CacheChoice, HostPace, Lookup, Observer, Settings, USER_AGENT};

/// What keeps a run from fetching at all: wrong settings, or a file that cannot be opened.
#[derive(Debug)]
pub enum FetchError {
    /// The client could not be made from the settings.
    Client(String),
    /// A recording could not be read or written.
    Recording {
        /// Where it is, and what is wrong.
        why: String,
        /// What to do next.
        help: &'static str,
    },
}

impl FetchError {
    fn recording(path: &Path, error: &io::Error) -> Self {
        let name = path.display();
        let (said, help) = match error.kind() {
            io::ErrorKind::AlreadyExists => {
                (error.to_string(), "name a file that is not there yet, or move that one away")
            }
            io::ErrorKind::NotFound => (
                "there is no such file or folder".to_owned(),
                "check the spelling and the folder that you are in",
            ),
            _ => (
                error.to_string(),
                "check that it is a recording (`--record FILE.warc.gz`) or another gzipped WARC \
                 file, that it may be read or written, and that its folder has room",
            ),
        };
        Self::Recording { why: format!("{name}: {said}"), help }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(why) => write!(f, "links cannot be fetched with these settings: {why}"),
            Self::Recording { why, .. } => write!(f, "the recording cannot be used: {why}"),
        }
    }
}

impl std::error::Error for FetchError {}
