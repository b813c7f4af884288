//! A database to ask, with SQL or Datasette: docs/database.md describes its tables and views. Every
//! run is added to what the file holds, so that two audits compare by a query.
//!
//! A run is one transaction: it is there whole or not at all.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use jiff::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::tables::{self, Keys, Store, Table, Value};
use super::{Format, Open, Report, Summary, View};
use crate::model::Judged;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "sqlite",
    help: "a SQLite database to ask; a run is added to those that the file holds",
    views: &[View::Check],
    tells_remarks: false,
    open: Open::Place(open),
};

/// Marks a database as one of these (`PRAGMA application_id`): "date" in ASCII.
const APPLICATION: i32 = 0x6461_7465;
/// The version of the tables (`PRAGMA user_version`).
const VERSION: i32 = 3;

struct Database {
    rows: Inserter,
    keys: Keys,
    judged_at: Option<Timestamp>,
}

#[expect(clippy::disallowed_methods, reason = "a report is written where it is asked for")]
fn open(_view: View, path: &Path) -> io::Result<Box<dyn Report>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let said = format!("there is no folder {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, said));
    }
    if is_other(path) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, NO_DATABASE));
    }
    let connection = Connection::open(path).map_err(unwritable)?;
    Ok(Box::new(Database::begin(connection)?))
}

/// Why a file is refused.
const NO_DATABASE: &str = "there is a file of that name that is no database";

/// Whether a file of that name is none that `SQLite` wrote. A short one it would take for new.
#[expect(clippy::disallowed_methods, reason = "a report is written where it is asked for")]
fn is_other(path: &Path) -> bool {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    read.is_ok_and(|read| read > 0) && head != MAGIC
}

impl Database {
    fn begin(connection: Connection) -> io::Result<Self> {
        is_ours(&connection)?;
        connection
            .execute_batch("PRAGMA foreign_keys = ON; BEGIN IMMEDIATE;")
            .and_then(|()| connection.execute_batch(include_str!("schema.sql")))
            .and_then(|()| connection.pragma_update(None, "application_id", APPLICATION))
            .and_then(|()| connection.pragma_update(None, "user_version", VERSION))
            .map_err(unwritable)?;
        let keys = keys(&connection).map_err(unwritable)?;
        let mut rows = Inserter { connection, sql: Table::ALL.map(insertion) };
        // The counts follow at the end; documents refer to the row before.
        tables::run(keys.run, None, &Summary::default(), &mut rows)?;
        Ok(Self { rows, keys, judged_at: None })
    }
}

/// The keys that earlier runs have used, and that of this run.
fn keys(connection: &Connection) -> rusqlite::Result<Keys> {
    let last = |table: Table| {
        let query = format!("SELECT coalesce(max(id), 0) FROM {}", table.name());
        connection.query_row(&query, [], |row| row.get::<_, i64>(0))
    };
    Ok(Keys {
        run: last(Table::Runs)? + 1,
        documents: last(Table::Documents)?,
        fetches: last(Table::Fetches)?,
        links: last(Table::Links)?,
        findings: last(Table::Findings)?,
        claims: last(Table::Claims)?,
    })
}

/// Writes rows into the tables of a database.
struct Inserter {
    connection: Connection,
    /// A statement for each table, in the order of `Table::ALL`.
    sql: [String; Table::ALL.len()],
}

/// The statement that adds a row of a table; the run's is written again when it is over.
fn insertion(table: Table) -> String {
    let names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
    let places = vec!["?"; names.len()].join(", ");
    let mut sql = format!("INSERT INTO {} ({}) VALUES ({places})", table.name(), names.join(", "));
    if table == Table::Runs {
        let again = names.iter().map(|name| format!("{name} = excluded.{name}"));
        let again: Vec<String> = again.collect();
        sql += &format!(" ON CONFLICT (id) DO UPDATE SET {}", again.join(", "));
    }
    sql
}

impl Store for Inserter {
    fn insert(&mut self, table: Table, row: &[Value<'_>]) -> io::Result<()> {
        let sql = self.sql.get(table as usize).map_or("", String::as_str);
        let mut statement = self.connection.prepare_cached(sql).map_err(unwritable)?;
        statement.execute(params_from_iter(row)).map_err(unwritable)?;
        Ok(())
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Self::Truth(truth) => ToSqlOutput::Borrowed(ValueRef::Integer((*truth).into())),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Instant(instant) => ToSqlOutput::Owned(instant.to_string().into()),
            Self::Day(day) => ToSqlOutput::Owned(day.to_string().into()),
        })
    }
}

/// Somebody's other database is left alone.
fn is_ours(connection: &Connection) -> io::Result<()> {
    let number = |name: &str| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map_err(unwritable)
    };
    let is_empty = number("page_count")? == 0;
    match (number("application_id")?, number("user_version")?) {
        (APPLICATION, VERSION) => Ok(()),
        _ if is_empty => Ok(()),
        _ => Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "it is a database of another program or version",
        )),
    }
}

impl Report for Database {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.judged_at.get_or_insert(judged.case.now);
        tables::document(judged, &mut self.keys, &mut self.rows)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        tables::run(self.keys.run, self.judged_at, summary, &mut self.rows)?;
        self.rows.connection.execute_batch("COMMIT").map_err(unwritable)
    }
}

fn unwritable(error: rusqlite::Error) -> io::Error {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) {
        let kind = io::ErrorKind::AlreadyExists;
        return io::Error::new(kind, NO_DATABASE);
    }
    io::Error::other(error)
}

/// All rows of a database, for tests.
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
pub(super) fn dump(path: &Path) -> String {
    use rusqlite::types::Value as Cell;
    let connection = Connection::open(path).expect("a database");
    let mut text = String::new();
    for table in Table::ALL {
        let query = format!("SELECT * FROM {} ORDER BY id", table.name());
        let mut query = connection.prepare(&query).expect("a query");
        let mut rows = query.query([]).expect("rows");
        text += &format!("{}\n", table.name());
        while let Some(row) = rows.next().expect("a row") {
            for (at, column) in table.columns().iter().enumerate() {
                let cell: Cell = row.get(at).expect("a cell");
                text += &format!("  {}: {cell:?}\n", column.name);
            }
            text += "\n";
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::hostile;
    use crate::report::tables::Kind;

    fn filled() -> Connection {
        let mut database =
            Database::begin(Connection::open_in_memory().expect("memory")).expect("a database");
        let mut summary = Summary::default();
        for judged in hostile() {
            summary.add(&judged);
            database.document(&judged).expect("it is written");
        }
        database.finish(&summary).expect("it is written");
        database.rows.connection
    }

    fn count(connection: &Connection, query: &str) -> i64 {
        connection.query_row(query, [], |row| row.get(0)).expect("a number")
    }

    #[test]
    fn what_was_judged_can_be_asked_and_keys_are_clean() {
        let connection = filled();
        assert_eq!(count(&connection, "SELECT count(*) FROM documents"), 3);
        assert_eq!(count(&connection, "SELECT count(*) FROM findings WHERE suppressed IS NULL"), 8);
        assert_eq!(
            count(&connection, "SELECT count(*) FROM findings WHERE suppressed NOT NULL"),
            2
        );
        assert!(count(&connection, "SELECT count(*) FROM postdating_links") > 0);
        assert!(count(&connection, "SELECT count(*) FROM rot_by_year") > 0);
        assert_eq!(count(&connection, "SELECT count(*) FROM dead_links_by_host"), 0);
        assert_eq!(count(&connection, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
        let secrets =
            "SELECT count(*) FROM findings WHERE message LIKE '%hunter2%' OR url LIKE '%hunter2%'";
        assert_eq!(count(&connection, secrets), 0);
    }

    #[test]
    fn a_second_run_is_added_and_a_broken_off_one_is_not() {
        let connection = filled();
        let mut second = Database::begin(connection).expect("it goes on");
        second.document(&hostile()[0]).expect("it is written");
        second.finish(&Summary::default()).expect("it is written");
        let third = Database::begin(second.rows.connection).expect("it goes on");
        third.rows.connection.execute_batch("ROLLBACK").expect("it is broken off");
        assert_eq!(count(&third.rows.connection, "SELECT count(*) FROM runs"), 2);
    }

    #[test]
    fn the_tables_are_those_that_every_store_has() {
        let connection = filled();
        for table in Table::ALL {
            let mut query = connection
                .prepare("SELECT name, type, \"notnull\" OR pk FROM pragma_table_info(?1)")
                .expect("a query");
            let found = query.query_map([table.name()], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, !row.get::<_, bool>(2)?))
            });
            let found: Vec<_> =
                found.expect("columns").map(|column| column.expect("a column")).collect();
            let wanted = table.columns().iter().map(|column| {
                let kind = match column.kind {
                    Kind::Integer | Kind::Truth => "INTEGER",
                    Kind::Text | Kind::Instant | Kind::Day => "TEXT",
                };
                (column.name.to_owned(), kind.to_owned(), column.nullable)
            });
            assert_eq!(found, wanted.collect::<Vec<_>>(), "{}", table.name());
        }
    }

    #[test]
    fn a_database_of_another_program_is_left_alone() {
        let connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch("CREATE TABLE mine (x)").expect("a table");
        assert!(Database::begin(connection).is_err());
    }
}
