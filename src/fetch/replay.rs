//! Replay: exchanges answered from a recording, and never from the network.

#![expect(clippy::disallowed_methods, reason = "a recording is a file of this stage")]

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};
use std::path::Path;
use std::sync::Mutex;

use jiff::Timestamp;

use super::body::{Flow, Limits};
use super::exchange::{Answer, Ask, Reading};
use super::pace::lock;
use super::record::{DETAIL_FIELD, FAILURE_FIELD, STATUS_FIELD};
use super::warc::Record;
use crate::model::{Failure, FailureKind, Headers};

/// A recording that answers.
pub struct Replay {
    limits: Limits,
    tape: Mutex<Tape>,
}

struct Tape {
    file: BufReader<File>,
    /// Where the answers of each address begin, in the order they were given.
    index: HashMap<Box<str>, Track>,
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
    /// The file cannot be read, or does not begin as a WARC file of gzip members does. A file that
    /// was cut off is good up to there.
    pub fn open(path: &Path, limits: Limits) -> io::Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let mut index: HashMap<Box<str>, Track> = HashMap::new();
        loop {
            let offset = file.stream_position()?;
            let record = match Record::read(&mut file) {
                Ok(Some(record)) => record,
                Err(error) if offset == 0 => return Err(error),
                Ok(None) | Err(_) => break,
            };
            let is_answer = matches!(record.get("WARC-Type"), Some("response" | "metadata"));
            if let Some(target) = record.get("WARC-Target-URI").filter(|_| is_answer) {
                index.entry(target.into()).or_default().offsets.push(offset);
            }
        }
        Ok(Self { limits, tape: Mutex::new(Tape { file, index }) })
    }

    /// Answers as the recorded run was answered; what was asked more often than then is answered
    /// as the last time.
    ///
    /// # Errors
    ///
    /// The failure that was recorded, or that there is no record of it.
    pub fn exchange(&self, ask: &Ask, status: &mut Option<u16>) -> Result<Answer, Failure> {
        let record = self.next(ask).ok_or_else(|| {
            Failure::new(FailureKind::NotRecorded, "the recording does not hold it")
        })?;
        let at = record.get("WARC-Date").and_then(|date| date.parse().ok());
        let at: Timestamp = at.unwrap_or(Timestamp::UNIX_EPOCH);
        if record.get("WARC-Type") == Some("metadata") {
            return Err(recorded_failure(&record, status));
        }
        let (code, headers) = head(&record.block).ok_or_else(|| {
            Failure::new(FailureKind::NotRecorded, "the recording of it is damaged")
        })?;
        *status = Some(code);
        let mut reading = Reading::of(code, &headers, &ask.url, self.limits)?;
        let is_cut = record.get("WARC-Truncated") == Some("disconnect");
        let full = reading.push(record.payload().unwrap_or_default())? == Flow::Enough;
        let (body, cut) = reading.finish(is_cut && !full)?;
        Ok(Answer { status: code, headers, body, cut, at })
    }

    fn next(&self, ask: &Ask) -> Option<Record> {
        let mut tape = lock(&self.tape);
        let track = tape.index.get_mut(ask.url.as_str())?;
        let offset = *track.offsets.get(track.played.min(track.offsets.len() - 1))?;
        track.played += 1;
        tape.file.seek(SeekFrom::Start(offset)).ok()?;
        Record::read(&mut tape.file).ok()?
    }
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

/// Status and header fields of a recorded HTTP message.
fn head(block: &[u8]) -> Option<(u16, Headers)> {
    let end = memchr::memmem::find(block, b"\r\n\r\n")?;
    let mut lines = block.get(..end)?.split(|&byte| byte == b'\n');
    let status = std::str::from_utf8(lines.next()?).ok()?.split(' ').nth(1)?.trim().parse().ok()?;
    let fields = lines.filter_map(|line| {
        let colon = memchr::memchr(b':', line)?;
        let name = String::from_utf8_lossy(line.get(..colon)?).trim().to_ascii_lowercase();
        Some((name, super::exchange::field_text(line.get(colon + 1..)?.trim_ascii())))
    });
    Some((status, Headers(fields.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_head_is_read() {
        let (status, headers) =
            head(b"HTTP/1.1 404 Not Found\r\nX-A:  b \r\nServer: caf\xe9\r\n\r\nbody")
                .expect("a head");
        assert_eq!(status, 404);
        assert_eq!((headers.get("x-a"), headers.get("server")), (Some("b"), Some("café")));
        assert_eq!(head(b"HTTP/1.1\r\n\r\n"), None);
    }
}
