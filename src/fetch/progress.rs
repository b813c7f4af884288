//! Progress: what a run has done so far, whom it waits for, and a table of hosts at its end.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;
use url::Url;

use crate::model::Outcome;

/// A fetch that has ended.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The address that was asked for, credentials and fragment taken out.
    pub url: &'a Url,
    /// What came of it.
    pub outcome: &'a Outcome,
    /// Whether the outcome was remembered and nothing was asked.
    pub from_cache: bool,
    /// The active time it took.
    pub took: Duration,
}

/// Counts of a run so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Distinct addresses that came up.
    pub asked: u64,
    /// Those of them that have an outcome.
    pub done: u64,
    /// Those of them that were remembered from an earlier run.
    pub from_cache: u64,
    /// Requests under way.
    pub under_way: u64,
    /// Hosts whose turn is waited for, most waiting first.
    pub waiting: Vec<Waiting>,
}

/// A host that links wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The registrable domain.
    pub host: String,
    /// How many links wait for it.
    pub links: usize,
    /// For how long it asked us to stay away, if it did.
    pub paused: Option<Duration>,
}

/// What one host was asked, for the table at the end of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostReport {
    /// The registrable domain.
    pub host: String,
    /// Requests sent, redirects and tries again among them.
    pub requests: u64,
    /// How often each verdict was come to: `ok`, or the name of a failure.
    pub verdicts: BTreeMap<&'static str, u64>,
    /// The median time of a request.
    pub median: Duration,
}

/// The counters behind [`Progress`].
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// Distinct addresses that came up.
    pub asked: AtomicU64,
    /// Those of them that have an outcome.
    pub done: AtomicU64,
    /// Those of them that were remembered.
    pub from_cache: AtomicU64,
    /// Requests under way.
    pub under_way: AtomicU64,
}

impl Counters {
    /// The counts at this moment.
    #[must_use]
    pub(super) fn snapshot(&self, waiting: Vec<Waiting>) -> Progress {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Progress {
            asked: read(&self.asked),
            done: read(&self.done),
            from_cache: read(&self.from_cache),
            under_way: read(&self.under_way),
            waiting,
        }
    }
}

/// Adds one to a counter.
pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
