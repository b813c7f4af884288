//! Replay: exchanges answered from recordings, and never from the network.
//!
//! What dateline recorded is answered as it was in the recorded run, link by link. What any other
//! crawler recorded is an archive: of several captures of an address, the one nearest to the article's
//! own time answers.

mod captures;
mod volume;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::Timestamp;
use url::Url;

use super::exchange::{Answer, Ask, Reading, Trace, bare};
use super::record::{DETAIL_FIELD, FAILURE_FIELD, LINK_FIELD, SOFTWARE, STATUS_FIELD};
use crate::address::resource;
use crate::decode::MAX_FILE_BYTES;
use crate::decode::coding::{Flow, Limits};
use crate::decode::http::{self, Body};
use crate::decode::warc::{self, Record, Stored};
use crate::fetch::state::lock;
use crate::model::{Failure, FailureKind, Headers, When};
use crate::text::count;
use captures::{Capture, Captures, Place, number};
use volume::Volume;

/// Recordings that answer.
pub(super) struct Replay {
    limits: Limits,
    /// What is wrong with the files, a sentence for each place.
    damage: Vec<String>,
    /// Where the answers of dateline's own recordings are.
    tape: Mutex<Tape>,
    /// Where the captures of other crawlers are.
    captures: Captures,
    files: Vec<Volume>,
}

#[derive(Default)]
struct Tape {
    /// Where the answers begin that the chain of each link was given by each address, in order.
    index: HashMap<Box<str>, Track>,
    /// Where the last answer of each address begins, whichever link led to it.
    last: HashMap<Box<str>, Place>,
}

#[derive(Default)]
struct Track {
    places: Vec<Place>,
    played: usize,
}

impl Replay {
    /// Opens recordings and notes where each answer stands.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or holds no record of a web archive; it is named. One that is damaged is
    /// good but for that.
    pub(super) fn open(paths: &[PathBuf], limits: Limits) -> Result<Self, (PathBuf, io::Error)> {
        let mut replay = Self {
            limits,
            damage: Vec::new(),
            tape: Mutex::default(),
            captures: Captures::default(),
            files: Vec::new(),
        };
        for path in paths {
            replay.add(path).map_err(|error| (path.clone(), error))?;
        }
        Ok(replay)
    }

    fn add(&mut self, path: &Path) -> io::Result<()> {
        let (volumes, problems) = volume::volumes(path)?;
        self.damage.extend(problems);
        for found in volumes {
            let number = u16::try_from(self.files.len());
            let number =
                number.map_err(|_| io::Error::other("there are more recordings than fit"))?;
            let mut is_own = false;
            let (volume, damage) = Volume::open(found, |stored| {
                is_own |= is_of_dateline(&stored.record);
                self.note(&stored.record, Place { file: number, at: stored.place }, is_own);
            })?;
            self.damage.extend(damage);
            self.files.push(volume);
        }
        Ok(())
    }

    /// Notes what a record answers.
    fn note(&mut self, record: &Record, place: Place, is_own: bool) {
        let Some(target) = record.target() else { return };
        let kind = record.get("WARC-Type").unwrap_or_default();
        if !is_own {
            self.note_capture(record, kind, target, place);
        } else if matches!(kind, "response" | "metadata") {
            let link = record.get(LINK_FIELD).unwrap_or(target);
            let Tape { index, last } =
                self.tape.get_mut().unwrap_or_else(|fault| fault.into_inner());
            index.entry(key(link, target)).or_default().places.push(place);
            last.insert(target.into(), place);
        }
    }

    fn note_capture(&mut self, record: &Record, kind: &str, target: &str, place: Place) {
        if kind == "request" && http::method(&record.block) != Some("GET") {
            self.captures.asked_otherwise(record.get("WARC-Record-ID").into_iter());
            self.captures.asked_otherwise(record.all("WARC-Concurrent-To"));
        }
        let is_revisit = kind == "revisit";
        if !is_revisit && !matches!(kind, "response" | "resource") {
            return;
        }
        let (Some(url), Some(at)) = (address(target), time(record.get("WARC-Date"))) else {
            return;
        };
        let id = |name| record.get(name).map_or(0, number);
        let capture = Capture {
            place,
            at,
            ids: [id("WARC-Record-ID"), id("WARC-Concurrent-To")],
            digest: id("WARC-Payload-Digest"),
            is_revisit,
            is_circular: kind != "resource" && is_circular(&record.block, &url),
        };
        self.captures.add(&url, capture);
    }

    /// Whether captures answer, of which one has to be chosen.
    pub(super) fn holds_captures(&self) -> bool {
        !self.captures.is_empty()
    }

    /// What is wrong with the files, a sentence for each of the first places.
    pub(super) fn damage(&self) -> Vec<String> {
        const TOLD: usize = 5;
        let mut told: Vec<String> = self.damage.iter().take(TOLD).cloned().collect();
        let more = self.damage.len().saturating_sub(TOLD);
        if more > 0 {
            told.push(format!("the recording is damaged in {}", count(more, "more place")));
        }
        told
    }

    /// Answers as the same link's chain was answered in the recorded run, so that the order in which
    /// links are followed makes no difference; what was asked more often than then, or by another
    /// link's chain, is answered as the last time. What no such run holds is answered by the nearest
    /// capture.
    ///
    /// # Errors
    ///
    /// The failure that was recorded, or that there is no record of it.
    pub(super) fn exchange(&self, ask: &Ask, trace: &mut Trace) -> Result<Answer, Failure> {
        let Some(record) = self.next(ask) else {
            let answer = self.capture(ask)?;
            (trace.at, trace.status) = (Some(answer.at), Some(answer.status));
            return self.answered(ask, answer);
        };
        let at = time(record.get("WARC-Date")).unwrap_or(Timestamp::UNIX_EPOCH);
        trace.at = Some(at);
        if record.get("WARC-Type") == Some("metadata") {
            return Err(recorded_failure(&record, &mut trace.status));
        }
        let message = http::message(&record.block);
        let message = message.ok_or_else(|| unrecorded("the recording of it is damaged"))?;
        trace.status = Some(message.status);
        let (status, headers, body) = (message.status, message.headers, message.body.into());
        let is_cut = record.get("WARC-Truncated").is_some();
        self.answered(ask, Recorded { status, headers, body, is_cut, at })
    }

    /// What a page's reader makes of a recorded answer.
    fn answered(&self, ask: &Ask, recorded: Recorded<'_>) -> Result<Answer, Failure> {
        let Recorded { status, headers, body, is_cut, at } = recorded;
        let mut reading = Reading::of(status, &headers, &ask.url, self.limits)?;
        let full = reading.push(&body)? == Flow::Enough;
        let (body, cut) = reading.finish(is_cut && !full)?;
        Ok(Answer { status, headers, body, cut, at })
    }

    /// The next answer of a run of dateline's own.
    fn next(&self, ask: &Ask) -> Option<Record> {
        let mut tape = lock(&self.tape);
        let target = ask.url.as_str();
        let place = match tape.index.get_mut(&key(ask.link.as_str(), target)) {
            Some(track) => track.next()?,
            None => *tape.last.get(target)?,
        };
        drop(tape);
        self.read(place).map(|stored| stored.record)
    }

    /// The capture that answers, with the content that it stands for.
    fn capture(&self, ask: &Ask) -> Result<Recorded<'static>, Failure> {
        let of_url = |stored: &Stored| {
            let target = stored.record.target().and_then(address);
            target.is_some_and(|target| resource::is_same(&target, &ask.url))
        };
        let captures = self.captures.of(&ask.url, ask.near);
        let stored = captures.iter().find_map(|found| self.read(found.place).filter(of_url));
        let stored = stored.ok_or_else(|| unrecorded("the recording does not hold it"))?;
        let damaged = || unrecorded("the recording of it is damaged");
        if stored.record.get("WARC-Type") != Some("revisit") {
            return self.recorded(&stored).ok_or_else(damaged);
        }
        let missing = "the recording holds a revisit of it, and not the record that this repeats";
        self.revisited(&stored.record, &ask.url).ok_or_else(|| unrecorded(missing))
    }

    /// A revisit with the content of the record that it repeats (WARC 1.1, section 6.7). Its own
    /// header fields come first, where it has any, and its own content; that nothing had changed is no
    /// answer of a page.
    fn revisited(&self, revisit: &Record, url: &Url) -> Option<Recorded<'static>> {
        let at = time(revisit.get("WARC-Date"))?;
        let own = http::message(&revisit.block).filter(|message| message.status != 304);
        if let Some(own) = own.as_ref().filter(|message| !message.body.is_empty()) {
            let (status, headers) = (own.status, own.headers.clone());
            return Some(self.decoded(status, headers, own.body, at));
        }
        let named = revisit.get("WARC-Refers-To-Target-URI").and_then(address);
        let of = named.as_ref().unwrap_or(url);
        let digest = revisit.get("WARC-Payload-Digest").map_or(0, number);
        let referred = time(revisit.get("WARC-Refers-To-Date"));
        let referred = referred.map(|at| When { earliest: at, before: at });
        let whole = self.read(self.captures.original(of, digest, referred)?.place)?;
        let is_of_address = whole.record.target().and_then(address);
        let is_of_address = is_of_address.is_some_and(|target| resource::is_same(&target, of));
        let name = "WARC-Payload-Digest";
        if !is_of_address && whole.record.get(name) != revisit.get(name) {
            return None;
        }
        let whole = self.recorded(&whole)?;
        Some(match own {
            Some(own) => {
                Recorded { status: own.status, headers: uncoded(own.headers), at, ..whole }
            }
            None => Recorded { at, ..whole },
        })
    }

    /// A capture's answer, whatever form its body was kept in.
    fn recorded(&self, stored: &Stored) -> Option<Recorded<'static>> {
        let record = &stored.record;
        let at = time(record.get("WARC-Date"))?;
        let answer = if record.get("WARC-Type") == Some("resource") {
            // What is no HTTP message was found whole.
            let media = record.get("Content-Type").unwrap_or_default().to_owned();
            let headers = Headers(vec![("content-type".to_owned(), media)]);
            self.decoded(200, headers, &record.block, at)
        } else {
            let message = http::message(&record.block)?;
            self.decoded(message.status, message.headers, message.body, at)
        };
        let is_cut = answer.is_cut || stored.is_cut || record.get("WARC-Truncated").is_some();
        Some(Recorded { is_cut, ..answer })
    }

    fn decoded(
        &self,
        status: u16,
        headers: Headers,
        kept: &[u8],
        at: Timestamp,
    ) -> Recorded<'static> {
        let most = self.limits.decoded.max(MAX_FILE_BYTES);
        let Body { bytes: body, is_partial: is_cut } = http::body(&headers, kept, most);
        Recorded { status, headers: uncoded(headers), body: body.into(), is_cut, at }
    }

    fn read(&self, place: Place) -> Option<Stored> {
        self.files.get(usize::from(place.file))?.read(place.at)
    }
}

/// An answer as it was recorded.
struct Recorded<'r> {
    status: u16,
    headers: Headers,
    body: Cow<'r, [u8]>,
    /// Whether the body is only a part of it.
    is_cut: bool,
    at: Timestamp,
}

/// Header fields without those that told how the body was coded, which it is no longer.
fn uncoded(headers: Headers) -> Headers {
    let told =
        |name: &str| matches!(name, "content-encoding" | "transfer-encoding" | "content-length");
    Headers(headers.0.into_iter().filter(|(name, _)| !told(name)).collect())
}

fn is_of_dateline(record: &Record) -> bool {
    record.get("WARC-Type") == Some("warcinfo")
        && memchr::memmem::find(&record.block, SOFTWARE.as_bytes()).is_some()
}

/// An address as it is asked for.
fn address(target: &str) -> Option<Url> {
    Url::parse(target.trim()).ok().filter(Url::has_host).map(|url| bare(&url))
}

fn time(date: Option<&str>) -> Option<Timestamp> {
    let date = date?;
    let exact = date.parse().ok();
    exact.or_else(|| warc::date(date).map(|date| date.when().earliest))
}

/// Whether a message is a redirect to another spelling of its own address.
fn is_circular(block: &[u8], url: &Url) -> bool {
    let is_redirect = |status| matches!(status, 301 | 302 | 303 | 307 | 308);
    let redirect = http::message(block).filter(|message| is_redirect(message.status));
    let location = redirect.and_then(|found| found.headers.get("location").map(str::to_owned));
    let onward = location.and_then(|location| url.join(&location).ok());
    onward.is_some_and(|onward| resource::key(&onward) == resource::key(url))
}

fn unrecorded(why: &str) -> Failure {
    Failure::new(FailureKind::NotRecorded, why)
}

impl Track {
    /// The next answer, or the last one again.
    fn next(&mut self) -> Option<Place> {
        let place = self.places.get(self.played).or_else(|| self.places.last());
        self.played += 1;
        place.copied()
    }
}

/// An address that was asked in the chain of a link; neither holds a blank.
fn key(link: &str, target: &str) -> Box<str> {
    if link == target { target.into() } else { format!("{link} {target}").into() }
}

fn recorded_failure(record: &Record, status: &mut Option<u16>) -> Failure {
    let text = String::from_utf8_lossy(&record.block);
    let field = |name: &str| {
        text.lines().find_map(|line| line.split_once(": ").filter(|(field, _)| *field == name))
    };
    *status = field(STATUS_FIELD).and_then(|(_, value)| value.parse().ok());
    let kind = field(FAILURE_FIELD).and_then(|(_, name)| {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
    });
    let detail = field(DETAIL_FIELD).map_or("", |(_, detail)| detail);
    Failure::new(kind.unwrap_or(FailureKind::NotRecorded), detail)
}

#[cfg(test)]
mod tests;
