//! Live: one exchange over the network.

#![expect(clippy::disallowed_types, reason = "this file is the edge to the network")]
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Proxy, Response, redirect};

use super::connections::Connections;
use super::exchange::{Answer, Ask, Reading, Trace, headers_of, now};
use super::guard::{Guard, refused};
use super::network::{Network, Resolver};
use super::record::{Recorder, Tape};
use super::{files, tls, verdict};
use crate::decode::coding::{Flow, Limits};
use crate::fetch::FetchError;
use crate::fetch::settings::Settings;
use crate::model::Failure;

/// How long a body that nobody will look at may take.
const DRAIN_TIME: Duration = Duration::from_secs(1);

/// How long a file may take that is read as far as it came.
const FILE_TIME: Duration = Duration::from_secs(5);

/// How long an unused connection is kept, and how long where there may be few.
const POOL_IDLE: Duration = Duration::from_secs(15);
const POOL_IDLE_SHORT: Duration = Duration::from_secs(1);

/// From how many possible connections on unused ones may be kept long.
const MANY_CONNECTIONS: usize = 4096;

/// How many header fields an answer may have: browsers take any number, and some sites send more
/// than a hundred.
const MAX_FIELDS: usize = 1024;

/// What servers may send; the codings that `body` undoes.
const ACCEPT: &str = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.8";
const ACCEPT_ENCODING: &str = "gzip, br, zstd";

/// The client for the network.
pub(super) struct Live {
    connections: Connections,
    guard: Guard,
    proxied: bool,
    limits: Limits,
    recorder: Option<Arc<Recorder>>,
    network: Arc<Network>,
}

impl Live {
    /// A client that follows no redirect of itself, sends no `Referer`, knows no cookie, takes no
    /// proxy from the environment, and connects only where the guard allows.
    ///
    /// # Errors
    ///
    /// The settings are no good: a user agent that is no header value, a proxy that is none.
    pub(super) fn new(
        settings: &Settings,
        guard: Guard,
        recorder: Option<Arc<Recorder>>,
    ) -> Result<Self, FetchError> {
        let network = Arc::new(Network::new(settings.lookup.clone()));
        let resolver = Resolver { guard: guard.clone(), network: Arc::clone(&network) };
        let tls = tls::config().map_err(|error| FetchError::Client(error.to_string()))?;
        let is_roomy = files::connections() >= MANY_CONNECTIONS;
        let given = settings.clone();
        let make = move || {
            let builder = Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .user_agent(&given.user_agent)
                .default_headers(default_headers())
                .redirect(redirect::Policy::none())
                .referer(false)
                .no_proxy()
                .connect_timeout(given.connect_timeout)
                .read_timeout(given.idle_timeout)
                .http1_max_headers(MAX_FIELDS)
                .pool_idle_timeout(if is_roomy { POOL_IDLE } else { POOL_IDLE_SHORT })
                .pool_max_idle_per_host(if is_roomy { given.host_concurrency } else { 1 });
            // With a proxy it is the proxy's name that is looked up here, which the user chose.
            match &given.proxy {
                Some(url) => builder.proxy(Proxy::all(url.clone())?),
                None => builder.dns_resolver(resolver.clone()),
            }
            .build()
        };
        let connections = Connections::new(Box::new(make));
        Ok(Self {
            connections: connections.map_err(|error| FetchError::Client(error.to_string()))?,
            guard,
            proxied: settings.proxy.is_some(),
            limits: Limits { decoded: settings.max_page_bytes, wire: settings.max_wire_bytes },
            recorder,
            network,
        })
    }

    /// Whether it has been found out that this machine has no network.
    pub(super) fn is_cut_off(&self) -> bool {
        self.network.is_absent()
    }

    /// Asks once.
    ///
    /// # Errors
    ///
    /// Why there is no answer. Time limits over all are the caller's.
    pub(super) async fn exchange(&self, ask: &Ask, trace: &mut Trace) -> Result<Answer, Failure> {
        let client = self.connections.of(ask.url.host_str().unwrap_or_default());
        let mut request = client.get(ask.url.clone());
        for (name, value) in &ask.fields {
            request = request.header(name, value);
        }
        let response = request.send().await.map_err(|error| verdict::of_error(&error))?;
        self.check_peer(response.remote_addr())?;
        trace.status = Some(response.status().as_u16());
        self.read(ask, response, trace).await
    }

    /// The last line of defence: the address that the connection really has.
    fn check_peer(&self, peer: Option<SocketAddr>) -> Result<(), Failure> {
        match peer.map(|address| address.ip()) {
            Some(address) if !self.proxied && !self.guard.allows(address) => Err(refused(address)),
            _ => Ok(()),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    async fn read(
        &self,
        ask: &Ask,
        mut response: Response,
        trace: &mut Trace,
    ) -> Result<Answer, Failure> {
        let status = response.status().as_u16();
        let headers = headers_of(response.headers());
        let mut tape = self.recorder.as_ref().map(|_| Tape::new(&response));
        let mut reading = Reading::of(status, &headers, &ask.url, self.limits)?;
        let time = match &reading {
            Reading::Page(_) => None,
            Reading::File(_) => Some(FILE_TIME),
            Reading::Drain(_) => Some(DRAIN_TIME),
        };
        let rest = take_in(&mut response, &mut reading, &mut tape);
        let ended = match time {
            None => rest.await?,
            // The answer is known; that its body ends badly changes nothing.
            Some(time) => match tokio::time::timeout(time, rest).await {
                Ok(Ok(ended)) => ended,
                Ok(Err(_)) | Err(_) => Ended::Early,
            },
        };
        let at = now();
        trace.at = Some(at);
        if let (Some(recorder), Some(tape)) = (&self.recorder, tape) {
            recorder.exchange(ask, tape, at, ended.truncated());
        }
        let (body, cut) = reading.finish(ended == Ended::Early)?;
        Ok(Answer { status, headers, body, cut, at })
    }
}

/// How a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// Where it should.
    Well,
    /// At a limit of ours.
    AtLimit,
    /// The connection ended too early.
    Early,
}

impl Ended {
    /// The word for it in a recording (ISO 28500, section 5.13).
    const fn truncated(self) -> Option<&'static str> {
        match self {
            Self::Well => None,
            Self::AtLimit => Some("length"),
            Self::Early => Some("disconnect"),
        }
    }
}

/// Reads a body up to its limits.
async fn take_in(
    response: &mut Response,
    reading: &mut Reading,
    tape: &mut Option<Tape>,
) -> Result<Ended, Failure> {
    loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return Ok(Ended::Well),
            Err(error) if verdict::is_short_body(&error) => return Ok(Ended::Early),
            Err(error) => return Err(verdict::of_error(&error)),
        };
        if let Some(tape) = tape {
            tape.push(&chunk);
        }
        if reading.push(&chunk)? == Flow::Enough {
            return Ok(Ended::AtLimit);
        }
    }
}

fn default_headers() -> http::HeaderMap {
    let mut headers = http::HeaderMap::new();
    headers.insert(http::header::ACCEPT, http::HeaderValue::from_static(ACCEPT));
    headers.insert(http::header::ACCEPT_ENCODING, http::HeaderValue::from_static(ACCEPT_ENCODING));
    headers
}
