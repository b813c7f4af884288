//! The tables that a run fills, whatever keeps them: a `SQLite` database or Parquet files. Their
//! columns are named here once; docs/database.md says what they mean.

mod rows;

use std::borrow::Cow;
use std::io;

use jiff::Timestamp;
use jiff::civil::Date;

pub(super) use rows::{document, run};

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// A run, with its counts.
    Runs,
    /// An article as one run saw it.
    Documents,
    /// What came of an address in one document.
    Fetches,
    /// A link, in the order of the text.
    Links,
    /// What does not fit.
    Findings,
    /// What somebody says about a date.
    Claims,
}

/// A column's name and what its values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether a row may leave it empty.
    pub(super) nullable: bool,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Truth,
    Text,
    Instant,
    /// A day of the calendar.
    Day,
}

/// The value of one cell. Secrets in addresses are masked where a text is made a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Null,
    Integer(i64),
    Truth(bool),
    Text(Cow<'a, str>),
    Instant(Timestamp),
    Day(Date),
}

/// What keeps tables.
pub(super) trait Store {
    /// Adds a row; the values are in the order of the table's columns.
    fn insert(&mut self, table: Table, row: &[Value<'_>]) -> io::Result<()>;
}

/// The keys given out so far: each table counts its rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Keys {
    /// The run that all rows belong to.
    pub(super) run: i64,
    pub(super) documents: i64,
    pub(super) fetches: i64,
    pub(super) links: i64,
    pub(super) findings: i64,
    pub(super) claims: i64,
}

impl Table {
    /// Every table, those that others refer to first.
    pub(super) const ALL: [Self; 6] =
        [Self::Runs, Self::Documents, Self::Fetches, Self::Links, Self::Findings, Self::Claims];

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Documents => "documents",
            Self::Fetches => "fetches",
            Self::Links => "links",
            Self::Findings => "findings",
            Self::Claims => "claims",
        }
    }

    /// Its columns, the key first.
    pub(super) const fn columns(self) -> &'static [Column] {
        match self {
            Self::Runs => RUNS,
            Self::Documents => DOCUMENTS,
            Self::Fetches => FETCHES,
            Self::Links => LINKS,
            Self::Findings => FINDINGS,
            Self::Claims => CLAIMS,
        }
    }
}

const RUNS: &[Column] = &[
    integer("id"),
    maybe(instant("judged_at")),
    text("version"),
    integer("documents"),
    integer("links"),
    integer("errors"),
    integer("warnings"),
    integer("notes"),
    integer("unreadable"),
    truth("interrupted"),
];

const DOCUMENTS: &[Column] = &[
    integer("id"),
    integer("run_id"),
    text("name"),
    text("input"),
    maybe(text("url")),
    text("media"),
    maybe(text("title")),
    text("identity"),
    maybe(text("published")),
    maybe(day("published_earliest")),
    maybe(day("published_before")),
    maybe(text("published_confidence")),
    maybe(text("modified")),
    maybe(day("modified_earliest")),
    maybe(day("modified_before")),
];

const FETCHES: &[Column] = &[
    integer("id"),
    integer("run_id"),
    integer("document_id"),
    text("url"),
    maybe(text("final_url")),
    maybe(instant("fetched_at")),
    text("outcome"),
    truth("is_dead"),
    maybe(integer("status_code")),
    maybe(text("detail")),
    integer("redirects"),
    maybe(text("title")),
    maybe(text("published")),
    maybe(day("published_earliest")),
    maybe(day("published_before")),
    maybe(text("modified")),
    maybe(day("modified_earliest")),
    maybe(day("modified_before")),
    maybe(instant("first_capture")),
    maybe(instant("nearest_capture")),
];

const LINKS: &[Column] = &[
    integer("id"),
    integer("document_id"),
    maybe(integer("fetch_id")),
    maybe(text("url")),
    maybe(text("host")),
    text("raw"),
    text("kind"),
    maybe(text("words")),
    text("role"),
    text("region"),
    integer("line"),
    integer("col"),
    integer("span_start"),
    integer("span_end"),
];

const FINDINGS: &[Column] = &[
    integer("id"),
    integer("document_id"),
    maybe(integer("link_id")),
    text("fingerprint"),
    integer("number"),
    text("rule"),
    text("level"),
    text("confidence"),
    text("title"),
    text("message"),
    text("help"),
    maybe(text("url")),
    maybe(text("host")),
    maybe(integer("line")),
    maybe(integer("col")),
    maybe(text("replacement")),
    maybe(text("suppressed")),
    maybe(text("suppressed_reason")),
];

const CLAIMS: &[Column] = &[
    integer("id"),
    maybe(integer("document_id")),
    maybe(integer("fetch_id")),
    maybe(integer("finding_id")),
    maybe(integer("link_id")),
    text("event"),
    text("date"),
    instant("earliest"),
    instant("before"),
    text("source"),
    text("confidence"),
    text("quote"),
    maybe(integer("line")),
    maybe(integer("col")),
];

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: false }
}

const fn integer(name: &'static str) -> Column {
    column(name, Kind::Integer)
}

const fn truth(name: &'static str) -> Column {
    column(name, Kind::Truth)
}

const fn text(name: &'static str) -> Column {
    column(name, Kind::Text)
}

const fn instant(name: &'static str) -> Column {
    column(name, Kind::Instant)
}

const fn day(name: &'static str) -> Column {
    column(name, Kind::Day)
}

const fn maybe(column: Column) -> Column {
    Column { nullable: true, ..column }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u16> for Value<'_> {
    fn from(number: u16) -> Self {
        Self::Integer(number.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<Date> for Value<'_> {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(instant: Timestamp) -> Self {
        Self::Instant(instant)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(crate::address::secret::masked(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(crate::address::secret::masked(&text).into_owned()))
    }
}

impl<'a> From<&'a url::Url> for Value<'a> {
    fn from(url: &'a url::Url) -> Self {
        url.as_str().into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Value<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Summary;
    use crate::report::samples::hostile;

    /// Fails on a row that does not fit its table.
    #[derive(Default)]
    struct Strict {
        rows: usize,
    }

    impl Store for Strict {
        fn insert(&mut self, table: Table, row: &[Value<'_>]) -> io::Result<()> {
            assert_eq!(row.len(), table.columns().len(), "{table:?}");
            for (column, value) in table.columns().iter().zip(row) {
                let kind = match value {
                    Value::Null => {
                        assert!(column.nullable, "{table:?}.{} is empty", column.name);
                        continue;
                    }
                    Value::Integer(_) => Kind::Integer,
                    Value::Truth(_) => Kind::Truth,
                    Value::Text(text) => {
                        assert!(!text.contains("hunter2"), "{table:?}.{}", column.name);
                        Kind::Text
                    }
                    Value::Instant(_) => Kind::Instant,
                    Value::Day(_) => Kind::Day,
                };
                assert_eq!(kind, column.kind, "{table:?}.{}", column.name);
            }
            self.rows += 1;
            Ok(())
        }
    }

    #[test]
    fn every_row_fits_its_table() {
        let mut store = Strict::default();
        let mut keys = Keys { run: 1, ..Keys::default() };
        for judged in hostile() {
            document(&judged, &mut keys, &mut store).expect("it is kept");
        }
        run(keys.run, None, &Summary::default(), &mut store).expect("it is kept");
        let Keys { documents, fetches, links, findings, claims, .. } = keys;
        let rows = usize::try_from(1 + documents + fetches + links + findings + claims);
        assert_eq!(store.rows, rows.expect("a number"));
    }
}
