//! Pace: no host is asked more, or faster, than its operator would bear.
//!
//! Hosts are told apart by registrable domain, since its names are mostly one set of machines.
//! Each has its own slots and its own clock; waiting for one takes nothing from the others. A
//! host that asks for time is left alone, up to a budget; one that never answers is given up.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;
use url::{Host as UrlHost, Url};

use crate::fetch::progress::{HostReport, Waiting};
use crate::fetch::settings::HostPace;
use crate::fetch::state::lock;
use crate::model::{Failure, FailureKind};

/// Tries in a row without any answer after which a server is given up.
const MAX_SILENCE: u32 = 5;

/// Links in a row that a host turned away for their number after which it is asked no more.
const MAX_TURNED_AWAY: u32 = 5;

/// The pace that a host is slowed down to after it complained: at least, and at most unless it
/// was slower before.
const SLOWED: Duration = Duration::from_millis(50);
const SLOWEST: Duration = Duration::from_secs(1);

/// How many links more may be begun than may be asked at once: enough that some can wait for
/// another try while others are asked.
const LOBBY: usize = 6;

/// The most requests at once that a host may be given.
const MOST: usize = 4096;

/// How many request times are kept of each host for their median.
const SAMPLE: usize = 1024;

/// The pace to be kept with every host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Requests under way at once.
    pub concurrency: usize,
    /// Time from one request to the next.
    pub interval: Duration,
    /// How long a host may make us wait with no good answer in between.
    pub wait_budget: Duration,
}

/// All hosts of a run.
#[derive(Debug)]
pub(crate) struct Hosts {
    pace: Pace,
    own: HashMap<Box<str>, Pace>,
    known: Mutex<HashMap<Box<str>, Arc<Host>>>,
}

impl Hosts {
    /// No hosts yet; all are to have this pace but those that have their own.
    #[must_use]
    pub(crate) fn new(pace: Pace, own: &[HostPace]) -> Self {
        let own = own.iter().filter_map(|own| {
            let url = Url::parse(&format!("http://{}/", own.host)).ok()?;
            let concurrency = own.concurrency.unwrap_or(pace.concurrency);
            let interval = own.interval.unwrap_or(pace.interval);
            Some((registrable_domain(&url).into(), Pace { concurrency, interval, ..pace }))
        });
        Self { pace, own: own.collect(), known: Mutex::default() }
    }

    /// The host of an address.
    pub(crate) fn of(&self, url: &Url) -> Arc<Host> {
        let name = registrable_domain(url);
        let mut hosts = lock(&self.known);
        if let Some(host) = hosts.get(name) {
            return Arc::clone(host);
        }
        let pace = self.own.get(name).copied().unwrap_or(self.pace);
        let host = Arc::new(Host::new(name, pace));
        hosts.insert(name.into(), Arc::clone(&host));
        host
    }

    /// The hosts that links wait for, most waiting first.
    #[must_use]
    pub(crate) fn waiting(&self) -> Vec<Waiting> {
        let mut waiting: Vec<_> =
            lock(&self.known).values().filter_map(|host| host.waiting()).collect();
        waiting.sort_by(|a, b| b.links.cmp(&a.links).then_with(|| a.host.cmp(&b.host)));
        waiting
    }

    /// The table of all hosts, by name.
    #[must_use]
    pub(crate) fn report(&self) -> Vec<HostReport> {
        let mut rows: Vec<_> = lock(&self.known).values().map(|host| host.report()).collect();
        rows.retain(|row| row.requests > 0);
        rows.sort_by(|a, b| a.host.cmp(&b.host));
        rows
    }
}

/// The domain that a host's operator registered, or the host itself where there is none.
#[must_use]
pub fn registrable_domain(url: &Url) -> &str {
    match url.host() {
        Some(UrlHost::Domain(name)) => psl::domain_str(name).unwrap_or(name),
        _ => url.host_str().unwrap_or_default(),
    }
}

/// One registrable domain.
#[derive(Debug)]
pub(crate) struct Host {
    name: Box<str>,
    pace: Pace,
    slots: Semaphore,
    lobby: Semaphore,
    waiting: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    next_start: Instant,
    paused_until: Instant,
    waited: Duration,
    /// The pace that is kept at least, and the pace of now.
    floor: Duration,
    interval: Duration,
    turned_away: u32,
    silence: HashMap<Box<str>, u32>,
    requests: u64,
    verdicts: BTreeMap<&'static str, u64>,
    micros: Vec<u32>,
}

/// The right to send one request; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    _slot: SemaphorePermit<'a>,
}

/// Counts a waiting link as long as it waits, even if it is let go in the middle.
struct InLine<'a>(&'a AtomicUsize);

impl<'a> InLine<'a> {
    fn of(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Host {
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    fn new(name: &str, pace: Pace) -> Self {
        let now = Instant::now();
        let state = State {
            next_start: now,
            paused_until: now,
            waited: Duration::ZERO,
            floor: pace.interval,
            interval: pace.interval,
            turned_away: 0,
            silence: HashMap::new(),
            requests: 0,
            verdicts: BTreeMap::new(),
            micros: Vec::new(),
        };
        Self {
            name: name.into(),
            pace,
            slots: Semaphore::new(pace.concurrency.clamp(1, MOST)),
            lobby: Semaphore::new(pace.concurrency.clamp(1, MOST) + LOBBY),
            waiting: AtomicUsize::new(0),
            state: Mutex::new(state),
        }
    }

    /// Waits until the host has room for one more link; held as long as the link is under way.
    pub(crate) async fn room(&self) -> Option<SemaphorePermit<'_>> {
        let _in_line = InLine::of(&self.waiting);
        self.lobby.acquire().await.ok()
    }

    /// Waits for a turn to ask this host.
    ///
    /// # Errors
    ///
    /// The host is asked no more: it never answered, or always turned us away.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub(crate) async fn turn(&self, url: &Url) -> Result<Turn<'_>, Failure> {
        let _in_line = InLine::of(&self.waiting);
        let slot = self.slots.acquire().await.map_err(|_| closed())?;
        loop {
            self.still_asked(url)?;
            match self.claim_start() {
                None => return Ok(Turn { _slot: slot }),
                Some(later) => tokio::time::sleep_until(later).await,
            }
        }
    }

    /// Takes the next start if it is now, or tells when to come back.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    fn claim_start(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut state = self.lock();
        let start = state.next_start.max(state.paused_until);
        if start > now {
            return Some(start);
        }
        state.next_start = now + jittered(state.interval);
        state.requests += 1;
        None
    }

    fn still_asked(&self, url: &Url) -> Result<(), Failure> {
        let state = self.lock();
        if state.turned_away >= MAX_TURNED_AWAY {
            let detail = format!("{} turned {MAX_TURNED_AWAY} links away in a row", self.name);
            return Err(Failure::new(FailureKind::RateLimited, detail));
        }
        if state.silence.get(authority(url)).is_some_and(|&tries| tries >= MAX_SILENCE) {
            let detail = format!("the host did not answer {MAX_SILENCE} times in a row");
            return Err(Failure::new(FailureKind::Timeout, detail));
        }
        Ok(())
    }

    /// Leaves the host alone for a while; false where that would be over its budget.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub(crate) fn pause(&self, wait: Duration) -> bool {
        let now = Instant::now();
        let mut state = self.lock();
        let longer = (now + wait.min(self.pace.wait_budget * 2))
            .saturating_duration_since(state.paused_until.max(now));
        if state.waited + longer > self.pace.wait_budget {
            return false;
        }
        state.waited += longer;
        state.paused_until = state.paused_until.max(now) + longer;
        state.interval = (state.interval * 2).clamp(SLOWED, SLOWEST.max(state.floor));
        true
    }

    /// Asks the host no faster than it states itself.
    pub(crate) fn slow_down(&self, interval: Duration) {
        let mut state = self.lock();
        state.floor = state.floor.max(interval);
        state.interval = state.interval.max(state.floor);
    }

    /// Notes that the host answered, and how long that took.
    pub(crate) fn answered(&self, url: &Url, took: Duration) {
        let mut state = self.lock();
        state.silence.remove(authority(url));
        if state.micros.len() < SAMPLE {
            state.micros.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
        }
    }

    /// Notes that the host did not answer at all.
    pub(crate) fn was_silent(&self, url: &Url) {
        *self.lock().silence.entry(authority(url).into()).or_default() += 1;
    }

    /// Notes what was come to about one link.
    pub(crate) fn concluded(&self, failure: Option<FailureKind>) {
        let mut state = self.lock();
        *state.verdicts.entry(failure.map_or("ok", FailureKind::as_str)).or_default() += 1;
        match failure {
            Some(FailureKind::RateLimited) => state.turned_away += 1,
            Some(FailureKind::Timeout) => {}
            _ => {
                state.turned_away = 0;
                state.waited = Duration::ZERO;
                state.interval = (state.interval / 2).max(state.floor);
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    fn waiting(&self) -> Option<Waiting> {
        let links = self.waiting.load(Ordering::Relaxed);
        let paused = self.lock().paused_until.checked_duration_since(Instant::now());
        (links > 0).then(|| Waiting {
            host: self.name.to_string(),
            links,
            paused: paused.filter(|wait| !wait.is_zero()),
        })
    }

    fn report(&self) -> HostReport {
        let state = self.lock();
        let mut micros = state.micros.clone();
        micros.sort_unstable();
        let median = micros.get(micros.len() / 2).copied().unwrap_or_default();
        HostReport {
            host: self.name.to_string(),
            requests: state.requests,
            verdicts: state.verdicts.clone(),
            median: Duration::from_micros(median.into()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// Host and port: silence of one server says nothing of another with the same domain.
fn authority(url: &Url) -> &str {
    url.authority().rsplit('@').next().unwrap_or_default()
}

/// A tenth more at most, so that hosts asked together do not stay in step.
fn jittered(interval: Duration) -> Duration {
    if interval.is_zero() { interval } else { interval.mul_f64(1.0 + fastrand::f64() / 10.0) }
}

fn closed() -> Failure {
    Failure::new(FailureKind::NotTried, "the run ended before it was tried")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test measures time")]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().expect("a URL")
    }

    fn hosts(concurrency: usize, millis: u64) -> Hosts {
        let interval = Duration::from_millis(millis);
        Hosts::new(Pace { concurrency, interval, wait_budget: Duration::from_mins(1) }, &[])
    }

    #[test]
    fn a_host_may_have_a_pace_of_its_own() {
        let pace = hosts(2, 100).pace;
        let own = |host: &str, concurrency, interval| HostPace {
            host: host.to_owned(),
            concurrency,
            interval,
        };
        let hosts = Hosts::new(
            pace,
            &[own("www.slow.example", Some(1), None), own("10.1.2.3", None, Some(Duration::ZERO))],
        );
        for (address, concurrency, millis) in [
            ("https://static.slow.example/", 1, 100),
            ("http://10.1.2.3:8080/", 2, 0),
            ("https://other.example/", 2, 100),
        ] {
            let pace = hosts.of(&url(address)).pace;
            assert_eq!((pace.concurrency, pace.interval.as_millis()), (concurrency, millis));
        }
    }

    #[test]
    fn names_of_one_domain_are_one_host() {
        assert_eq!(registrable_domain(&url("https://a.b.example.co.uk/")), "example.co.uk");
        assert_eq!(registrable_domain(&url("https://me.github.io/")), "me.github.io");
        assert_eq!(registrable_domain(&url("http://10.1.2.3:80/")), "10.1.2.3");
        assert_eq!(registrable_domain(&url("http://[::1]/")), "[::1]");
        assert_eq!(registrable_domain(&url("http://intranet/")), "intranet");
    }

    #[tokio::test(start_paused = true)]
    async fn requests_keep_their_interval() {
        let hosts = hosts(2, 100);
        let url = url("http://example.com/");
        let host = hosts.of(&url);
        let began = Instant::now();
        for _ in 0..11 {
            drop(host.turn(&url).await);
        }
        let took = began.elapsed();
        assert!((1000..1200).contains(&took.as_millis()), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_turns_than_slots() {
        let hosts = hosts(2, 0);
        let url = url("http://example.com/");
        let host = hosts.of(&url);
        let (_a, b) = (host.turn(&url).await, host.turn(&url).await);
        let third = tokio::time::timeout(Duration::from_secs(9), host.turn(&url));
        assert!(third.await.is_err());
        assert!(hosts.waiting().is_empty());
        drop(b);
        assert!(host.turn(&url).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_kept_within_a_budget_that_good_answers_restore() {
        let hosts = hosts(2, 0);
        let url = url("http://example.com/");
        let host = hosts.of(&url);
        assert!(!host.pause(Duration::from_secs(61)));
        assert!(host.pause(Duration::from_secs(40)));
        let began = Instant::now();
        drop(host.turn(&url).await);
        assert!(began.elapsed() >= Duration::from_secs(40));
        assert!(!host.pause(Duration::from_secs(40)));
        host.concluded(None);
        assert!(host.pause(Duration::from_secs(40)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_never_answers_is_given_up_and_its_sisters_are_not() {
        let hosts = hosts(2, 0);
        let (dead, alive) = (url("http://old.example.com/"), url("http://www.example.com/"));
        let host = hosts.of(&dead);
        for _ in 0..MAX_SILENCE {
            host.was_silent(&dead);
        }
        assert_eq!(host.turn(&dead).await.expect_err("given up").kind, FailureKind::Timeout);
        assert!(hosts.of(&alive).turn(&alive).await.is_ok());
    }
}
