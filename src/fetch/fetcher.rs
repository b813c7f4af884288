//! Fetcher: the stage's face. Each address is fetched once in a run, however many links hold it.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;
use url::Url;

use super::FetchError;
use super::chain::{Ending, FinalResponse, Followed, RedirectChain};
use super::client::Client;
use super::client::exchange::{bare, now};
use super::cores::Cores;
use super::memory::cache::{Cache, Remembered};
use super::memory::seen::Seen;
use super::progress::{Counters, Event, HostReport, Progress, count};
use super::settings::{CacheChoice, Settings};
use super::state::lock;

use crate::model::{Document, Failure, FailureKind, Hop, Outcome, Page, When};

/// Bodies from this size on are digested away from the threads that serve the network.
const HEAVY_BYTES: usize = 128 * 1024;

/// What is said of a page whose digest did not come to its end.
const UNREADABLE: &str = "the page could not be read";

/// What becomes of a fetched page: its links, titles and dates are read, and its text let go.
/// The address is the one that answered; status and completeness are filled in by the fetcher.
pub type Digest = fn(Url, Document) -> Page;

/// Fetches links. Cheap to clone; all clones share what they know.
#[derive(Clone)]
pub struct Fetcher {
    shared: Arc<Shared>,
}

/// What all clones share.
struct Shared {
    client: Client,
    cache: Option<Cache>,
    notices: Mutex<Vec<String>>,
    cores: Arc<Cores>,
    seen: Seen,
    counters: Counters,
    ends: Option<Instant>,
    stopped: watch::Sender<bool>,
}

/// An address that is visited.
#[derive(Clone)]
struct Visit {
    url: Url,
    /// When the article was written that leads there, where that makes a difference.
    near: Option<When>,
    /// The time for which a `TimeGate` is asked.
    accepted: Option<Timestamp>,
    digest: Digest,
}

impl Visit {
    /// What tells it from other visits; no address holds a blank.
    fn key(&self) -> Cow<'_, str> {
        let url = self.url.as_str();
        match (self.near, self.accepted) {
            (_, Some(at)) => format!("{url} at {at}").into(),
            (Some(When { earliest, before }), None) => format!("{url} {earliest}/{before}").into(),
            (None, None) => url.into(),
        }
    }
}

/// What came of one address.
struct Fetched {
    outcome: Arc<Outcome>,
    /// The active time it took.
    took: Duration,
    /// Ends when the cache has it for good.
    kept: Option<oneshot::Receiver<()>>,
}

impl Fetcher {
    /// A fetcher for one run. Must be called on the runtime that it will be used on.
    ///
    /// # Errors
    ///
    /// The settings are no good, or a recording cannot be opened.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub fn new(settings: Settings) -> Result<Self, FetchError> {
        let (client, damage) = Client::new(settings)?;
        let (cache, notice) = open_cache(&client.settings);
        let cores = Arc::new(Cores::new().map_err(FetchError::Client)?);
        Ok(Self {
            shared: Arc::new(Shared {
                cache,
                notices: Mutex::new(damage.into_iter().chain(notice).collect()),
                cores,
                seen: Seen::default(),
                counters: Counters::default(),
                ends: client.settings.deadline.map(|time| Instant::now() + time),
                stopped: watch::Sender::new(false),
                client,
            }),
        })
    }

    /// The threads that read its larger pages, for what else keeps a core busy in the run.
    pub(crate) fn cores(&self) -> Arc<Cores> {
        Arc::clone(&self.shared.cores)
    }

    /// Fetches what an address leads to and gives it whole, for an article that is an input.
    pub async fn document(&self, url: &Url) -> (Vec<Hop>, Result<Document, Failure>) {
        let start = bare(url);
        let chain = RedirectChain::new(&self.shared.client, None);
        let followed = Box::pin(chain.follow(&start)).await;
        let document = match followed.end {
            Ok(Ending::Page(response)) => Ok(response.into_document(&start)),
            Ok(Ending::NotModified) => {
                Err(Failure::new(FailureKind::UnexpectedStatus, "304 without a condition"))
            }
            Err(failure) => Err(failure),
        };
        (followed.chain, document)
    }

    /// Fetches what a link leads to, or gives what came of it before. Never fails: a failure is
    /// data. Waiting links cost little, so that all links of a document may be visited at once;
    /// the fetcher bounds what is under way.
    pub async fn visit(&self, url: &Url, digest: Digest) -> Arc<Outcome> {
        self.visit_near(url, None, digest).await
    }

    /// The same from an article of some time: where crawlers' captures answer, the nearest does.
    pub async fn visit_near(&self, url: &Url, near: Option<When>, digest: Digest) -> Arc<Outcome> {
        let near = near.filter(|_| self.shared.client.holds_captures());
        self.visited(Visit { url: bare(url), near, accepted: None, digest }).await
    }

    /// The same with `Accept-Datetime` (RFC 7089, section 2.1.1), which a `TimeGate` answers with the
    /// capture nearest to that time.
    pub(super) async fn visit_at(
        &self,
        url: &Url,
        at: Option<Timestamp>,
        digest: Digest,
    ) -> Arc<Outcome> {
        self.visited(Visit { url: bare(url), near: None, accepted: at, digest }).await
    }

    async fn visited(&self, visit: Visit) -> Arc<Outcome> {
        let key = visit.key();
        let (cell, is_new) = self.shared.seen.cell(&key);
        if is_new {
            count(&self.shared.counters.asked);
        }
        let outcome = cell.get_or_init(|| Box::pin(self.settled(&visit, &key))).await;
        if is_new {
            self.shared.seen.settle(&key, self.shared.cache.is_some());
        }
        Arc::clone(outcome)
    }

    /// What comes of an address that has not come up before.
    async fn settled(&self, visit: &Visit, key: &str) -> Arc<Outcome> {
        let (known, stale) = match self.shared.remembered(&visit.url, key) {
            Some(known) if known.fresh => (Some(known.outcome), None),
            stale => (self.shared.seen.recall(key, &visit.url), stale),
        };
        let from_cache = known.is_some();
        let (outcome, took) = match known {
            Some(outcome) => (outcome, Duration::ZERO),
            None => self.fetched(visit, stale).await,
        };
        let counters = &self.shared.counters;
        count(&counters.done);
        if from_cache {
            count(&counters.from_cache);
        }
        if let Some(observer) = &self.shared.client.settings.observer {
            observer(Event { url: &visit.url, outcome: &outcome, from_cache, took });
        }
        outcome
    }

    /// Fetches on a task of its own, so that all cores share the work; until the host has room
    /// for one more, a link costs no more than its place in the line. It is finished when the
    /// cache, where there is one, will still know it after a crash.
    async fn fetched(&self, visit: &Visit, stale: Option<Remembered>) -> (Arc<Outcome>, Duration) {
        let host = self.shared.client.hosts.of(&visit.url);
        let work = async {
            let _room = host.room().await;
            let (shared, visit) = (Arc::clone(&self.shared), visit.clone());
            tokio::spawn(async move { shared.follow(&visit, stale).await }).await
        };
        let ended = tokio::select! {
            done = work => done.map_err(|_| Failure::new(FailureKind::Undecodable, UNREADABLE)),
            why = self.shared.stopped() => Err(Failure::new(FailureKind::NotTried, why)),
        };
        match ended {
            Ok(Fetched { outcome, took, kept }) => {
                if let Some(kept) = kept {
                    let _ = kept.await;
                }
                (outcome, took)
            }
            Err(failure) => (Arc::new(without_answer(&visit.url, failure)), Duration::ZERO),
        }
    }

    /// How far the run is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.shared.counters.snapshot(self.shared.client.hosts.waiting())
    }

    /// Whether it has been found out that this machine has no network, so that nothing is fetched.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        self.shared.client.is_cut_off()
    }

    /// What each host was asked, by name.
    #[must_use]
    pub fn host_table(&self) -> Vec<HostReport> {
        self.shared.client.hosts.report()
    }

    /// What the user should know, each said once: a damaged cache, a full disk, an archive that is
    /// none.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.shared.notices))
    }

    /// Has the user told of something, once.
    pub fn tell(&self, notice: String) {
        let mut notices = lock(&self.shared.notices);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }

    /// Ends the run: whatever is not done yet comes out as [`FailureKind::NotTried`] at once.
    pub fn stop(&self) {
        self.shared.stopped.send_replace(true);
    }

    /// Writes out what is kept for later runs.
    ///
    /// # Errors
    ///
    /// The recording could not be written whole.
    pub fn finish(&self) -> Result<(), FetchError> {
        let trouble = self.shared.cache.as_ref().and_then(Cache::finish);
        lock(&self.shared.notices).extend(trouble);
        self.shared.client.finish()
    }
}

impl Shared {
    /// What is remembered of an address, as long as it may be asked at all.
    fn remembered(&self, url: &Url, key: &str) -> Option<Remembered> {
        let cache = self.cache.as_ref()?;
        self.client.guard.check(url).ok()?;
        cache.get(key, now())
    }

    async fn follow(&self, visit: &Visit, stale: Option<Remembered>) -> Fetched {
        let url = &visit.url;
        let known = stale.and_then(|known| {
            let outcome = Arc::unwrap_or_clone(known.outcome);
            Some((outcome.result.ok()?, known.validators?))
        });
        let (known, condition) = known.unzip();
        let mut validators = condition.clone();
        let chain =
            RedirectChain::new(&self.client, condition.as_ref()).near(visit.near, visit.accepted);
        let Followed { chain, end, at, took, permit } = chain.follow(url).await;
        let result = match (end, known) {
            (Ok(Ending::Page(response)), _) => {
                validators = self.cache.as_ref().map(|_| response.validators());
                self.digested(*response, url, visit.digest).await
            }
            (Ok(Ending::NotModified), Some(page)) => Ok(page),
            (Ok(Ending::NotModified), None) => {
                Err(Failure::new(FailureKind::UnexpectedStatus, "304 Not Modified"))
            }
            (Err(failure), _) => Err(failure),
        };
        drop(permit);
        let outcome = Arc::new(Outcome { chain, result, captures: None, fetched: at });
        let validators = validators.filter(|_| outcome.result.is_ok());
        let cache = self.cache.as_ref();
        let kept = cache.map(|cache| cache.put(&visit.key(), &outcome, validators));
        Fetched { outcome, took, kept }
    }

    /// Reads a page, in place where that is quick and on another thread where it may not be.
    async fn digested(
        &self,
        response: FinalResponse,
        url: &Url,
        digest: Digest,
    ) -> Result<Page, Failure> {
        let input = url.clone();
        let is_light = response.body.len() < HEAVY_BYTES;
        let read = move || {
            let (status, partial, url) = (response.status, response.partial, response.url.clone());
            Page { status, partial, ..digest(url, response.into_document(&input)) }
        };
        if is_light {
            return Ok(read());
        }
        let page = self.cores.run(read).await;
        page.ok_or_else(|| Failure::new(FailureKind::Undecodable, UNREADABLE))
    }

    /// Waits for the end of the run, and says why it came.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    async fn stopped(&self) -> &'static str {
        let mut stopped = self.stopped.subscribe();
        let asked_to = stopped.wait_for(|&stopped| stopped);
        match self.ends {
            None => {
                let _ = asked_to.await;
                "the run was stopped first"
            }
            Some(ends) => tokio::select! {
                _ = asked_to => "the run was stopped first",
                () = tokio::time::sleep_until(ends) => "the run's deadline came first",
            },
        }
    }
}

/// The cache that the settings ask for. A recording is to hold every exchange, and to be answered
/// from alone, so that neither goes with a cache.
fn open_cache(settings: &Settings) -> (Option<Cache>, Option<String>) {
    match &settings.cache {
        CacheChoice::File(path) if settings.record.is_none() && settings.replay.is_empty() => {
            match Cache::open(path, &settings.reading) {
                Ok((cache, notice)) => (Some(cache), notice),
                Err(why) => (None, Some(format!("there is no cache in this run: {why}"))),
            }
        }
        _ => (None, None),
    }
}

fn without_answer(url: &Url, failure: Failure) -> Outcome {
    Outcome {
        chain: vec![Hop { url: url.clone(), status: None }],
        result: Err(failure),
        captures: None,
        fetched: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_waiting_link_costs_little() {
        let fetcher = Fetcher::new(Settings::default()).expect("good settings");
        let url: Url = "https://example.com/".parse().expect("a URL");
        let digest = |url, _| unreachable!("{url} is not fetched");
        let visit = Visit { url, near: None, accepted: None, digest };
        let waiting = fetcher.settled(&visit, "");
        let bytes = size_of_val(&waiting);
        assert!(bytes <= 1024, "{bytes} bytes for each of a million links");
    }
}
