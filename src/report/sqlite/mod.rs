//! A database to ask, with SQL or Datasette: docs/database.md describes its tables and views. Every
//! run is added to what the file holds, so that two audits compare by a query.
//!
//! A run is one transaction: it is there whole or not at all.

mod insert;

use std::io;
use std::path::Path;

use rusqlite::{Connection, params};

use super::{Format, Open, Report, Summary, View};
use crate::model::Judged;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "sqlite",
    help: "a SQLite database to ask; a run is added to those that the file holds",
    views: &[View::Check],
    open: Open::File(open),
};

/// Marks a database as one of these (`PRAGMA application_id`): "date" in ASCII.
const APPLICATION: i32 = 0x6461_7465;
/// The version of the tables (`PRAGMA user_version`).
const VERSION: i32 = 1;

struct Database {
    connection: Connection,
    run: i64,
}

fn open(_view: View, path: &Path) -> io::Result<Box<dyn Report>> {
    let connection = Connection::open(path).map_err(unwritable)?;
    Ok(Box::new(Database::begin(connection)?))
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
        let version = env!("CARGO_PKG_VERSION");
        connection
            .execute("INSERT INTO runs (version) VALUES (?1)", params![version])
            .map_err(unwritable)?;
        let run = connection.last_insert_rowid();
        Ok(Self { connection, run })
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
        _ => Err(io::Error::other("it is a database of another program or version")),
    }
}

impl Report for Database {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        insert::document(&self.connection, self.run, judged).map_err(unwritable)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let Summary { documents, links, errors, warnings, notes, unreadable, .. } = summary;
        let values = params![self.run, documents, links, errors, warnings, notes, unreadable];
        self.connection
            .execute(
                "UPDATE runs SET documents = ?2, links = ?3, errors = ?4, warnings = ?5, \
                 notes = ?6, unreadable = ?7 WHERE id = ?1",
                values,
            )
            .and_then(|_| self.connection.execute_batch("COMMIT"))
            .map_err(unwritable)
    }
}

fn unwritable(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::hostile;

    fn filled() -> Connection {
        let mut database =
            Database::begin(Connection::open_in_memory().expect("memory")).expect("a database");
        let mut summary = Summary::default();
        for judged in hostile() {
            summary.add(&judged);
            database.document(&judged).expect("it is written");
        }
        database.finish(&summary).expect("it is written");
        database.connection
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
        let third = Database::begin(second.connection).expect("it goes on");
        third.connection.execute_batch("ROLLBACK").expect("it is broken off");
        assert_eq!(count(&third.connection, "SELECT count(*) FROM runs"), 2);
    }

    #[test]
    fn a_database_of_another_program_is_left_alone() {
        let connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch("CREATE TABLE mine (x)").expect("a table");
        assert!(Database::begin(connection).is_err());
    }
}
