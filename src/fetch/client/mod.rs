//! Client: how the web may be asked, by whom, how fast, and live or from a recording.

mod connections;
pub(super) mod exchange;
mod files;
pub(super) mod guard;
mod live;
mod network;
mod record;
mod replay;
mod tls;
pub(super) mod verdict;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OnceCell, Semaphore, SemaphorePermit};
use url::{Origin, Url};

use super::FetchError;
use super::politeness::pace::{Hosts, Pace};
use super::politeness::robots::Robots;
use super::settings::Settings;
use super::state::lock;
use crate::decode::coding::Limits;
use crate::model::{Failure, FailureKind};
use exchange::{Answer, Ask, Trace, now};
use guard::Guard;
use live::Live;
use record::Recorder;
use replay::Replay;

/// What asks the web.
pub(super) struct Client {
    /// How the web may be asked.
    pub settings: Settings,
    /// Which addresses may be connected to.
    pub guard: Guard,
    /// The pace of each host.
    pub hosts: Hosts,
    transport: Transport,
    recorder: Option<Arc<Recorder>>,
    slots: Semaphore,
    robots: Mutex<HashMap<Origin, Arc<OnceCell<Robots>>>>,
}

enum Transport {
    Live(Live),
    Replay(Box<Replay>),
}

impl Client {
    /// A client for one run, and what is to be told of the recording that it answers from. Must be
    /// called on the runtime that it will be used on.
    ///
    /// # Errors
    ///
    /// The settings are no good, or a recording cannot be opened.
    pub(super) fn new(settings: Settings) -> Result<(Self, Vec<String>), FetchError> {
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
        let transport = if settings.replay.is_empty() {
            Transport::Live(Live::new(&settings, guard.clone(), recorder.clone())?)
        } else {
            let opened = Replay::open(&settings.replay, limits);
            let replay = opened.map_err(|(path, error)| FetchError::recording(&path, &error))?;
            damage = replay.damage();
            Transport::Replay(Box::new(replay))
        };
        let pace = Pace {
            concurrency: settings.host_concurrency,
            interval: settings.host_interval,
            wait_budget: settings.wait_budget,
        };
        let client = Self {
            guard,
            hosts: Hosts::new(pace, &settings.hosts),
            transport,
            recorder,
            slots: Semaphore::new(settings.max_concurrency.clamp(1, files::connections())),
            robots: Mutex::default(),
            settings,
        };
        Ok((client, damage))
    }

    /// A place among the requests under way.
    pub(super) async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        self.slots.acquire().await.ok()
    }

    /// Whether this machine was found to be without a network.
    pub(super) fn is_cut_off(&self) -> bool {
        matches!(&self.transport, Transport::Live(live) if live.is_cut_off())
    }

    /// Whether a recording answers, so that nobody needs to be waited for.
    pub(super) const fn is_replay(&self) -> bool {
        matches!(self.transport, Transport::Replay(_))
    }

    /// Whether crawlers' captures answer, of which that nearest to an article's time is chosen.
    pub(super) fn holds_captures(&self) -> bool {
        matches!(&self.transport, Transport::Replay(replay) if replay.holds_captures())
    }

    /// Waits, except where a recording answers.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub(super) async fn sleep(&self, wait: Duration) {
        if !self.is_replay() {
            tokio::time::sleep(wait).await;
        }
    }

    /// One exchange, in no more than `limit`.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    pub(super) async fn exchange(
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
    pub(super) fn failed(&self, ask: &Ask, failure: &Failure, trace: &mut Trace) {
        let at = now();
        trace.at = Some(at);
        if let Some(recorder) = &self.recorder {
            recorder.failure(ask, failure, trace.status, at);
        }
    }

    /// The rules of the site that an address stands on, asked for once a run.
    pub(super) fn robots_of(&self, url: &Url) -> Arc<OnceCell<Robots>> {
        Arc::clone(lock(&self.robots).entry(url.origin()).or_default())
    }

    /// Writes the recording out.
    ///
    /// # Errors
    ///
    /// It could not be written whole.
    pub(super) fn finish(&self) -> Result<(), FetchError> {
        let Some(recorder) = &self.recorder else { return Ok(()) };
        let path = self.settings.record.clone().unwrap_or_default();
        recorder.finish().map_err(|error| FetchError::recording(&path, &error))
    }
}
