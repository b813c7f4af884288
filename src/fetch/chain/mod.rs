//! Chain: from a link's address to the page that it leads to, hop by hop.
//!
//! Redirects are followed here and not by the client, so that every hop is guarded, paced and
//! kept. Each hop has its own tries; the link has one clock for all of them, which runs only
//! while something is asked: a polite wait for a busy host is no fault of the link.

mod cookies;
mod login;
mod refresh;

use std::time::Duration;

use http::{HeaderName, HeaderValue, header};
use jiff::Timestamp;
use tokio::sync::SemaphorePermit;
use tokio::time::Instant;
use url::Url;

use super::client::exchange::{Answer, Ask, Trace, Validators, bare};
use super::client::guard::MAX_URL_BYTES;
use super::client::{Client, verdict};
use super::politeness::pace::{Host, Turn};
use super::politeness::retry::{self, Next};
use super::politeness::robots::{self, Robots};
use crate::decode::coding::Cut;
use crate::decode::{self, media};
use crate::model::{Document, Failure, FailureKind, Headers, Hop, Media, When};

/// Where a site's robots.txt stands.
const ROBOTS_PATH: &str = "/robots.txt";

/// The time for which a `TimeGate` is asked (RFC 7089, section 2.1.1).
const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");

/// The most redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// The end of a chain.
pub(super) enum Ending {
    /// A page.
    Page(Box<FinalResponse>),
    /// The page is the one that was fetched before.
    NotModified,
}

/// The response at the end of a chain: a page as it was fetched.
pub(super) struct FinalResponse {
    /// Its address after all redirects.
    pub url: Url,
    /// Its status.
    pub status: u16,
    /// What kind of text it is.
    pub media: Media,
    /// The header fields it came with.
    pub headers: Headers,
    /// The decoded body, not yet text.
    pub body: Vec<u8>,
    /// Whether the body was cut.
    pub partial: bool,
}

impl FinalResponse {
    /// The page as a document; costs as much as its body is long.
    #[must_use]
    pub(super) fn into_document(self, input: &Url) -> Document {
        let content_type = self.headers.get("content-type");
        let document = decode::document(input.as_str(), self.media, self.body, content_type);
        Document { url: Some(self.url), headers: self.headers, partial: self.partial, ..document }
    }

    /// What to ask with the next time; a field that is missing is not asked with.
    #[must_use]
    pub(super) fn validators(&self) -> Validators {
        let field = |name| self.headers.get(name).map(str::to_owned);
        Validators {
            url: self.url.to_string(),
            etag: field("etag"),
            last_modified: field("last-modified"),
        }
    }
}

/// A chain that has been followed to its end.
pub(super) struct Followed<'a> {
    /// Every address that was asked.
    pub chain: Vec<Hop>,
    /// Where it ended.
    pub end: Result<Ending, Failure>,
    /// When the last try ended; none where nothing was asked.
    pub at: Option<Timestamp>,
    /// The active time it took.
    pub took: Duration,
    /// The right to have a body in memory; to be kept until the body is let go.
    pub permit: Option<SemaphorePermit<'a>>,
}

enum Step {
    Onward(Url),
    Ended(Ending),
}

/// A redirect chain on its way to the page.
pub(super) struct RedirectChain<'a> {
    client: &'a Client,
    validators: Option<&'a Validators>,
    near: Option<When>,
    accepted: Option<Timestamp>,
    left: Duration,
    jar: cookies::Jar,
    chain: Vec<Hop>,
    seen: Vec<(Url, Option<String>)>,
    refreshed: bool,
    heeds_robots: bool,
    at: Option<Timestamp>,
    permit: Option<SemaphorePermit<'a>>,
}

impl<'a> RedirectChain<'a> {
    /// A chain at its beginning; with validators, the page is asked for only if it is another than
    /// before.
    pub(super) fn new(client: &'a Client, validators: Option<&'a Validators>) -> Self {
        Self {
            client,
            validators,
            near: None,
            accepted: None,
            left: client.settings.timeout,
            jar: cookies::Jar::default(),
            chain: Vec::new(),
            seen: Vec::new(),
            refreshed: false,
            heeds_robots: client.settings.robots,
            at: None,
            permit: None,
        }
    }

    /// The same chain through captures, of which those nearest to a time answer: from recordings, or
    /// by a `TimeGate`, which is told the time.
    pub(super) fn near(self, near: Option<When>, accepted: Option<Timestamp>) -> Self {
        Self { near, accepted, ..self }
    }

    /// The same chain on its way to a site's rules, which are asked for whatever rules there are,
    /// wherever they have moved to (RFC 9309, section 2.3.1.2).
    fn free_of_robots(self) -> Self {
        Self { heeds_robots: false, ..self }
    }

    /// Follows the chain that begins at `start` to its end.
    pub(super) async fn follow(mut self, start: &Url) -> Followed<'a> {
        let mut url = start.clone();
        let end = loop {
            match self.step(&url).await {
                Ok(Step::Onward(next)) => url = next,
                Ok(Step::Ended(ending)) => break Ok(ending),
                Err(failure) => break Err(failure),
            }
        };
        let asked = self.chain.last().filter(|_| self.at.is_some());
        if let Some(hop) = asked {
            let kind = end.as_ref().err().map(|failure| failure.kind);
            self.client.hosts.of(&hop.url).concluded(kind);
        }
        Followed {
            end,
            at: self.at,
            took: self.client.settings.timeout.saturating_sub(self.left),
            chain: self.chain,
            permit: self.permit,
        }
    }

    async fn step(&mut self, url: &Url) -> Result<Step, Failure> {
        let cookies = self.enter(url)?;
        self.keep_to_robots(url).await?;
        let mut link = self.chain.first().map_or(url, |first| &first.url).clone();
        if let Some(at) = self.accepted {
            // Of one address, each time has an answer of its own, in a recording too.
            link.set_fragment(Some(&at.to_string()));
        }
        let fields = self.fields(url, cookies.as_deref());
        let ask = Ask { link, url: url.clone(), near: self.near, fields };
        let answer = self.ask(&ask).await?;
        self.jar.keep(url, &answer.headers);
        if let Some(location) = answer.location() {
            return redirect(url, location);
        }
        if answer.status == 304 && self.validators.is_some() {
            return Ok(Step::Ended(Ending::NotModified));
        }
        match verdict::of_answer(&answer) {
            Some(failure) => Err(failure),
            None => self.ended(url, answer),
        }
    }

    /// Refuses what the site asks not to be visited, and keeps to the pace it asks for.
    async fn keep_to_robots(&mut self, url: &Url) -> Result<(), Failure> {
        if !self.heeds_robots || url.path() == ROBOTS_PATH {
            return Ok(());
        }
        let cell = self.client.robots_of(url);
        self.permit = None;
        let robots = cell.get_or_init(|| Box::pin(robots(self.client, url))).await;
        if let Some(delay) = robots.delay() {
            self.client.hosts.of(url).slow_down(delay);
        }
        if robots.allow(url) {
            return Ok(());
        }
        let why = match robots.fault() {
            // The site has not said no, but not yes either (RFC 9309, section 2.3.1.4).
            Some(fault) => {
                format!("its robots.txt could not be had ({fault}), which closes the site")
            }
            None => "its robots.txt asks not to be visited".to_owned(),
        };
        Err(Failure::new(FailureKind::DisallowedByRobots, why))
    }

    /// Checks an address before it is asked, and notes it; gives the cookies to send.
    fn enter(&mut self, url: &Url) -> Result<Option<String>, Failure> {
        let too_many = |detail: String| Err(Failure::new(FailureKind::TooManyRedirects, detail));
        let cookies = self.jar.field(url);
        let state = (url.clone(), cookies.clone());
        if self.seen.contains(&state) {
            return Err(Failure::new(FailureKind::RedirectLoop, "the redirects come back to it"));
        }
        if self.seen.len() > MAX_REDIRECTS {
            return too_many(format!("more than {MAX_REDIRECTS} redirects"));
        }
        if !self.seen.is_empty() && url.as_str().len() > MAX_URL_BYTES {
            return too_many("the redirects lead to ever longer addresses".to_owned());
        }
        self.seen.push(state);
        self.chain.push(Hop { url: url.clone(), status: None });
        self.client.guard.check(url)?;
        Ok(cookies)
    }

    fn ended(&mut self, url: &Url, answer: Answer) -> Result<Step, Failure> {
        let content_type = answer.headers.get("content-type");
        let stated = media::stated(content_type, url);
        let media = media::proven(stated, content_type.is_some(), &answer.body);
        if media == Media::Html {
            if !self.refreshed
                && let Some(next) = refresh::target(&answer.body, url)
            {
                self.refreshed = true;
                return Ok(Step::Onward(bare(&next)));
            }
            if self.chain.first().is_some_and(|asked| login::is_wall(&asked.url, url, &answer.body))
            {
                return Err(Failure::new(FailureKind::LoginWall, "it leads to a login"));
            }
        }
        Ok(Step::Ended(Ending::Page(Box::new(FinalResponse {
            url: url.clone(),
            status: answer.status,
            media,
            partial: matches!(answer.cut, Some(Cut::Size | Cut::Short)),
            body: answer.body,
            headers: answer.headers,
        }))))
    }

    /// The header fields for one request: cookies of this chain, the user's own for this origin,
    /// and the condition.
    fn fields(&self, url: &Url, cookies: Option<&str>) -> Vec<(HeaderName, HeaderValue)> {
        let mut fields = Vec::new();
        let mut add = |name: HeaderName, value: Option<&str>| {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                fields.push((name, value));
            }
        };
        add(header::COOKIE, cookies);
        if let Some(known) = self.validators.filter(|known| known.url == url.as_str()) {
            add(header::IF_NONE_MATCH, known.etag.as_deref());
            add(header::IF_MODIFIED_SINCE, known.last_modified.as_deref());
        }
        let origin = url.origin();
        let gate = self.chain.first().map_or(url, |first| &first.url);
        if let Some(at) = self.accepted.filter(|_| gate.origin() == origin) {
            add(ACCEPT_DATETIME, Some(&at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()));
        }
        let own = self.client.settings.headers.iter().filter(|(bound, ..)| *bound == origin);
        fields.extend(own.map(|(_, name, value)| (name.clone(), value.clone())));
        fields
    }

    /// Asks until there is an answer to be accepted.
    async fn ask(&mut self, ask: &Ask) -> Result<Answer, Failure> {
        let host = self.client.hosts.of(&ask.url);
        for tries in 0.. {
            let result = self.try_once(ask, &host).await;
            let next = match &result {
                Ok(answer) => retry::after_answer(answer.status, &answer.headers, tries, answer.at),
                Err(failure) => retry::after_failure(failure, tries),
            };
            match next {
                Next::PauseHost(wait) if self.client.is_replay() || host.pause(wait) => {}
                Next::Again(wait) if wait < self.left => {
                    self.permit = None;
                    self.client.sleep(wait).await;
                }
                _ => return result,
            }
        }
        Err(Failure::new(FailureKind::NotTried, "it was never tried"))
    }

    /// The host's leave to ask; a recording needs none.
    async fn turn<'h>(&self, ask: &Ask, host: &'h Host) -> Result<Option<Turn<'h>>, Failure> {
        if self.client.is_replay() { Ok(None) } else { host.turn(&ask.url).await.map(Some) }
    }

    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    async fn try_once(&mut self, ask: &Ask, host: &Host) -> Result<Answer, Failure> {
        self.permit = None;
        let mut trace = Trace::default();
        let turn = match self.turn(ask, host).await {
            Ok(turn) => turn,
            Err(failure) => {
                self.client.failed(ask, &failure, &mut trace);
                self.at = trace.at;
                return Err(failure);
            }
        };
        self.permit = self.client.permit().await;
        let began = Instant::now();
        let result = self.client.exchange(ask, self.left, &mut trace).await;
        let took = began.elapsed();
        drop(turn);
        self.left = self.left.saturating_sub(took);
        self.at = trace.at.or(self.at);
        if let Some(hop) = self.chain.last_mut().filter(|hop| hop.url == ask.url) {
            hop.status = trace.status;
        }
        match &result {
            Err(failure) if trace.status.is_none() && verdict::is_silence(failure) => {
                host.was_silent(&ask.url);
            }
            _ => host.answered(&ask.url, took),
        }
        result
    }
}

/// Asks for a site's robots.txt (RFC 9309, section 2.3.1): what is not there forbids nothing, and
/// what cannot be had forbids everything.
async fn robots(client: &Client, url: &Url) -> Robots {
    let Ok(address) = url.join(ROBOTS_PATH) else { return Robots::default() };
    let followed = RedirectChain::new(client, None).free_of_robots();
    let followed = Box::pin(followed.follow(&address)).await;
    match followed.end {
        Ok(Ending::Page(response)) => {
            let body = response.body.get(..robots::MAX_BYTES).unwrap_or(&response.body);
            Robots::parse(&String::from_utf8_lossy(body))
        }
        Ok(Ending::NotModified) => Robots::default(),
        Err(failure) => match failure.kind {
            FailureKind::ServerError | FailureKind::RateLimited => Robots::closed(failure.detail),
            // A server that cannot be asked at all gives its own verdict on the page.
            _ => Robots::default(),
        },
    }
}

/// The next address of a chain.
fn redirect(url: &Url, location: &str) -> Result<Step, Failure> {
    if location.is_empty() {
        let detail = "a redirect that does not say where to";
        return Err(Failure::new(FailureKind::UnexpectedStatus, detail));
    }
    let joined = url.join(location).map_err(|_| {
        Failure::new(FailureKind::UnexpectedStatus, "a redirect to what is no address")
    })?;
    Ok(Step::Onward(bare(&joined)))
}
