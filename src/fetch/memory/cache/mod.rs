//! Cache: outcomes are remembered between runs, in one SQLite file.
//!
//! Each outcome is committed as soon as it is there (those that come together, together), in a
//! write-ahead log, and a link counts as finished only then, so that a run that is killed at any
//! moment leaves every finished link behind it. A cache only ever saves work: what is wrong with
//! the file is said once, and the run goes on without it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};
use tokio::sync::oneshot;

use super::packed::{Packer, Unpacker};
use crate::fetch::client::exchange::Validators;
use crate::fetch::state::lock;
use crate::model::{FailureKind, Outcome};

/// Marks the file as ours ("dtln").
const APPLICATION_ID: i32 = 0x6474_6C6E;

/// Changes when the table does; a file of another version is begun anew.
const SCHEMA_VERSION: i32 = 1;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS outcome (
    url TEXT PRIMARY KEY,
    reading TEXT NOT NULL,
    fetched INTEGER NOT NULL,
    size INTEGER NOT NULL,
    outcome BLOB NOT NULL,
    validated TEXT,
    etag TEXT,
    modified TEXT
);";

/// How long another process that writes is waited for.
const BUSY: Duration = Duration::from_secs(5);

/// The most outcomes that are committed together.
const BATCH: usize = 500;

/// What is remembered of one address.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    /// What came of it.
    pub outcome: Arc<Outcome>,
    /// What to ask with, if it can be asked whether it is still the same.
    pub validators: Option<Validators>,
    /// Whether it is recent enough to be taken as it is.
    pub fresh: bool,
}

/// Outcomes of this and earlier runs.
pub(crate) struct Cache {
    path: PathBuf,
    reading: String,
    reader: Mutex<Reader>,
    writer: Mutex<Option<Writer>>,
    trouble: Mutex<Option<Trouble>>,
}

/// What went wrong first.
struct Trouble {
    why: String,
    damaged: bool,
}

struct Reader {
    connection: Connection,
    unpacker: Unpacker,
}

struct Writer {
    rows: Sender<Entry>,
    thread: JoinHandle<rusqlite::Result<()>>,
}

/// A row as it was read.
struct Row {
    fetched: i64,
    json: Vec<u8>,
    validators: Option<Validators>,
}

/// A row on its way into the file.
struct Entry {
    url: String,
    outcome: Arc<Outcome>,
    validators: Option<Validators>,
    /// Dropped when the row is committed, or never will be.
    written: oneshot::Sender<()>,
}

impl Cache {
    /// Opens a cache file, made if it is not there; one that is damaged or not ours is set aside
    /// under another name, which is said in the second value.
    ///
    /// # Errors
    ///
    /// No cache can be kept there, with the reason.
    #[expect(clippy::disallowed_methods, reason = "the cache is a file of this stage")]
    pub(crate) fn open(path: &Path, reading: &str) -> Result<(Self, Option<String>), String> {
        let unusable = |error: Unusable| format!("{}: {error}", path.display());
        if let Some(folder) = path.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let (connection, notice) = match connect(path) {
            Ok(connection) => (connection, None),
            Err(Unusable::Damaged(error)) => {
                let aside = set_aside(path).map_err(|e| format!("{}: {e}", path.display()))?;
                let notice = damaged(path, &error.to_string(), &aside);
                (connect(path).map_err(unusable)?, Some(format!("{notice} and a new one begun")))
            }
            Err(error) => return Err(unusable(error)),
        };
        let unpacker = Unpacker::new().map_err(|error| error.to_string())?;
        let writer = Writer::start(connect(path).map_err(unusable)?, reading.to_owned())
            .map_err(|error| error.to_string())?;
        let cache = Self {
            path: path.to_owned(),
            reading: reading.to_owned(),
            reader: Mutex::new(Reader { connection, unpacker }),
            writer: Mutex::new(Some(writer)),
            trouble: Mutex::default(),
        };
        Ok((cache, notice))
    }

    /// What is remembered of an address, if anything is of use.
    #[must_use]
    pub(crate) fn get(&self, url: &str, now: Timestamp) -> Option<Remembered> {
        match self.look_up(url) {
            Ok(found) => found.and_then(|row| row.remembered(now)),
            Err(error) => {
                self.note(&error);
                None
            }
        }
    }

    fn look_up(&self, url: &str) -> rusqlite::Result<Option<Row>> {
        let mut reader = lock(&self.reader);
        let Reader { connection, unpacker } = &mut *reader;
        let mut query = connection.prepare_cached(
            "SELECT fetched, outcome, validated, etag, modified, size FROM outcome
             WHERE url = ?1 AND reading = ?2",
        )?;
        query
            .query_row(params![url, self.reading], |row| {
                let validated: Option<String> = row.get(2)?;
                let (etag, last_modified) = (row.get(3)?, row.get(4)?);
                let validators = validated.map(|url| Validators { url, etag, last_modified });
                let fetched = row.get(0)?;
                // What is damaged is no JSON, and so is taken as not remembered.
                let packed = row.get_ref(1)?.as_blob().unwrap_or_default();
                let json = unpacker.json(packed, row.get(5)?);
                Ok(Row { fetched, json, validators })
            })
            .optional()
    }

    /// Remembers what came of an address, if it is of a kind that lasts. What it gives ends when
    /// that is committed, or when it is clear that it never will be.
    pub(crate) fn put(
        &self,
        url: &str,
        outcome: &Arc<Outcome>,
        validators: Option<Validators>,
    ) -> oneshot::Receiver<()> {
        let (written, committed) = oneshot::channel();
        if lifetime(outcome).is_none() {
            return committed;
        }
        if let Some(writer) = &*lock(&self.writer) {
            let (url, outcome) = (url.to_owned(), Arc::clone(outcome));
            // The other end is gone only after an error, which `finish` tells.
            let _ = writer.rows.send(Entry { url, outcome, validators, written });
        }
        committed
    }

    /// Commits everything, and says what went wrong, once; a file that proved to be damaged is set
    /// aside, so that the next run begins a good one.
    pub(crate) fn finish(&self) -> Option<String> {
        if let Some(Writer { rows, thread }) = lock(&self.writer).take() {
            drop(rows);
            if let Ok(Err(error)) = thread.join() {
                self.note(&error);
            }
        }
        let trouble = lock(&self.trouble).take()?;
        Some(self.set_aside(&trouble).unwrap_or_else(|| self.unfinished(&trouble)))
    }

    fn set_aside(&self, trouble: &Trouble) -> Option<String> {
        // Not everywhere can a file be renamed that is open.
        let elsewhere = Connection::open_in_memory().ok().filter(|_| trouble.damaged)?;
        lock(&self.reader).connection = elsewhere;
        let aside = set_aside(&self.path).ok()?;
        let notice = damaged(&self.path, &trouble.why, &aside);
        Some(format!("{notice}, and the next run begins a new one"))
    }

    fn unfinished(&self, Trouble { why, .. }: &Trouble) -> String {
        let path = self.path.display();
        format!(
            "the cache {path} could not be used to the end ({why}): what it lacks is fetched again \
             next time; make room for it, or name another with --cache"
        )
    }

    fn note(&self, error: &rusqlite::Error) {
        lock(&self.trouble)
            .get_or_insert_with(|| Trouble { why: error.to_string(), damaged: is_damage(error) });
    }
}

impl Row {
    fn remembered(self, now: Timestamp) -> Option<Remembered> {
        let outcome: Outcome = serde_json::from_slice(&self.json).ok()?;
        let fetched = Timestamp::from_microsecond(self.fetched).ok()?;
        let age = now.duration_since(fetched);
        // An entry from the future was written under another clock, and may be of any age.
        let fresh = lifetime(&outcome).is_some_and(|life| !age.is_negative() && age <= life);
        Some(Remembered { outcome: Arc::new(outcome), validators: self.validators, fresh })
    }
}

impl Writer {
    fn start(connection: Connection, reading: String) -> std::io::Result<Self> {
        let (rows, received) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("cache".to_owned())
            .spawn(move || write_all(connection, &received, &reading))?;
        Ok(Self { rows, thread })
    }
}

/// Writes rows until there will be no more; those that wait are committed together.
fn write_all(
    mut connection: Connection,
    entries: &Receiver<Entry>,
    reading: &str,
) -> rusqlite::Result<()> {
    let Ok(mut packer) = Packer::new() else { return Ok(()) };
    while let Ok(first) = entries.recv() {
        let transaction = connection.transaction()?;
        let mut written = Vec::new();
        for entry in std::iter::once(first).chain(entries.try_iter().take(BATCH)) {
            written.push(entry.written);
            let Some(fetched) = entry.outcome.fetched else { continue };
            let Some(row) = packer.pack(&entry.outcome) else { continue };
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO outcome VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            let known = entry.validators.as_ref();
            insert.execute(params![
                entry.url,
                reading,
                fetched.as_microsecond(),
                row.size,
                row.bytes,
                known.map(|known| &known.url),
                known.and_then(|known| known.etag.as_ref()),
                known.and_then(|known| known.last_modified.as_ref()),
            ])?;
        }
        transaction.commit()?;
        drop(written);
    }
    Ok(())
}

/// Why a file is no cache.
enum Unusable {
    /// It is a broken database, or none.
    Damaged(rusqlite::Error),
    /// It is another program's database.
    Foreign,
    /// It cannot be opened, read or written.
    Closed(rusqlite::Error),
}

impl From<rusqlite::Error> for Unusable {
    fn from(error: rusqlite::Error) -> Self {
        if is_damage(&error) { Self::Damaged(error) } else { Self::Closed(error) }
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn damaged(path: &Path, why: &str, aside: &Path) -> String {
    let (path, aside) = (path.display(), aside.display());
    format!("the cache {path} is damaged ({why}); it was set aside as {aside}")
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(error) | Self::Closed(error) => error.fmt(f),
            Self::Foreign => f.write_str("it is the database of another program"),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the cache is a file of this stage")]
fn connect(path: &Path) -> Result<Connection, Unusable> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if id != APPLICATION_ID && has_tables(&connection)? {
        return Err(Unusable::Foreign);
    }
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    if (id, version) != (APPLICATION_ID, SCHEMA_VERSION) {
        connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; DROP TABLE IF EXISTS outcome; {SCHEMA}
             PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};
             COMMIT;"
        ))?;
    }
    connection.query_row("SELECT count(*) FROM (SELECT 1 FROM outcome LIMIT 1)", [], |_| Ok(()))?;
    Ok(connection)
}

fn has_tables(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) > 0 FROM sqlite_schema", [], |row| row.get(0))
}

/// Renames a cache file to a name that is free; its log goes with it.
#[expect(clippy::disallowed_methods, reason = "the cache is a file of this stage")]
fn set_aside(path: &Path) -> std::io::Result<PathBuf> {
    let with = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let aside = (1..=1000)
        .map(|number| with(&format!(".damaged-{number}")))
        .find(|name| !name.exists())
        .unwrap_or_else(|| with(".damaged"));
    std::fs::rename(path, &aside)?;
    for log in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(with(log));
    }
    Ok(aside)
}

/// How long an outcome is taken as it is: long where the target said something, short where it
/// may have been chance. None for what is no property of the target.
fn lifetime(outcome: &Outcome) -> Option<SignedDuration> {
    let hours = match outcome.result.as_ref().err().map(|failure| failure.kind) {
        None | Some(FailureKind::NotFound | FailureKind::Gone) => 24,
        Some(
            FailureKind::Denied
            | FailureKind::LoginWall
            | FailureKind::UnexpectedStatus
            | FailureKind::RedirectLoop
            | FailureKind::TooManyRedirects
            | FailureKind::Undecodable,
        ) => 12,
        Some(
            FailureKind::NoSuchHost
            | FailureKind::Refused
            | FailureKind::Unresolved
            | FailureKind::ServerError
            | FailureKind::RateLimited
            | FailureKind::Timeout
            | FailureKind::Tls
            | FailureKind::Protocol,
        ) => 1,
        Some(
            FailureKind::Blocked
            | FailureKind::DisallowedByRobots
            | FailureKind::NoNetwork
            | FailureKind::NotRecorded
            | FailureKind::NotTried,
        ) => return None,
    };
    Some(SignedDuration::from_hours(hours))
}

#[cfg(test)]
mod tests;
