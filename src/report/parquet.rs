//! Parquet files for `DuckDB`, Spark and their like: a folder with a folder a table, as they read a
//! folder as one table, and the columns of the database (docs/database.md). A file cannot be added to, so that every run has a folder of
//! its own; a folder named `run=…` makes the run a column where several are read at once.
//!
//! Rows are gathered into row groups of some megabytes, so that memory does not grow with the run.
//! The files appear when they are whole, together.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use tempfile::NamedTempFile;

use super::tables::{self, Column, Keys, Kind, Store, Table, Value};
use super::{Format, Open, Report, Summary, View, fresh};
use crate::model::Judged;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    help: "a folder of Parquet files, a folder a table, for DuckDB, Spark and pandas",
    views: &[View::Check],
    tells_remarks: false,
    open: Open::Place(open),
};

/// How much a row group gathers before it is written, in bytes of its values.
const GROUP: usize = 8 << 20;

/// Why a folder is refused.
const HELD: &str = "the folder holds something already, and each run has one of its own, such as \
                    run=2018-05-25";

struct Files {
    tables: Vec<TableFile>,
    keys: Keys,
    judged_at: Option<Timestamp>,
}

#[expect(clippy::disallowed_methods, reason = "a report is written where it is asked for")]
fn open(_view: View, folder: &Path) -> io::Result<Box<dyn Report>> {
    if folder.is_file() {
        let said = "there is a file of that name, and the report is a folder";
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, said));
    }
    fs::create_dir_all(folder)?;
    // What a run that was killed left is in nobody's way.
    let is_left = |name: OsString| name.to_string_lossy().starts_with(fresh::PREFIX);
    let mut held = fs::read_dir(folder)?.filter_map(Result::ok);
    if held.any(|entry| !is_left(entry.file_name())) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, HELD));
    }
    let files = Table::ALL.into_iter().map(|table| TableFile::new(table, folder));
    let keys = Keys { run: 1, ..Keys::default() };
    Ok(Box::new(Files { tables: files.collect::<io::Result<_>>()?, keys, judged_at: None }))
}

impl Report for Files {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.judged_at.get_or_insert(judged.case.now);
        tables::document(judged, &mut self.keys, &mut self.tables)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        tables::run(self.keys.run, self.judged_at, summary, &mut self.tables)?;
        self.tables.iter_mut().try_for_each(TableFile::finish)?;
        self.tables.drain(..).try_for_each(TableFile::appear)
    }
}

impl Store for Vec<TableFile> {
    fn insert(&mut self, table: Table, row: &[Value<'_>]) -> io::Result<()> {
        self.get_mut(table as usize).map_or(Ok(()), |file| file.add(row))
    }
}

/// The file of one table, with the rows of the group that is being gathered.
struct TableFile {
    writer: SerializedFileWriter<BufWriter<fs::File>>,
    temporary: NamedTempFile,
    folder: PathBuf,
    name: String,
    cells: Vec<Cells>,
    gathered: usize,
}

impl TableFile {
    fn new(table: Table, folder: &Path) -> io::Result<Self> {
        let name = format!("{}.parquet", table.name());
        let temporary = fresh::beside(&folder.join(&name))?;
        let out = BufWriter::new(temporary.reopen()?);
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let schema = schema(table).map_err(unwritable)?;
        let writer =
            SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(unwritable)?;
        let cells = table.columns().iter().map(Cells::new).collect();
        Ok(Self { writer, temporary, folder: folder.join(table.name()), name, cells, gathered: 0 })
    }

    fn add(&mut self, row: &[Value<'_>]) -> io::Result<()> {
        for (cells, value) in self.cells.iter_mut().zip(row) {
            self.gathered += cells.push(value);
        }
        if self.gathered < GROUP { Ok(()) } else { self.write_group().map_err(unwritable) }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for cells in &mut self.cells {
            if let Some(mut column) = group.next_column()? {
                cells.write(&mut column)?;
                column.close()?;
            }
        }
        group.close()?;
        self.gathered = 0;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let rest = if self.gathered > 0 { self.write_group() } else { Ok(()) };
        rest.and_then(|()| self.writer.finish()).map_err(unwritable)?;
        io::Write::flush(self.writer.inner_mut())
    }

    #[expect(clippy::disallowed_methods, reason = "the writer of a report makes its folder")]
    fn appear(self) -> io::Result<()> {
        fs::create_dir(&self.folder)?;
        let path = self.folder.join(&self.name);
        self.temporary.persist(path).map(drop).map_err(|error| error.error)
    }
}

/// The values of one column in the group that is being gathered, and for each row whether there is
/// one (1) or not (0), where the column may be empty.
struct Cells {
    values: Values,
    defined: Option<Vec<i16>>,
}

enum Values {
    Integers(Vec<i64>),
    Truths(Vec<bool>),
    Texts(Vec<ByteArray>),
    Days(Vec<i32>),
}

impl Cells {
    fn new(column: &Column) -> Self {
        let values = match column.kind {
            Kind::Integer | Kind::Instant => Values::Integers(Vec::new()),
            Kind::Truth => Values::Truths(Vec::new()),
            Kind::Text => Values::Texts(Vec::new()),
            Kind::Day => Values::Days(Vec::new()),
        };
        Self { values, defined: column.nullable.then(Vec::new) }
    }

    /// Adds a value; gives back about how many bytes that takes.
    fn push(&mut self, value: &Value<'_>) -> usize {
        let is_there = *value != Value::Null;
        self.defined.iter_mut().for_each(|defined| defined.push(is_there.into()));
        match (&mut self.values, value) {
            (Values::Integers(values), Value::Integer(number)) => values.push(*number),
            (Values::Integers(values), Value::Instant(at)) => values.push(at.as_microsecond()),
            (Values::Truths(values), Value::Truth(truth)) => values.push(*truth),
            (Values::Days(values), Value::Day(day)) => values.push(since_epoch(*day)),
            (Values::Texts(values), Value::Text(text)) => {
                values.push(ByteArray::from(text.as_bytes().to_vec()));
                return size_of::<ByteArray>() + text.len();
            }
            // Null; a test over the tables holds that a value is of its column's kind.
            _ => return size_of::<i16>(),
        }
        size_of::<i64>()
    }

    /// Writes the column's part of the group and begins the next.
    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let defined = self.defined.as_deref();
        match &mut self.values {
            Values::Integers(values) => {
                column.typed::<Int64Type>().write_batch(values, defined, None)?;
                values.clear();
            }
            Values::Truths(values) => {
                column.typed::<BoolType>().write_batch(values, defined, None)?;
                values.clear();
            }
            Values::Days(values) => {
                column.typed::<Int32Type>().write_batch(values, defined, None)?;
                values.clear();
            }
            Values::Texts(values) => {
                column.typed::<ByteArrayType>().write_batch(values, defined, None)?;
                values.clear();
            }
        }
        self.defined.iter_mut().for_each(Vec::clear);
        Ok(())
    }
}

/// Days since 1970-01-01, as Parquet has them.
fn since_epoch(day: Date) -> i32 {
    date(1970, 1, 1)
        .duration_until(day)
        .as_hours()
        .checked_div(24)
        .and_then(|days| days.try_into().ok())
        .unwrap_or(0)
}

fn schema(table: Table) -> Result<TypePtr, ParquetError> {
    let fields = table.columns().iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(table.name()).with_fields(fields).build()?;
    Ok(Arc::new(schema))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Integer => (Physical::INT64, None),
        Kind::Truth => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Instant => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
    };
    let repetition = if column.nullable { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(field))
}

fn unwritable(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// The file of a table.
#[cfg(test)]
fn file_of(folder: &Path, table: Table) -> PathBuf {
    folder.join(table.name()).join(format!("{}.parquet", table.name()))
}

/// All rows of a folder, for tests.
#[cfg(test)]
pub(super) fn dump(folder: &Path) -> String {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let mut text = String::new();
    for table in Table::ALL {
        let path = file_of(folder, table);
        let reader = SerializedFileReader::try_from(path.as_path()).expect("a Parquet file");
        text += &format!("{}\n", table.name());
        for row in reader.get_row_iter(None).expect("rows") {
            for (name, cell) in row.expect("a row").get_column_iter() {
                text += &format!("  {name}: {cell:?}\n");
            }
            text += "\n";
        }
    }
    text
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
fn bytes_of(path: &Path) -> Vec<u8> {
    fs::read(path).expect("the file is there")
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::report::samples::{fetched, hostile};

    fn written(documents: &[Judged], folder: &Path) -> Vec<Vec<u8>> {
        let mut report = open(View::Check, folder).expect("a folder");
        let mut summary = Summary::default();
        for judged in documents {
            summary.add(judged);
            report.document(judged).expect("it is written");
        }
        report.finish(&summary).expect("it is written");
        Table::ALL.map(|table| bytes_of(&file_of(folder, table))).to_vec()
    }

    #[test]
    fn the_same_documents_give_the_same_files() {
        let (one, other) = (tempfile::tempdir(), tempfile::tempdir());
        let (one, other) = (one.expect("a folder"), other.expect("a folder"));
        let documents = [hostile(), fetched()].concat();
        assert_eq!(written(&documents, one.path()), written(&documents, other.path()));
    }

    #[test]
    fn a_table_of_many_groups_has_all_its_rows() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut file = TableFile::new(Table::Documents, folder.path()).expect("a file");
        let text = "x".repeat(GROUP / 8);
        for id in 0..20_i64 {
            let mut row = vec![Value::Null; Table::Documents.columns().len()];
            row[0] = id.into();
            row[1] = 1_i64.into();
            for place in [2, 3, 5, 7] {
                row[place] = text.as_str().into();
            }
            file.add(&row).expect("it is written");
        }
        assert!(file.writer.flushed_row_groups().len() > 3);
        file.finish().expect("it is written");
        let path = file_of(folder.path(), Table::Documents);
        file.appear().expect("it is there");
        let reader = SerializedFileReader::try_from(path.as_path()).expect("a Parquet file");
        assert_eq!(reader.metadata().file_metadata().num_rows(), 20);
    }

    #[test]
    fn days_count_from_1970() {
        for (day, days) in
            [(date(1970, 1, 2), 1), (date(1969, 12, 31), -1), (date(2018, 5, 25), 17_676)]
        {
            assert_eq!(since_epoch(day), days);
        }
    }

    #[test]
    fn what_a_killed_run_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = fresh::beside(&folder.path().join("x")).expect("a file");
        let (_, _left) = left.keep().expect("it stays");
        written(&hostile(), folder.path());
        assert!(open(View::Check, folder.path()).is_err(), "it holds a run");
    }

    #[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
    #[test]
    fn a_run_that_is_broken_off_leaves_no_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut report = open(View::Check, folder.path()).expect("a folder");
        report.document(&hostile()[0]).expect("it is written");
        drop(report);
        let left = folder.path().read_dir().expect("the folder").count();
        assert_eq!(left, 0);
    }
}
