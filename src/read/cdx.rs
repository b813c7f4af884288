//! CDX and CDXJ: an index of web archives that stand beside it, whose records are read each by itself,
//! so that of a large archive only what is asked for is looked at.
//!
//! A row only leads to a record: the address and the time of that are its own. A row that leads to
//! none, or to that of another address, is told.

use std::collections::VecDeque;
use std::io::{BufRead, Read};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::records::Known;
use super::warc::{Making, Other};
use super::{Documents, InputFormat, Options, ReadError, Source, local};
use crate::decode::warc::{self, Place, Reader, Shape, Stored};
use crate::model::{Document, PartialDate};

/// Indexes of web archives: known by their first bytes, and not looked for in directories, where
/// their archives stand beside them.
pub(super) const FORMAT: InputFormat = InputFormat {
    name: "cdx",
    help: "an index of web archives that stand beside it (CDX, CDXJ), for --records",
    endings: &[],
    open: |source, options| Box::new(Rows::new(source, options)) as Documents,
};

const HELP: &str =
    "make the index anew (`cdxj-indexer FILE.warc.gz`), or name the archives themselves";

/// The longest row that is read, in bytes.
const LONGEST_ROW: u64 = 1 << 20;

/// How many rows that lead to nothing are told one by one.
const TOLD: usize = 20;

/// The fields of CDX where no first line names them.
const USUAL: &str = "N b a m s k r M S V g";

/// Whether a file begins as an index does: with the names of its fields, or a row of JSON.
pub(super) fn begins(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    head.starts_with(b" CDX ")
        || std::str::from_utf8(line).is_ok_and(|line| Row::of_json(line).is_some())
}

/// A row, as far as it leads to a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    url: String,
    captured: Option<PartialDate>,
    media: Option<String>,
    status: Option<u16>,
    offset: u64,
    file: String,
}

/// The JSON of a row; numbers are often written as text.
#[derive(Deserialize)]
struct Members {
    url: String,
    mime: Option<String>,
    status: Option<Value>,
    offset: Value,
    filename: String,
}

fn number<T: std::str::FromStr>(value: &Value) -> Option<T> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.to_string().parse().ok(),
    }
}

impl Row {
    /// `key time {"url": …}`.
    fn of_json(line: &str) -> Option<Self> {
        let (_, rest) = line.split_once(' ')?;
        let (time, json) = rest.split_once(' ')?;
        let members: Members = serde_json::from_str(json.trim()).ok()?;
        Some(Self {
            captured: warc::date(time),
            status: members.status.as_ref().and_then(number),
            media: members.mime,
            offset: number(&members.offset)?,
            file: members.filename,
            url: members.url,
        })
    }

    /// Fields between blanks, in the order that the letters name.
    fn of_fields(line: &str, letters: &str) -> Option<Self> {
        let values: Vec<&str> = line.split(' ').collect();
        let of = |letter: &str| {
            let place = letters.split(' ').position(|name| name == letter)?;
            values.get(place).copied().filter(|value| *value != "-")
        };
        Some(Self {
            url: of("a")?.to_owned(),
            captured: of("b").and_then(warc::date),
            media: of("m").map(str::to_owned),
            status: of("s").and_then(|status| status.parse().ok()),
            offset: of("V")?.parse().ok()?,
            file: of("g")?.to_owned(),
        })
    }

    /// Whether its record may be asked for. What a revisit is of is known only from its record.
    fn may_be_taken(&self, options: &Options) -> bool {
        let is_revisit = self.media.as_deref() == Some("warc/revisit");
        let known = Known {
            url: &self.url,
            captured: self.captured,
            media: self.media.as_deref().filter(|_| !is_revisit),
            status: self.status.filter(|_| !is_revisit),
        };
        options.records.takes(&known)
    }
}

/// The documents that the rows of an index lead to.
struct Rows {
    source: Source,
    options: Options,
    letters: String,
    line: usize,
    ended: bool,
    /// The archive that the last row led to, and its shape.
    archive: Option<(String, Shape)>,
    ready: VecDeque<Result<Document, ReadError>>,
    bad: usize,
}

impl Rows {
    fn new(source: Source, options: &Options) -> Self {
        Self {
            source,
            options: options.clone(),
            letters: USUAL.to_owned(),
            line: 0,
            ended: false,
            archive: None,
            ready: VecDeque::new(),
            bad: 0,
        }
    }

    fn take(&mut self, line: &str) {
        if let Some(letters) = line.strip_prefix(" CDX ") {
            letters.trim_end().clone_into(&mut self.letters);
            return;
        }
        // Lines of other files about an index begin so.
        if line.trim().is_empty() || line.starts_with('!') {
            return;
        }
        let row = Row::of_json(line).or_else(|| Row::of_fields(line, &self.letters));
        let done = match row {
            None => Err("it leads to no record".to_owned()),
            Some(row) if !row.may_be_taken(&self.options) => {
                self.options.tally.pass_over(Other::NotAskedFor);
                Ok(())
            }
            Some(row) => self.follow(&row),
        };
        if let Err(problem) = done {
            self.bad += 1;
            if self.bad <= TOLD {
                let error = ReadError::new(&self.source.name, problem, HELP).on_line(self.line);
                self.ready.push_back(Err(error));
            }
        }
    }

    /// Reads the record that a row leads to.
    fn follow(&mut self, row: &Row) -> Result<(), String> {
        let name = Path::new(&row.file).file_name().ok_or("it names no file")?;
        let beside = Path::new(&self.source.name).with_file_name(name);
        let file = beside.to_string_lossy().into_owned();
        let missing = || format!("there is no {file}, which it leads to");
        if self.archive.as_ref().is_none_or(|(known, _)| *known != file) {
            let reader = local::open_at(&file, 0, &self.options).ok_or_else(missing)?;
            let mut reader = Reader::new(reader).map_err(|error| error.to_string())?;
            reader.read().map_err(|error| error.to_string())?;
            self.archive = Some((file.clone(), reader.shape()));
        }
        let Some((_, shape)) = &self.archive else { return Ok(()) };
        let reader = local::open_at(&file, row.offset, &self.options).ok_or_else(missing)?;
        let place = Place { member: row.offset, within: 0 };
        let missing = || format!("no record begins at byte {} of {file}", row.offset);
        let stored = warc::read_again(reader, place, shape).ok_or_else(missing)?;
        if !is_about(&stored, &row.url) {
            let target = stored.record.target().unwrap_or("nothing").to_owned();
            return Err(format!("it leads to a record of {target}, not of {}", row.url));
        }
        let making = Making::new(file, &self.options);
        making.take(&stored, shape, &mut self.ready);
        Ok(())
    }
}

/// Whether a record is about an address, however that is spelt.
fn is_about(stored: &Stored, url: &str) -> bool {
    let target = stored.record.target().unwrap_or_default();
    let parsed = |text: &str| Url::parse(text).ok();
    target == url || parsed(target).is_some_and(|target| Some(target) == parsed(url))
}

impl Iterator for Rows {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.ended {
                return None;
            }
            self.line += 1;
            let mut line = Vec::new();
            let read = self.source.reader.by_ref().take(LONGEST_ROW).read_until(b'\n', &mut line);
            match read {
                Ok(0) => {
                    self.ended = true;
                    if self.bad > TOLD {
                        let more = self.bad - TOLD;
                        let problem = format!("{more} more of its rows lead to no record");
                        let error = ReadError::new(&self.source.name, problem, HELP);
                        self.ready.push_back(Err(error));
                    }
                }
                Ok(_) => self.take(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n'])),
                Err(error) => {
                    self.ended = true;
                    let error = local::unreadable(&self.source.name, &error);
                    self.ready.push_back(Err(error.on_line(self.line)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_both_kinds_lead_to_records() {
        let row = Row {
            url: "http://e.com/a".into(),
            captured: "2018-05-25T12:00:00Z".parse().ok(),
            media: Some("text/html".into()),
            status: Some(200),
            offset: 17,
            file: "a.warc.gz".into(),
        };
        let json = r#"com,e)/a 20180525120000 {"url": "http://e.com/a", "mime": "text/html", "status": "200", "offset": "17", "filename": "a.warc.gz"}"#;
        let numbers = json.replace("\"200\"", "200").replace("\"17\"", "17");
        assert_eq!(Row::of_json(json).as_ref(), Some(&row));
        assert_eq!(Row::of_json(&numbers).as_ref(), Some(&row));
        let eleven = "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM - - 9 17 a.warc.gz";
        assert_eq!(Row::of_fields(eleven, USUAL).as_ref(), Some(&row));
        let nine = "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM - 17 a.warc.gz";
        assert_eq!(Row::of_fields(nine, "N b a m s k r V g").as_ref(), Some(&row));
        let long = json.replace("20180525120000", "20180525120000123");
        assert_eq!(Row::of_json(&long).as_ref(), Some(&row));
        assert_eq!(Row::of_json("com,e)/a 20180525120000 {}"), None);
        assert_eq!(Row::of_fields("a b", USUAL), None);
        assert!(begins(json.as_bytes()) && begins(b" CDX N b a m s k r M S V g\n"));
        assert!(!begins(b"CDX is a format") && !begins(b"{\"url\": \"x\"}"));
    }
}
