//! Record: every exchange is written down, so that a run can be answered from it later.
//!
//! Answers are `response` records with their `request`; what came to no answer is a `metadata`
//! record with the reason, so that a replayed run comes to the same verdicts. Secrets that were
//! sent (cookies, the user's own header fields) are not written.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

use http::HeaderName;
use jiff::Timestamp;
use reqwest::Response;
use url::Position;

use super::exchange::{Ask, now};
use crate::decode::warc::Record;
use crate::fetch::state::lock;
use crate::model::Failure;

/// The name of the field that holds a failure's kind in a `metadata` record.
pub(super) const FAILURE_FIELD: &str = "dateline-failure";

/// The name of the field that holds what was seen of it.
pub(super) const DETAIL_FIELD: &str = "dateline-detail";

/// The name of the field that holds the status that had come before it, if one had.
pub(super) const STATUS_FIELD: &str = "dateline-status";

/// The name of the field that names the link whose redirects led to a record's target, where that
/// is another address: links that end at one page may each be answered with another state of it.
pub(super) const LINK_FIELD: &str = "Dateline-Link";

/// How the record that opens a recording names the program; a version follows.
pub(super) const SOFTWARE: &str = "software: dateline/";

/// Fields that hold between two machines only (RFC 9110, section 7.6.1).
const LEFT_OUT: [HeaderName; 2] = [http::header::TRANSFER_ENCODING, http::header::CONNECTION];

/// Why a file is refused.
const HELD: &str = "it holds something already, and a recording is never written over";

/// The wire side of one answer.
pub(super) struct Tape {
    head: Vec<u8>,
    body: Vec<u8>,
}

impl Tape {
    /// A tape that holds the head of an answer.
    #[must_use]
    pub(super) fn new(response: &Response) -> Self {
        let status = response.status();
        let reason = status.canonical_reason().unwrap_or_default();
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
        for (name, value) in response.headers() {
            if !LEFT_OUT.contains(name) {
                head.extend_from_slice(name.as_str().as_bytes());
                head.extend_from_slice(b": ");
                head.extend_from_slice(value.as_bytes());
                head.extend_from_slice(b"\r\n");
            }
        }
        head.extend_from_slice(b"\r\n");
        Self { head, body: Vec::new() }
    }

    /// Adds a chunk of the body as it came.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.body.extend_from_slice(chunk);
    }
}

/// A recording that is being written.
pub(super) struct Recorder {
    user_agent: String,
    state: Mutex<State>,
}

struct State {
    file: File,
    records: u64,
    broken: Option<io::Error>,
}

impl Recorder {
    /// Begins a recording. What was recorded before is never written over: it cannot be had again.
    ///
    /// # Errors
    ///
    /// The file cannot be written, or it holds something.
    #[expect(clippy::disallowed_methods, reason = "a recording is a file of this stage")]
    pub(super) fn create(path: &Path, user_agent: &str) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        let found = file.metadata()?;
        if found.is_file() && found.len() > 0 {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, HELD));
        }
        let state = State { file, records: 0, broken: None };
        let recorder = Self { user_agent: user_agent.to_owned(), state: Mutex::new(state) };
        let info =
            format!("{SOFTWARE}{}\r\nformat: WARC File Format 1.1\r\n", env!("CARGO_PKG_VERSION"));
        let at = now();
        let info = Record::new("warcinfo", None, at, "application/warc-fields", info.into_bytes());
        lock(&recorder.state).write(&info);
        recorder.finish().map(|()| recorder)
    }

    /// Writes an exchange down.
    pub(super) fn exchange(&self, ask: &Ask, tape: Tape, at: Timestamp, truncated: Option<&str>) {
        let target = ask.url.as_str();
        let mut block = tape.head;
        block.extend(tape.body);
        let mut response =
            Record::new("response", Some(target), at, "application/http;msgtype=response", block);
        if let Some(why) = truncated {
            response = response.with("WARC-Truncated", why);
        }
        let response = of_link(response, ask);
        let request = Record::new(
            "request",
            Some(target),
            at,
            "application/http;msgtype=request",
            self.request_block(ask),
        );
        let mut state = lock(&self.state);
        let answer = state.write(&response);
        state.write(&request.with("WARC-Concurrent-To", answer));
    }

    /// Writes down that there was no answer.
    pub(super) fn failure(&self, ask: &Ask, failure: &Failure, status: Option<u16>, at: Timestamp) {
        let detail = failure.detail.replace(['\r', '\n'], " ");
        let mut block =
            format!("{FAILURE_FIELD}: {}\r\n{DETAIL_FIELD}: {detail}\r\n", failure.kind);
        if let Some(status) = status {
            let _ = write!(block, "{STATUS_FIELD}: {status}\r\n");
        }
        let media = "application/warc-fields";
        let record = Record::new("metadata", Some(ask.url.as_str()), at, media, block.into_bytes());
        lock(&self.state).write(&of_link(record, ask));
    }

    /// Says whether all was written.
    ///
    /// # Errors
    ///
    /// The first error that writing met; nothing was written after it.
    pub(super) fn finish(&self) -> io::Result<()> {
        let mut state = lock(&self.state);
        match state.broken.take() {
            Some(error) => Err(error),
            None => state.file.flush(),
        }
    }

    fn request_block(&self, ask: &Ask) -> Vec<u8> {
        let (target, host) = (&ask.url[Position::BeforePath..], ask.url.authority());
        let agent = &self.user_agent;
        format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n\r\n").into_bytes()
    }
}

impl State {
    /// Writes a record, unless writing has failed before; gives its identifier.
    fn write(&mut self, record: &Record) -> String {
        let number = self.records;
        self.records += 1;
        if self.broken.is_none() {
            let written = record.to_gzip(number).and_then(|member| self.file.write_all(&member));
            self.broken = written.err();
        }
        record.id(number)
    }
}

/// Names the link in a record that is about another address.
fn of_link(record: Record, ask: &Ask) -> Record {
    if ask.link == ask.url { record } else { record.with(LINK_FIELD, ask.link.as_str()) }
}
