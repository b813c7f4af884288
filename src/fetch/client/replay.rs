//! Replay: exchanges answered from a recording, and never from the network.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Mutex;

use jiff::Timestamp;

use super::exchange::{Answer, Ask, Reading, Trace};
use super::record::{DETAIL_FIELD, FAILURE_FIELD, LINK_FIELD, STATUS_FIELD};
use crate::decode::coding::{Flow, Limits};
use crate::decode::http::head;
use crate::decode::warc::Record;
use crate::fetch::state::lock;
use crate::model::{Failure, FailureKind};
use crate::text::count;

/// A recording that answers.
pub(super) struct Replay {
    limits: Limits,
    /// What is wrong with the file, a sentence for each place.
    damage: Vec<String>,
    tape: Mutex<Tape>,
}

struct Tape {
    file: BufReader<File>,
    /// Where the answers begin that the chain of each link was given by each address, in order.
    index: HashMap<Box<str>, Track>,
    /// Where the last answer of each address begins, whichever link led to it.
    last: HashMap<Box<str>, u64>,
}

#[derive(Default)]
struct Track {
    offsets: Vec<u64>,
    played: usize,
}

impl Replay {
    /// Opens a recording and notes where each answer stands.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or does not begin as a WARC file of gzip members does. One that is
    /// damaged further on is good up to there, and from the next whole record on.
    #[expect(clippy::disallowed_methods, reason = "a recording is a file of this stage")]
    pub(super) fn open(path: &Path, limits: Limits) -> io::Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let mut index: HashMap<Box<str>, Track> = HashMap::new();
        let mut last = HashMap::new();
        let mut damage = Vec::new();
        let mut tries = TRIES;
        loop {
            let offset = file.stream_position()?;
            let record = match Record::read(&mut file) {
                Ok(Some(record)) => record,
                Err(error) if offset == 0 => return Err(error),
                Ok(None) => break,
                Err(error) => {
                    let next = next_record(&mut file, offset + 1, &mut tries)?;
                    damage.push(damaged(path, offset, &error, next));
                    if next.is_none() {
                        break;
                    }
                    continue;
                }
            };
            let is_answer = matches!(record.get("WARC-Type"), Some("response" | "metadata"));
            if let Some(target) = record.get("WARC-Target-URI").filter(|_| is_answer) {
                let link = record.get(LINK_FIELD).unwrap_or(target);
                index.entry(key(link, target)).or_default().offsets.push(offset);
                last.insert(target.into(), offset);
            }
        }
        Ok(Self { limits, damage, tape: Mutex::new(Tape { file, index, last }) })
    }

    /// What is wrong with the file, a sentence for each of the first places.
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
    /// link's chain, is answered as the last time.
    ///
    /// # Errors
    ///
    /// The failure that was recorded, or that there is no record of it.
    pub(super) fn exchange(&self, ask: &Ask, trace: &mut Trace) -> Result<Answer, Failure> {
        let record = self.next(ask).ok_or_else(|| {
            Failure::new(FailureKind::NotRecorded, "the recording does not hold it")
        })?;
        let at = record.get("WARC-Date").and_then(|date| date.parse().ok());
        let at: Timestamp = at.unwrap_or(Timestamp::UNIX_EPOCH);
        trace.at = Some(at);
        if record.get("WARC-Type") == Some("metadata") {
            return Err(recorded_failure(&record, &mut trace.status));
        }
        let (code, headers) = head(&record.block).ok_or_else(|| {
            Failure::new(FailureKind::NotRecorded, "the recording of it is damaged")
        })?;
        trace.status = Some(code);
        let mut reading = Reading::of(code, &headers, &ask.url, self.limits)?;
        let is_cut = record.get("WARC-Truncated") == Some("disconnect");
        let full = reading.push(record.payload().unwrap_or_default())? == Flow::Enough;
        let (body, cut) = reading.finish(is_cut && !full)?;
        Ok(Answer { status: code, headers, body, cut, at })
    }

    fn next(&self, ask: &Ask) -> Option<Record> {
        let mut tape = lock(&self.tape);
        let target = ask.url.as_str();
        let offset = match tape.index.get_mut(&key(ask.link.as_str(), target)) {
            Some(track) => track.next()?,
            None => *tape.last.get(target)?,
        };
        tape.file.seek(SeekFrom::Start(offset)).ok()?;
        Record::read(&mut tape.file).ok()?
    }
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
    fn next(&mut self) -> Option<u64> {
        let offset = self.offsets.get(self.played).or_else(|| self.offsets.last());
        self.played += 1;
        offset.copied()
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
#[expect(clippy::disallowed_methods, reason = "a test damages files")]
mod tests {
    use super::*;

    /// Damage costs what it touches, and is told with its place.
    #[test]
    fn damage_is_told_and_what_follows_is_read() {
        let record = |name: &str| {
            let target = format!("https://a.example/{name}");
            let block = b"HTTP/1.1 200 OK\r\n\r\nx".to_vec();
            let at = Timestamp::UNIX_EPOCH;
            let record = Record::new("response", Some(&target), at, "application/http", block);
            record.to_gzip(0).expect("memory takes all")
        };
        let (a, b, c) = (record("a"), record("b"), record("c"));
        let mut flipped = b.clone();
        flipped[20..60].fill(0xff);
        let limits = Limits { decoded: 1000, wire: 1000 };
        let opened = |bytes: Vec<u8>| {
            let file = tempfile::NamedTempFile::new().expect("a file");
            std::fs::write(file.path(), bytes).expect("it is written");
            Replay::open(file.path(), limits)
        };
        for (bytes, held, damage) in [
            ([&a[..], &b, &c].concat(), 3, None),
            ([&a[..], &flipped, &c].concat(), 2, Some(a.len())),
            ([&a[..], &b[..b.len() / 2]].concat(), 1, Some(a.len())),
            ([&a[..], &b, b"x"].concat(), 2, Some(a.len() + b.len())),
        ] {
            let replay = opened(bytes).expect("it begins as it should");
            assert_eq!(lock(&replay.tape).last.len(), held);
            let told = replay.damage();
            assert_eq!(told.len(), damage.iter().len(), "{told:?}");
            let place = damage.map(|at| format!("is damaged at byte {at} ("));
            assert!(place.is_none_or(|place| told[0].contains(&place)), "{told:?}");
        }
        let said = |bytes| opened(bytes).err().expect("it is refused").to_string();
        let plain = |member: &[u8]| {
            let mut text = Vec::new();
            flate2::bufread::GzDecoder::new(member).read_to_end(&mut text).expect("a member");
            text
        };
        let all = [plain(&a), plain(&b)].concat();
        let mut whole = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        io::Write::write_all(&mut whole, &all).expect("memory takes all");
        assert!(said(whole.finish().expect("memory")).contains("share one gzip member"));
        assert!(said(all).contains("not compressed"));
    }
}
