//! Fetcher: the stage's face. Each address is fetched once in a run, however many links hold it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OnceCell, Semaphore, SemaphorePermit, oneshot, watch};
use tokio::time::Instant;
use url::{Origin, Url};

use super::FetchError;
use super::cache::{Cache, Remembered};
use super::chain::{Arrival, Journey, Landing, Walker, bare};
use super::exchange::{Answer, Ask, Trace};
use super::guard::Guard;
use super::live::{Live, now};
use super::pace::{Hosts, Pace, lock};
use super::progress::{Counters, Event, HostReport, Progress, count};
use super::record::Recorder;
use super::replay::Replay;
use super::robots::Robots;
use super::seen::Seen;
use super::settings::{CacheChoice, Settings};
use super::{files, verdict};
use crate::decode::coding::Limits;
use crate::model::{Document, Failure, FailureKind, Hop, Outcome, Page};

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
    inner: Arc<Inner>,
}

/// What all clones share.
pub struct Inner {
    /// How the web may be asked.
    pub settings: Settings,
    /// Which addresses may be connected to.
    pub guard: Guard,
    /// The pace of each host.
    pub hosts: Hosts,
    transport: Transport,
    recorder: Option<Arc<Recorder>>,
    cache: Option<Cache>,
    notices: Mutex<Vec<String>>,
    slots: Semaphore,
    heavy: Semaphore,
    seen: Seen,
    robots: Mutex<HashMap<Origin, Arc<OnceCell<Robots>>>>,
    counters: Counters,
    ends: Option<Instant>,
    stopped: watch::Sender<bool>,
}

/// What came of one address.
struct Fetched {
    outcome: Arc<Outcome>,
    /// The active time it took.
    took: Duration,
    /// Ends when the cache has it for good.
    kept: Option<oneshot::Receiver<()>>,
}

enum Transport {
    Live(Live),
    Replay(Replay),
}

impl Fetcher {
    /// A fetcher for one run. Must be called on the runtime that it will be used on.
    ///
    /// # Errors
    ///
    /// The settings are no good, or a recording cannot be opened.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub fn new(settings: Settings) -> Result<Self, FetchError> {
        let guard = Guard::new(settings.allow_net.clone());
        let limits = Limits { decoded: settings.max_page_bytes, wire: settings.max_wire_bytes };
        let recorder = match &settings.record {
            Some(path) => Some(Arc::new(
                Recorder::create(path, &settings.user_agent)
                    .map_err(|error| FetchError::recording(path, &error))?,
            )),
            None => None,
        };
        let mut damage = Vec::new();
        let transport = match &settings.replay {
            Some(path) => {
                let opened = Replay::open(path, limits);
                let replay = opened.map_err(|error| FetchError::recording(path, &error))?;
                damage = replay.damage();
                Transport::Replay(replay)
            }
            None => Transport::Live(Live::new(&settings, guard.clone(), recorder.clone())?),
        };
        let (cache, notice) = open_cache(&settings);
        let pace = Pace {
            concurrency: settings.host_concurrency,
            interval: settings.host_interval,
            wait_budget: settings.wait_budget,
        };
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Self {
            inner: Arc::new(Inner {
                guard,
                hosts: Hosts::new(pace, &settings.hosts),
                transport,
                recorder,
                cache,
                notices: Mutex::new(damage.into_iter().chain(notice).collect()),
                slots: Semaphore::new(settings.max_concurrency.clamp(1, files::connections())),
                heavy: Semaphore::new(cores),
                seen: Seen::default(),
                robots: Mutex::default(),
                counters: Counters::default(),
                ends: settings.deadline.map(|time| Instant::now() + time),
                stopped: watch::Sender::new(false),
                settings,
            }),
        })
    }

    /// Fetches what an address leads to and gives it whole, for an article that is an input.
    pub async fn document(&self, url: &Url) -> (Vec<Hop>, Result<Document, Failure>) {
        let start = bare(url);
        let journey = Box::pin(Walker::new(&self.inner, None).walk(&start)).await;
        let document = match journey.end {
            Ok(Arrival::Page(landing)) => Ok(landing.into_document(&start)),
            Ok(Arrival::NotModified) => {
                Err(Failure::new(FailureKind::UnexpectedStatus, "304 without a condition"))
            }
            Err(failure) => Err(failure),
        };
        (journey.chain, document)
    }

    /// Fetches what a link leads to, or gives what came of it before. Never fails: a failure is
    /// data. Waiting links cost little, so that all links of a document may be visited at once;
    /// the fetcher bounds what is under way.
    pub async fn visit(&self, url: &Url, digest: Digest) -> Arc<Outcome> {
        let url = bare(url);
        let (cell, is_new) = self.inner.seen.cell(url.as_str());
        if is_new {
            count(&self.inner.counters.asked);
        }
        let outcome = cell.get_or_init(|| Box::pin(self.settled(&url, digest))).await;
        if is_new {
            self.inner.seen.settle(url.as_str(), self.inner.cache.is_some());
        }
        Arc::clone(outcome)
    }

    /// What comes of an address that has not come up before.
    async fn settled(&self, url: &Url, digest: Digest) -> Arc<Outcome> {
        let (known, stale) = match self.inner.remembered(url) {
            Some(known) if known.fresh => (Some(known.outcome), None),
            stale => (self.inner.seen.recall(url.as_str()), stale),
        };
        let from_cache = known.is_some();
        let (outcome, took) = match known {
            Some(outcome) => (outcome, Duration::ZERO),
            None => self.fetched(url, digest, stale).await,
        };
        let counters = &self.inner.counters;
        count(&counters.done);
        if from_cache {
            count(&counters.from_cache);
        }
        if let Some(observer) = &self.inner.settings.observer {
            observer(Event { url, outcome: &outcome, from_cache, took });
        }
        outcome
    }

    /// Fetches on a task of its own, so that all cores share the work; until the host has room
    /// for one more, a link costs no more than its place in the line. It is finished when the
    /// cache, where there is one, will still know it after a crash.
    async fn fetched(
        &self,
        url: &Url,
        digest: Digest,
        stale: Option<Remembered>,
    ) -> (Arc<Outcome>, Duration) {
        let host = self.inner.hosts.of(url);
        let work = async {
            let _room = host.room().await;
            let (inner, url) = (Arc::clone(&self.inner), url.clone());
            tokio::spawn(async move { inner.follow(&url, digest, stale).await }).await
        };
        let ended = tokio::select! {
            done = work => done.map_err(|_| Failure::new(FailureKind::Undecodable, UNREADABLE)),
            why = self.inner.stopped() => Err(Failure::new(FailureKind::NotTried, why)),
        };
        match ended {
            Ok(Fetched { outcome, took, kept }) => {
                if let Some(kept) = kept {
                    let _ = kept.await;
                }
                (outcome, took)
            }
            Err(failure) => (Arc::new(without_answer(url, failure)), Duration::ZERO),
        }
    }

    /// How far the run is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.inner.counters.snapshot(self.inner.hosts.waiting())
    }

    /// Whether it has been found out that this machine has no network, so that nothing is fetched.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        matches!(&self.inner.transport, Transport::Live(live) if live.is_cut_off())
    }

    /// What each host was asked, by name.
    #[must_use]
    pub fn host_table(&self) -> Vec<HostReport> {
        self.inner.hosts.report()
    }

    /// What the user should know, each said once: a damaged cache, a full disk, an archive that is
    /// none.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.inner.notices))
    }

    /// Has the user told of something, once.
    pub fn tell(&self, notice: String) {
        let mut notices = lock(&self.inner.notices);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }

    /// Ends the run: whatever is not done yet comes out as [`FailureKind::NotTried`] at once.
    pub fn stop(&self) {
        self.inner.stopped.send_replace(true);
    }

    /// Writes out what is kept for later runs.
    ///
    /// # Errors
    ///
    /// The recording could not be written whole.
    pub fn finish(&self) -> Result<(), FetchError> {
        let trouble = self.inner.cache.as_ref().and_then(Cache::finish);
        lock(&self.inner.notices).extend(trouble);
        let Some(recorder) = &self.inner.recorder else { return Ok(()) };
        let path = self.inner.settings.record.clone().unwrap_or_default();
        recorder.finish().map_err(|error| FetchError::recording(&path, &error))
    }
}

impl Inner {
    /// What is remembered of an address, as long as it may be asked at all.
    fn remembered(&self, url: &Url) -> Option<Remembered> {
        let cache = self.cache.as_ref()?;
        self.guard.check(url).ok()?;
        cache.get(url.as_str(), now())
    }

    async fn follow(&self, url: &Url, digest: Digest, stale: Option<Remembered>) -> Fetched {
        let known = stale.and_then(|known| {
            let outcome = Arc::unwrap_or_clone(known.outcome);
            Some((outcome.result.ok()?, known.validators?))
        });
        let (known, condition) = known.unzip();
        let mut validators = condition.clone();
        let walker = Walker::new(self, condition.as_ref());
        let Journey { chain, end, at, took, permit } = walker.walk(url).await;
        let result = match (end, known) {
            (Ok(Arrival::Page(landing)), _) => {
                validators = self.cache.as_ref().map(|_| landing.validators());
                self.digested(*landing, url, digest).await
            }
            (Ok(Arrival::NotModified), Some(page)) => Ok(page),
            (Ok(Arrival::NotModified), None) => {
                Err(Failure::new(FailureKind::UnexpectedStatus, "304 Not Modified"))
            }
            (Err(failure), _) => Err(failure),
        };
        drop(permit);
        let outcome = Arc::new(Outcome { chain, result, captures: None, fetched: at });
        let validators = validators.filter(|_| outcome.result.is_ok());
        let cache = self.cache.as_ref();
        let kept = cache.map(|cache| cache.put(url.as_str(), &outcome, validators));
        Fetched { outcome, took, kept }
    }

    /// Reads a page, in place where that is quick and on another thread where it may not be.
    async fn digested(&self, landing: Landing, url: &Url, digest: Digest) -> Result<Page, Failure> {
        let input = url.clone();
        let is_light = landing.body.len() < HEAVY_BYTES;
        let read = move || {
            let (status, partial, url) = (landing.status, landing.partial, landing.url.clone());
            Page { status, partial, ..digest(url, landing.into_document(&input)) }
        };
        if is_light {
            return Ok(read());
        }
        let _core = self.heavy.acquire().await;
        tokio::task::spawn_blocking(read)
            .await
            .map_err(|_| Failure::new(FailureKind::Undecodable, UNREADABLE))
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

    /// A place among the requests under way.
    pub async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        self.slots.acquire().await.ok()
    }

    /// Whether a recording answers, so that nobody needs to be waited for.
    pub const fn is_replay(&self) -> bool {
        matches!(self.transport, Transport::Replay(_))
    }

    /// Waits, except where a recording answers.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub async fn sleep(&self, wait: Duration) {
        if !self.is_replay() {
            tokio::time::sleep(wait).await;
        }
    }

    /// One exchange, in no more than `limit`.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub async fn exchange(
        &self,
        ask: &Ask,
        limit: Duration,
        trace: &mut Trace,
    ) -> Result<Answer, Failure> {
        let live = match &self.transport {
            Transport::Replay(replay) => return replay.exchange(ask, trace),
            Transport::Live(live) => live,
        };
        let result = match tokio::time::timeout(limit, live.exchange(ask, trace)).await {
            Ok(result) => result,
            Err(_) => Err(Failure::new(FailureKind::Timeout, verdict::SILENT)),
        };
        // Of what came in whole, the recording has the answer, and so whatever is wrong with it.
        if let Err(failure) = &result
            && trace.at.is_none()
        {
            self.failed(ask, failure, trace);
        }
        result
    }

    /// Notes that a try came to no answer, or was not worth making any more.
    pub fn failed(&self, ask: &Ask, failure: &Failure, trace: &mut Trace) {
        let at = now();
        trace.at = Some(at);
        if let Some(recorder) = &self.recorder {
            recorder.failure(ask, failure, trace.status, at);
        }
    }

    /// The rules of the site that an address stands on, asked for once a run.
    pub fn robots_of(&self, url: &Url) -> Arc<OnceCell<Robots>> {
        Arc::clone(lock(&self.robots).entry(url.origin()).or_default())
    }
}

/// The cache that the settings ask for. A recording is to hold every exchange, and to be answered
/// from alone, so that neither goes with a cache.
fn open_cache(settings: &Settings) -> (Option<Cache>, Option<String>) {
    match &settings.cache {
        CacheChoice::File(path) if settings.record.is_none() && settings.replay.is_none() => {
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
        let waiting = fetcher.settled(&url, |url, _| unreachable!("{url} is not fetched"));
        let bytes = size_of_val(&waiting);
        assert!(bytes <= 1024, "{bytes} bytes for each of a million links");
    }
}
