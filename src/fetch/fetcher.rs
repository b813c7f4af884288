//! Fetcher: the stage's face. Each address is fetched once in a run, however many links hold it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OnceCell, Semaphore, SemaphorePermit, watch};
use tokio::time::Instant;
use url::Url;

use super::FetchError;
use super::body::Limits;
use super::chain::{Arrival, Journey, Landing, Walker, bare};
use super::exchange::{Answer, Ask};
use super::guard::Guard;
use super::live::{Live, now};
use super::pace::{Hosts, Pace, lock};
use super::progress::{Counters, Event, HostReport, Progress, count};
use super::record::Recorder;
use super::replay::Replay;
use super::settings::Settings;
use super::verdict;
use crate::model::{Document, Failure, FailureKind, Hop, Outcome, Page};

/// Bodies from this size on are digested away from the threads that serve the network.
const HEAVY_BYTES: usize = 128 * 1024;

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
    slots: Semaphore,
    heavy: Semaphore,
    seen: Mutex<HashMap<Box<str>, Arc<OnceCell<Arc<Outcome>>>>>,
    counters: Counters,
    ends: Option<Instant>,
    stopped: watch::Sender<bool>,
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
        let transport = match &settings.replay {
            Some(path) => Transport::Replay(
                Replay::open(path, limits).map_err(|error| FetchError::recording(path, &error))?,
            ),
            None => Transport::Live(Live::new(&settings, guard.clone(), recorder.clone())?),
        };
        let pace = Pace {
            concurrency: settings.host_concurrency,
            interval: settings.host_interval,
            wait_budget: settings.wait_budget,
        };
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Self {
            inner: Arc::new(Inner {
                guard,
                hosts: Hosts::new(pace),
                transport,
                recorder,
                slots: Semaphore::new(settings.max_concurrency.clamp(1, Semaphore::MAX_PERMITS)),
                heavy: Semaphore::new(cores),
                seen: Mutex::default(),
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
        let cell = self.inner.cell(&url);
        let fetch = || Box::pin(self.inner.fetch(&url, digest));
        Arc::clone(cell.get_or_init(fetch).await)
    }

    /// How far the run is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.inner.counters.snapshot(self.inner.hosts.waiting())
    }

    /// What each host was asked, by name.
    #[must_use]
    pub fn host_table(&self) -> Vec<HostReport> {
        self.inner.hosts.report()
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
        let Some(recorder) = &self.inner.recorder else { return Ok(()) };
        let path = self.inner.settings.record.clone().unwrap_or_default();
        recorder.finish().map_err(|error| FetchError::recording(&path, &error))
    }
}

impl Inner {
    fn cell(&self, url: &Url) -> Arc<OnceCell<Arc<Outcome>>> {
        let mut seen = lock(&self.seen);
        if let Some(cell) = seen.get(url.as_str()) {
            return Arc::clone(cell);
        }
        count(&self.counters.asked);
        let cell = Arc::default();
        seen.insert(url.as_str().into(), Arc::clone(&cell));
        cell
    }

    async fn fetch(&self, url: &Url, digest: Digest) -> Arc<Outcome> {
        let work = self.follow(url, digest);
        let (outcome, took) = tokio::select! {
            done = work => done,
            why = self.stopped() => (not_tried(url, why), Duration::ZERO),
        };
        count(&self.counters.done);
        if let Some(observer) = &self.settings.observer {
            observer(Event { url, outcome: &outcome, from_cache: false, took });
        }
        Arc::new(outcome)
    }

    async fn follow(&self, url: &Url, digest: Digest) -> (Outcome, Duration) {
        let Journey { chain, end, at, took, permit } = Walker::new(self, None).walk(url).await;
        let result = match end {
            Ok(Arrival::Page(landing)) => self.digested(*landing, url, digest).await,
            Ok(Arrival::NotModified) => Err(Failure::new(FailureKind::UnexpectedStatus, "304")),
            Err(failure) => Err(failure),
        };
        drop(permit);
        (Outcome { chain, result, fetched: at, captures: None }, took)
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
            .map_err(|_| Failure::new(FailureKind::Undecodable, "the page could not be read"))
    }

    /// Waits for the end of the run, and says why it came.
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
    pub async fn sleep(&self, wait: Duration) {
        if !self.is_replay() {
            tokio::time::sleep(wait).await;
        }
    }

    /// One exchange, in no more than `limit`.
    pub async fn exchange(
        &self,
        ask: &Ask,
        limit: Duration,
        status: &mut Option<u16>,
    ) -> Result<Answer, Failure> {
        let live = match &self.transport {
            Transport::Replay(replay) => return replay.exchange(ask, status),
            Transport::Live(live) => live,
        };
        let result = match tokio::time::timeout(limit, live.exchange(ask, status)).await {
            Ok(result) => result,
            Err(_) => Err(Failure::new(FailureKind::Timeout, verdict::SILENT)),
        };
        if let (Err(failure), Some(recorder)) = (&result, &self.recorder) {
            recorder.failure(ask, failure, *status, now());
        }
        result
    }

    /// Whether robots.txt lets an address be asked.
    #[expect(clippy::unused_async, reason = "robots.txt is fetched here")]
    pub async fn check_robots(&self, _url: &Url) -> Result<(), Failure> {
        Ok(())
    }
}

fn not_tried(url: &Url, why: &str) -> Outcome {
    Outcome {
        chain: vec![Hop { url: url.clone(), status: None }],
        result: Err(Failure::new(FailureKind::NotTried, why)),
        fetched: now(),
        captures: None,
    }
}
