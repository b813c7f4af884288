//! Replay: exchanges answered from recordings, and never from the network.
//!
//! What dateline recorded is answered as it was in the recorded run, link by link. What any other
//! crawler recorded is an archive: of several captures of an address, the one nearest to the article's
//! own time answers.

mod captures;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::Timestamp;
use url::Url;

use super::exchange::{Answer, Ask, Reading, Trace, bare};
use super::record::{DETAIL_FIELD, FAILURE_FIELD, LINK_FIELD, SOFTWARE, STATUS_FIELD};
use crate::address::resource::{self, is_same_resource};
use crate::decode::coding::{Flow, Limits};
use crate::decode::http::head;
use crate::decode::warc::Record;
use crate::fetch::state::lock;
use crate::model::{Failure, FailureKind, Headers, When};
use crate::text::count;
use captures::{Capture, Captures, Place, number};

/// Recordings that answer.
pub(super) struct Replay {
    limits: Limits,
    /// What is wrong with the files, a sentence for each place.
    damage: Vec<String>,
    /// Where the answers of dateline's own recordings are.
    tape: Mutex<Tape>,
    /// Where the captures of other crawlers are.
    captures: Captures,
    files: Vec<Mutex<BufReader<File>>>,
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
    /// A file cannot be read, or does not begin as a WARC file of gzip members does; it is named. One
    /// that is damaged further on is good up to there, and from the next whole record on.
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

    #[expect(clippy::disallowed_methods, reason = "a recording is a file of this stage")]
    fn add(&mut self, path: &Path) -> io::Result<()> {
        let mut file = BufReader::new(File::open(path)?);
        let number = u16::try_from(self.files.len());
        let number = number.map_err(|_| io::Error::other("there are more recordings than fit"))?;
        let (mut tries, mut is_own) = (TRIES, false);
        loop {
            let offset = file.stream_position()?;
            match Record::read(&mut file) {
                Ok(Some(record)) => {
                    is_own |= is_of_dateline(&record);
                    self.note(&record, Place { file: number, offset }, is_own);
                }
                Err(error) if offset == 0 => return Err(error),
                Ok(None) => break,
                Err(error) => {
                    let next = next_record(&mut file, offset + 1, &mut tries)?;
                    self.damage.push(damaged(path, offset, &error, next));
                    if next.is_none() {
                        break;
                    }
                }
            }
        }
        self.files.push(Mutex::new(file));
        Ok(())
    }

    /// Notes what a record answers.
    fn note(&mut self, record: &Record, place: Place, is_own: bool) {
        let Some(target) = record.get("WARC-Target-URI") else { return };
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
        if kind == "request" && !record.block.starts_with(b"GET ") {
            let named = ["WARC-Record-ID", "WARC-Concurrent-To"];
            let named = named.into_iter().filter_map(|name| record.get(name));
            self.captures.asked_otherwise(named);
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
        let record = match self.next(ask) {
            Some(record) => record,
            None => self.capture(ask)?,
        };
        let at = time(record.get("WARC-Date")).unwrap_or(Timestamp::UNIX_EPOCH);
        trace.at = Some(at);
        if record.get("WARC-Type") == Some("metadata") {
            return Err(recorded_failure(&record, &mut trace.status));
        }
        let (code, headers) =
            message(&record).ok_or_else(|| unrecorded("the recording of it is damaged"))?;
        trace.status = Some(code);
        let mut reading = Reading::of(code, &headers, &ask.url, self.limits)?;
        let is_cut = record.get("WARC-Truncated").is_some();
        let full = reading.push(record.payload().unwrap_or_default())? == Flow::Enough;
        let (body, cut) = reading.finish(is_cut && !full)?;
        Ok(Answer { status: code, headers, body, cut, at })
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
        self.read(place)
    }

    /// The capture that answers, with the content that it stands for.
    fn capture(&self, ask: &Ask) -> Result<Record, Failure> {
        let of_url = |record: &Record| {
            let target = record.get("WARC-Target-URI").and_then(address);
            target.is_some_and(|target| is_same_resource(target.as_str(), &ask.url))
        };
        let captures = self.captures.of(&ask.url, ask.near);
        let record = captures.iter().find_map(|found| self.read(found.place).filter(of_url));
        let record = record.ok_or_else(|| unrecorded("the recording does not hold it"))?;
        if record.get("WARC-Type") != Some("revisit") {
            return Ok(record);
        }
        let original = self.original(&record, &ask.url);
        let missing = "the recording holds a revisit of it, and not the record that this repeats";
        original.ok_or_else(|| unrecorded(missing))
    }

    /// A revisit with the content of the record that it repeats (WARC 1.1, section 6.7). Its own
    /// header fields come first, where it has any; that nothing had changed is no answer of a page.
    fn original(&self, revisit: &Record, url: &Url) -> Option<Record> {
        let named = revisit.get("WARC-Refers-To-Target-URI").and_then(address);
        let of = named.as_ref().unwrap_or(url);
        let digest = revisit.get("WARC-Payload-Digest").map_or(0, number);
        let at = time(revisit.get("WARC-Refers-To-Date"));
        let at = at.map(|at| When { earliest: at, before: at });
        let whole = self.read(self.captures.original(of, digest, at)?.place)?;
        let own = head(&revisit.block).filter(|(code, _)| *code != 304);
        let fields = revisit.fields.iter().filter(|(name, _)| name != "WARC-Type").cloned();
        let kind = ("WARC-Type".to_owned(), whole.get("WARC-Type")?.to_owned());
        let mut block = match own {
            Some(_) => revisit.head()?.to_vec(),
            None => whole.head()?.to_vec(),
        };
        block.extend_from_slice(whole.payload()?);
        Some(Record { fields: std::iter::once(kind).chain(fields).collect(), block })
    }

    fn read(&self, place: Place) -> Option<Record> {
        let mut file = lock(self.files.get(usize::from(place.file))?);
        file.seek(SeekFrom::Start(place.offset)).ok()?;
        Record::read(&mut *file).ok()?
    }
}

/// Status and header fields of what was recorded. What is no HTTP message was found whole.
fn message(record: &Record) -> Option<(u16, Headers)> {
    if record.get("WARC-Type") != Some("resource") {
        return head(&record.block);
    }
    let media = record.get("Content-Type").unwrap_or_default();
    Some((200, Headers(vec![("content-type".to_owned(), media.to_owned())])))
}

fn is_of_dateline(record: &Record) -> bool {
    record.get("WARC-Type") == Some("warcinfo")
        && memchr::memmem::find(&record.block, SOFTWARE.as_bytes()).is_some()
}

/// An address as it is asked for; some tools put it in angle brackets.
fn address(target: &str) -> Option<Url> {
    let bare_target = target.trim().trim_start_matches('<').trim_end_matches('>');
    Url::parse(bare_target).ok().filter(Url::has_host).map(|url| bare(&url))
}

fn time(date: Option<&str>) -> Option<Timestamp> {
    date?.parse().ok()
}

/// Whether a message is a redirect to another spelling of its own address.
fn is_circular(block: &[u8], url: &Url) -> bool {
    let redirect = head(block).filter(|(code, _)| matches!(code, 301 | 302 | 303 | 307 | 308));
    let location = redirect.and_then(|(_, headers)| headers.get("location").map(str::to_owned));
    let onward = location.and_then(|location| url.join(&location).ok());
    onward.is_some_and(|onward| resource::key(&onward) == resource::key(url))
}

fn unrecorded(why: &str) -> Failure {
    Failure::new(FailureKind::NotRecorded, why)
}

/// How many places of one file are tried for a record behind damage: enough for any real file, and
/// a bound for one that was made to be slow.
const TRIES: usize = 2_000;

/// Stands the file at the first whole record from a place on, if there is one.
fn next_record(
    file: &mut BufReader<File>,
    from: u64,
    tries: &mut usize,
) -> io::Result<Option<u64>> {
    const MEMBER: &[u8] = b"\x1f\x8b\x08";
    const PIECE: u64 = 1 << 20;
    let mut at = from;
    loop {
        file.seek(SeekFrom::Start(at))?;
        let mut piece = Vec::new();
        file.by_ref().take(PIECE).read_to_end(&mut piece)?;
        for found in memchr::memmem::find_iter(&piece, MEMBER) {
            let Some(left) = tries.checked_sub(1) else { return Ok(None) };
            *tries = left;
            let place = at + found as u64;
            file.seek(SeekFrom::Start(place))?;
            if matches!(Record::read(file), Ok(Some(_))) {
                file.seek(SeekFrom::Start(place))?;
                return Ok(Some(place));
            }
        }
        // A member's first bytes may stand across the end of the piece.
        match piece.len() as u64 {
            PIECE => at += PIECE - (MEMBER.len() as u64 - 1),
            _ => return Ok(None),
        }
    }
}

fn damaged(path: &Path, at: u64, error: &io::Error, next: Option<u64>) -> String {
    let rest = match next {
        Some(next) => format!("the {} bytes up to the next whole record are left out", next - at),
        None => "what follows is left out".to_owned(),
    };
    format!("{} is damaged at byte {at} ({error}): {rest}", path.display())
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
