//! What of two runs lies on the disk: texts one behind the other, and the differences in a database; all
//! without a name, so that the system takes them away with the run.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};

use rusqlite::{Connection, params};
use serde::Serialize;

/// A file that nobody else sees.
#[expect(clippy::disallowed_methods, reason = "nobody else sees it, and it is gone with the run")]
pub(super) fn file() -> io::Result<File> {
    tempfile::tempfile()
}

/// Takes in texts.
#[derive(Debug)]
pub(super) struct Writing {
    out: BufWriter<File>,
    at: u64,
}

impl Writing {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { out: BufWriter::with_capacity(1 << 18, file()?), at: 0 })
    }

    /// Notes a text, and says where it can be read.
    pub(super) fn push(&mut self, text: &[u8]) -> io::Result<u64> {
        let at = self.at;
        self.out.write_all(&(text.len() as u64).to_ne_bytes())?;
        self.out.write_all(text)?;
        self.at += 8 + text.len() as u64;
        Ok(at)
    }

    pub(super) fn finish(self) -> io::Result<Texts> {
        let mut reader = BufReader::new(self.out.into_inner().map_err(io::Error::from)?);
        io::Seek::rewind(&mut reader)?;
        Ok(Texts { reader, at: 0 })
    }
}

/// Hands out texts.
#[derive(Debug)]
pub(super) struct Texts {
    reader: BufReader<File>,
    at: u64,
}

impl Texts {
    /// The text at a place; places one behind the other are read at once.
    pub(super) fn read(&mut self, at: u64) -> io::Result<Vec<u8>> {
        self.reader.seek_relative(at.wrapping_sub(self.at).cast_signed())?;
        let mut length = [0; 8];
        self.reader.read_exact(&mut length)?;
        let length = u64::from_ne_bytes(length);
        let mut text = Vec::new();
        self.reader.by_ref().take(length).read_to_end(&mut text)?;
        self.at = at + 8 + length;
        Ok(text)
    }
}

/// The differences, each kind in the order of a name, and of those that share one as they came.
#[derive(Debug)]
pub(super) struct Differences {
    db: Connection,
}

/// So many KiB of what lies on the disk are held in memory.
const SETTINGS: &str = "
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    PRAGMA cache_size = -16384;
    CREATE TABLE differences (n INTEGER PRIMARY KEY, section INTEGER, name TEXT, what TEXT);
    CREATE TABLE renamed (old TEXT, new TEXT);
    BEGIN;
";

fn failed(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}

impl Differences {
    #[expect(
        clippy::disallowed_methods,
        reason = "nobody else sees it, and it is gone with the run"
    )]
    pub(super) fn new() -> io::Result<Self> {
        // Without a name it lies among the system's temporary files, and only what does not fit into
        // memory is written at all.
        let db = Connection::open("").map_err(failed)?;
        db.execute_batch(SETTINGS).map_err(failed)?;
        Ok(Self { db })
    }

    pub(super) fn add(&self, section: usize, name: &str, what: &impl Serialize) -> io::Result<()> {
        let sql = "INSERT INTO differences (section, name, what) VALUES (?, ?, ?)";
        let mut insert = self.db.prepare_cached(sql).map_err(failed)?;
        let what = serde_json::to_string(what)?;
        insert.execute(params![section, name, what]).map(drop).map_err(failed)
    }

    /// Hands over the differences of a kind.
    pub(super) fn each(
        &self,
        section: usize,
        take: &mut dyn FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        let sql = "SELECT what FROM differences WHERE section = ? ORDER BY name, n";
        let mut select = self.db.prepare_cached(sql).map_err(failed)?;
        let mut rows = select.query([section]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            take(&row.get::<_, String>(0).map_err(failed)?)?;
        }
        Ok(())
    }

    /// Notes that a document's input was called otherwise.
    pub(super) fn rename(&self, old: &str, new: &str) -> io::Result<()> {
        let sql = "INSERT INTO renamed (old, new) VALUES (?, ?)";
        let mut insert = self.db.prepare_cached(sql).map_err(failed)?;
        insert.execute([old, new]).map(drop).map_err(failed)
    }

    /// The inputs that are called otherwise, and how many documents of each were known again.
    pub(super) fn renamed(
        &self,
        take: &mut dyn FnMut(String, String, usize) -> io::Result<()>,
    ) -> io::Result<()> {
        let sql = "SELECT old, new, count(*) FROM renamed GROUP BY 1, 2 ORDER BY 1, 2";
        let mut select = self.db.prepare(sql).map_err(failed)?;
        let mut rows = select.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let text = |column| row.get::<_, String>(column).map_err(failed);
            take(text(0)?, text(1)?, row.get(2).map_err(failed)?)?;
        }
        Ok(())
    }
}
