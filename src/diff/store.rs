//! What is compared, on the disk: a database without a name, which the system takes away with the run.

use std::io;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::Briefs;

/// What is held of two runs, and the differences.
#[derive(Debug)]
pub(super) struct Store {
    db: Connection,
}

/// One of the two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run {
    Old,
    New,
}

/// What a document can be known by in another run.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) place: String,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    /// The last part of the file's path.
    pub(super) file: String,
}

/// What a document that is called otherwise can be known by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    Id,
    Url,
    File,
}

/// So many KiB of what lies on the disk are held in memory.
const SETTINGS: &str = "
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    PRAGMA cache_size = -32768;
    CREATE TABLE old (n INTEGER PRIMARY KEY, place TEXT, id TEXT, url TEXT, file TEXT, briefs TEXT, mate INTEGER, again INTEGER);
    CREATE TABLE new (n INTEGER PRIMARY KEY, place TEXT, id TEXT, url TEXT, file TEXT, briefs TEXT, mate INTEGER, again INTEGER);
    CREATE TABLE old_links (n INTEGER PRIMARY KEY, url TEXT, state TEXT, document TEXT);
    CREATE TABLE new_links (n INTEGER PRIMARY KEY, url TEXT, state TEXT, document TEXT);
    CREATE TABLE differences (n INTEGER PRIMARY KEY, section INTEGER, what TEXT);
    BEGIN;
";

impl Run {
    const fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

impl Side {
    const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Url => "url",
            Self::File => "file",
        }
    }
}

fn failed(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}

impl Store {
    #[expect(
        clippy::disallowed_methods,
        reason = "nobody else sees it, and it is gone with the run"
    )]
    pub(super) fn new() -> io::Result<Self> {
        // Without a name it lies among the system's temporary files, and only what does not fit into
        // memory is written at all.
        let db = Connection::open("").map_err(failed)?;
        db.execute_batch(SETTINGS).map_err(failed)?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db })
    }

    pub(super) fn document(&self, run: Run, known: &Known, briefs: &Briefs) -> io::Result<()> {
        let Known { place, id, url, file } = known;
        let briefs = (!briefs.is_empty()).then(|| serde_json::to_string(briefs)).transpose()?;
        let sql = match run {
            Run::Old => "INSERT INTO old (place, id, url, file, briefs) VALUES (?, ?, ?, ?, ?)",
            Run::New => "INSERT INTO new (place, id, url, file, briefs) VALUES (?, ?, ?, ?, ?)",
        };
        let mut insert = self.db.prepare_cached(sql).map_err(failed)?;
        insert.execute(params![place, id, url, file, briefs]).map(drop).map_err(failed)
    }

    pub(super) fn link(&self, run: Run, url: &str, state: &str, document: &str) -> io::Result<()> {
        let sql = match run {
            Run::Old => "INSERT INTO old_links (url, state, document) VALUES (?, ?, ?)",
            Run::New => "INSERT INTO new_links (url, state, document) VALUES (?, ?, ?)",
        };
        let mut insert = self.db.prepare_cached(sql).map_err(failed)?;
        insert.execute(params![url, state, document]).map(drop).map_err(failed)
    }

    /// Says that all has been taken in.
    pub(super) fn index(&self) -> io::Result<()> {
        self.db
            .execute_batch(
                "CREATE INDEX old_url ON old_links (url, n);
                 CREATE INDEX new_url ON new_links (url, n);",
            )
            .map_err(failed)
    }

    /// Joins the documents of both runs that have the same name: of some that are called alike the n-th
    /// of the one with the n-th of the other.
    pub(super) fn pair(&self) -> io::Result<()> {
        for (old, new) in self.pairs("place || char(31) || quote(id)", "1", false)? {
            self.join(old, new, false)?;
        }
        Ok(())
    }

    /// The pairs of documents with findings and without a mate that are the only ones of their kind.
    pub(super) fn only_pairs(&self, by: Side) -> io::Result<Vec<(i64, i64)>> {
        let of_kind = match by {
            Side::Url => "url IS NOT NULL",
            Side::Id => "id IS NOT NULL",
            Side::File => "id IS NULL AND url IS NULL",
        };
        let wanted = format!("mate IS NULL AND briefs IS NOT NULL AND {of_kind}");
        self.pairs(by.name(), &wanted, true)
    }

    /// Goes through both runs in the order of a name, side by side.
    fn pairs(&self, name: &str, wanted: &str, only: bool) -> io::Result<Vec<(i64, i64)>> {
        let named = |run: Run| {
            let run = run.name();
            let sql =
                format!("SELECT {name} AS name, n FROM {run} WHERE {wanted} ORDER BY name, n");
            self.db.prepare(&sql)
        };
        let (mut old, mut new) =
            (named(Run::Old).map_err(failed)?, named(Run::New).map_err(failed)?);
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
        let mut old = old.query_map([], read).map_err(failed)?.peekable();
        let mut new = new.query_map([], read).map_err(failed)?.peekable();
        let mut pairs = Vec::new();
        while let Some(first) = old.next() {
            let (name, n) = first.map_err(failed)?;
            let olds = alike(n, &name, &mut old)?;
            while new.next_if(|it| it.as_ref().is_ok_and(|(other, _)| *other < name)).is_some() {}
            let news = match new.next_if(|it| it.as_ref().map_or(true, |(other, _)| *other == name))
            {
                Some(first) => alike(first.map_err(failed)?.1, &name, &mut new)?,
                None => continue,
            };
            if !only || (olds.len() == 1 && news.len() == 1) {
                pairs.extend(olds.into_iter().zip(news));
            }
        }
        Ok(pairs)
    }

    /// Notes that two documents are one; `again` if they are called otherwise.
    pub(super) fn join(&self, old: i64, new: i64, again: bool) -> io::Result<()> {
        let update = |sql: &str, n: i64, mate: i64| {
            let mut update = self.db.prepare_cached(sql)?;
            update.execute(params![mate, again, n]).map(drop)
        };
        update("UPDATE old SET mate = ?, again = ? WHERE n = ?", old, new)
            .and_then(|()| update("UPDATE new SET mate = ?, again = ? WHERE n = ?", new, old))
            .map_err(failed)
    }

    pub(super) fn briefs(&self, run: Run, n: i64) -> io::Result<Briefs> {
        let sql = match run {
            Run::Old => "SELECT briefs FROM old WHERE n = ?",
            Run::New => "SELECT briefs FROM new WHERE n = ?",
        };
        let mut select = self.db.prepare_cached(sql).map_err(failed)?;
        briefs(select.query_row([n], |row| row.get(0)).map_err(failed)?)
    }

    /// The next document of the newer run, with that of the older that it is.
    pub(super) fn next_new(&self, after: i64) -> io::Result<Option<(i64, Option<i64>, Briefs)>> {
        let sql = "SELECT n, mate, briefs FROM new WHERE n > ? AND (mate OR briefs NOT NULL) \
                   ORDER BY n LIMIT 1";
        let mut select = self.db.prepare_cached(sql).map_err(failed)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found = select.query_row([after], read).optional().map_err(failed)?;
        found.map(|(n, mate, text)| Ok((n, mate, briefs(text)?))).transpose()
    }

    /// The next document of the older run that the newer does not have, if it has findings.
    pub(super) fn next_lost(&self, after: i64) -> io::Result<Option<(i64, Briefs)>> {
        let sql = "SELECT n, briefs FROM old WHERE n > ? AND mate IS NULL AND briefs NOT NULL \
                   ORDER BY n LIMIT 1";
        let mut select = self.db.prepare_cached(sql).map_err(failed)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found = select.query_row([after], read).optional().map_err(failed)?;
        found.map(|(n, text)| Ok((n, briefs(text)?))).transpose()
    }

    /// The inputs that are called otherwise, and how many documents of each were known again.
    pub(super) fn renamed(&self) -> io::Result<Vec<(String, String, usize)>> {
        let sql = "SELECT old.place, new.place, count(*) FROM new JOIN old ON old.n = new.mate \
                   WHERE new.again AND old.place <> new.place GROUP BY 1, 2 ORDER BY 1, 2";
        let mut select = self.db.prepare(sql).map_err(failed)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let rows = select.query_map([], read).map_err(failed)?;
        rows.collect::<Result<_, _>>().map_err(failed)
    }

    /// The next link, in the order of the addresses, that was to be had in one run only, with what the
    /// newer first saw of it otherwise.
    pub(super) fn next_turned(
        &self,
        after: &str,
        alive: &str,
    ) -> io::Result<Option<(String, String, String)>> {
        let sql = "SELECT url, state, document FROM new_links AS it WHERE url > ?1 AND \
                   (SELECT (was.state = ?2) <> (it.state = ?2) FROM old_links AS was \
                   WHERE was.url = it.url ORDER BY was.n DESC LIMIT 1) ORDER BY url, n LIMIT 1";
        let mut select = self.db.prepare_cached(sql).map_err(failed)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        select.query_row(params![after, alive], read).optional().map_err(failed)
    }

    pub(super) fn difference(&self, section: usize, what: &impl Serialize) -> io::Result<()> {
        let sql = "INSERT INTO differences (section, what) VALUES (?, ?)";
        let mut insert = self.db.prepare_cached(sql).map_err(failed)?;
        insert.execute(params![section, serde_json::to_string(what)?]).map(drop).map_err(failed)
    }

    /// Hands over the differences of a kind.
    pub(super) fn differences(
        &self,
        section: usize,
        take: &mut dyn FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        let sql = "SELECT what FROM differences WHERE section = ? ORDER BY n";
        let mut select = self.db.prepare_cached(sql).map_err(failed)?;
        let mut rows = select.query([section]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            take(&row.get::<_, String>(0).map_err(failed)?)?;
        }
        Ok(())
    }
}

type Named = Result<(String, i64), rusqlite::Error>;

/// The numbers of all that have the same name as the first.
fn alike(
    first: i64,
    name: &str,
    rest: &mut std::iter::Peekable<impl Iterator<Item = Named>>,
) -> io::Result<Vec<i64>> {
    let mut all = vec![first];
    while let Some(next) = rest.next_if(|it| it.as_ref().map_or(true, |(other, _)| other == name)) {
        all.push(next.map_err(failed)?.1);
    }
    Ok(all)
}

fn briefs(text: Option<String>) -> io::Result<Briefs> {
    text.map_or(Ok(Briefs::new()), |text| Ok(serde_json::from_str(&text)?))
}
