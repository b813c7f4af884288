//! JSON Lines: one document a row, streamed, so that memory does not grow with the file.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{InputFormat, ReadError, Source, Unread, Unreads, each, local};
use crate::decode::{packed, warc};
use crate::model::{Document, Media, PartialDate, Visited};

/// JSON Lines.
pub(super) const FORMAT: InputFormat = InputFormat {
    name: "jsonl",
    help: "JSON Lines: a document a row, {\"id\", \"text\"|\"html\"|\"markdown\", \"url\", \"date\", \"captured\"}",
    endings: &["jsonl", "ndjson", "jsonl.gz", "ndjson.gz", "jsonl.zst", "ndjson.zst"],
    open: |source, _| each(unread(source)),
    unread: Some(unread),
};

fn unread(Source { name, reader }: Source) -> Unreads {
    match packed::unpacked(reader) {
        Ok(reader) => Box::new(Rows { source: Source { name, reader }, line: 0, ended: false }),
        Err(error) => Box::new(std::iter::once(Err(local::unreadable(&name, &error)))),
    }
}

/// The longest row that is read, in bytes: a guard against a file that is no JSON Lines at all.
const LONGEST_ROW: u64 = 256 * 1024 * 1024;

/// What a row calls its document's text, and what may stand before it.
const TEXTS: [&str; 3] = ["text", "html", "markdown"];
const BEFORE: [&str; 5] = ["id", "url", "date", "captured", "outcomes"];

/// Whether bytes begin as a row: a whole object on the first line, with a text; or where the first line
/// is not whole in them, an object whose first member is one of a row.
pub(super) fn begins(head: &[u8]) -> bool {
    let Some(start) = head.trim_ascii_start().strip_prefix(b"{") else { return false };
    match memchr::memchr(b'\n', head.trim_ascii_start()) {
        Some(end) => is_row(head.trim_ascii_start().get(..end).unwrap_or_default()),
        None => is_row(head) || is_cut_row(start),
    }
}

fn is_row(line: &[u8]) -> bool {
    let is_row = |row: Row| row.text.or(row.html).or(row.markdown).is_some();
    serde_json::from_slice(line).is_ok_and(is_row)
}

fn is_cut_row(members: &[u8]) -> bool {
    let names = TEXTS.iter().chain(&BEFORE);
    let Some(name) = members.trim_ascii_start().strip_prefix(b"\"") else { return false };
    names
        .filter_map(|it| name.strip_prefix(it.as_bytes())?.strip_prefix(b"\""))
        .any(|rest| rest.trim_ascii_start().first() == Some(&b':'))
}

/// A row as it is written; other members are let pass.
#[derive(Deserialize)]
struct Row {
    id: Option<Value>,
    text: Option<String>,
    html: Option<String>,
    markdown: Option<String>,
    url: Option<String>,
    date: Option<String>,
    captured: Option<String>,
    outcomes: Option<Vec<Visited>>,
}

/// What a row that is no good may still say.
#[derive(Deserialize)]
struct Named {
    id: Option<Value>,
}

struct Rows {
    source: Source,
    line: usize,
    ended: bool,
}

impl Iterator for Rows {
    type Item = Result<Unread, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut row = Vec::new();
            self.line += 1;
            match self.read_line(&mut row) {
                Ok(0) => self.ended = true,
                Ok(_) if row.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let line = self.line;
                    let make = move |input: String, row: Vec<u8>| document(&input, line, &row);
                    return Some(Ok(Unread::new(self.source.name.clone(), row, make)));
                }
                Err(error) => {
                    self.ended = true;
                    let error = local::unreadable(&self.source.name, &error);
                    return Some(Err(error.on_line(self.line)));
                }
            }
        }
        None
    }
}

impl Rows {
    fn read_line(&mut self, row: &mut Vec<u8>) -> io::Result<usize> {
        let read = self.source.reader.by_ref().take(LONGEST_ROW).read_until(b'\n', row)?;
        if read as u64 == LONGEST_ROW && row.last() != Some(&b'\n') {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("the line is longer than {LONGEST_ROW} bytes"),
            ));
        }
        Ok(read)
    }
}

/// The document that a row is.
fn document(input: &str, line: usize, row: &[u8]) -> Result<Document, ReadError> {
    let bad = |problem: String| {
        ReadError::new(input, problem, format!("a row looks like {}", FORMAT.help)).on_line(line)
    };
    // A byte order mark may stand before the first row.
    let row = row.strip_prefix(b"\xEF\xBB\xBF").filter(|_| line == 1).unwrap_or(row);
    let row: Row = serde_json::from_slice(row.trim_ascii()).map_err(|error| {
        let id = serde_json::from_slice::<Named>(row.trim_ascii()).ok().and_then(|row| row.id);
        ReadError { id: id.and_then(name), ..bad(format!("not a row: {}", problem(&error))) }
    })?;
    let id = row.id.clone().and_then(name);
    filled(input, row).map_err(|problem| ReadError { id, ..bad(format!("not a row: {problem}")) })
}

fn filled(input: &str, row: Row) -> Result<Document, String> {
    let (media, text) = match (row.text, row.html, row.markdown) {
        (Some(text), None, None) => (Media::Text, text),
        (None, Some(html), None) => (Media::Html, html),
        (None, None, Some(markdown)) => (Media::Markdown, markdown),
        (None, None, None) => return Err("it has none of `text`, `html`, `markdown`".into()),
        _ => return Err("it has more than one of `text`, `html`, `markdown`".into()),
    };
    let mut document = Document::new(input, media, text);
    document.id = row.id.and_then(name);
    document.outcomes = row.outcomes;
    document.url = given(row.url)
        .map(|url| Url::parse(&url).map_err(|error| format!("`url` is no address: {error}")))
        .transpose()?;
    document.stated_date = given(row.date).map(|date| date.parse::<PartialDate>()).transpose()?;
    document.captured = given(row.captured)
        .map(|at| warc::date(&at).ok_or_else(|| format!("`captured` is no time: `{at}`")))
        .transpose()?;
    Ok(document)
}

/// What is wrong with a row, said without the line, which would be the first of every row.
fn problem(error: &serde_json::Error) -> String {
    error.to_string().replace(&format!(" at line {} column", error.line()), " at column")
}

/// An empty string says as little as a missing member.
fn given(member: Option<String>) -> Option<String> {
    member.filter(|text| !text.trim().is_empty())
}

fn name(id: Value) -> Option<String> {
    match id {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &'static str) -> Vec<Result<Document, ReadError>> {
        let source = Source { name: "rows.jsonl".into(), reader: Box::new(text.as_bytes()) };
        each(Box::new(Rows { source, line: 0, ended: false })).collect()
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_row() {
        let rows = rows(
            "\u{feff}{\"id\": 1, \"text\": \"x\"}\r\n\u{feff}{\"id\": 2, \"text\": \"y\"}\r\n",
        );
        assert_eq!(rows[0].as_ref().map(|document| document.text.as_str()).ok(), Some("x"));
        let problem = rows[1].as_ref().expect_err("a mark in the middle").to_string();
        assert!(problem.contains("rows.jsonl:2") && problem.ends_with("at column 1"), "{problem}");
    }

    #[test]
    fn a_row_is_a_document() {
        let rows = rows(
            "{\"id\": 7, \"html\": \"<p>\", \"url\": \"https://example.org/a\", \"date\": \"2018-05-25\", \"captured\": \"2019-01-01T00:00:00Z\"}\n\n{\"text\": \"x\"}",
        );
        let first = rows[0].as_ref().expect("a good row");
        assert_eq!(first.name(), "rows.jsonl#7");
        assert_eq!(first.media, Media::Html);
        assert_eq!(first.stated_date, PartialDate::day(2018, 5, 25));
        assert_eq!(
            first.captured.map(|at| at.to_string()).as_deref(),
            Some("2019-01-01T00:00:00Z")
        );
        assert_eq!(rows[1].as_ref().expect("a good row").text, "x");
    }

    #[test]
    fn a_bad_row_costs_only_itself_and_is_named_by_its_line() {
        let rows = rows(
            "{\"text\": \"a\"}\nnonsense\n{\"id\": 1}\n{\"text\": 1}\n{\"text\": \"b\", \"date\": \"soon\"}\n{\"text\": \"c\"}",
        );
        let lines: Vec<Option<usize>> =
            rows.iter().map(|row| row.as_ref().err().and_then(|error| error.line)).collect();
        assert_eq!(lines, [None, Some(2), Some(3), Some(4), Some(5), None]);
    }

    #[test]
    fn packed_rows_are_read() {
        use std::io::Write;
        let rows = b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n";
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let gzip = gzip.write_all(rows).and_then(|()| gzip.finish()).expect("memory");
        let zstd = zstd::encode_all(&rows[..], 1).expect("memory");
        let read = |bytes: Vec<u8>| {
            let source = Source { name: "-".into(), reader: Box::new(io::Cursor::new(bytes)) };
            let rows = (FORMAT.open)(source, &crate::read::Options::default());
            rows.map(|row| row.map_or("!".to_owned(), |row| row.text)).collect::<String>()
        };
        assert_eq!(read(rows.to_vec()), "ab");
        assert_eq!(read(gzip.repeat(2)), "abab");
        assert_eq!(read(zstd), "ab");
        assert_eq!(read(gzip[..gzip.len() - 9].to_vec()).chars().last(), Some('!'));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_to_the_end(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let source = Source { name: "-".into(), reader: Box::new(io::Cursor::new(bytes.clone())) };
            let lines = bytes.split(|&byte| byte == b'\n').count();
            let rows = Rows { source, line: 0, ended: false };
            proptest::prop_assert!(rows.count() <= lines);
        }
    }
}
