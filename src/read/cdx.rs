//! CDX and CDXJ: an index of web archives that stand beside it, whose records are read each by itself,
//! so that of a large archive only what is asked for is looked at.
//!
//! A row only leads to a record: the address and the time of that are its own. A row that leads to
//! none, or to that of another address, is told.

use std::collections::VecDeque;
use std::io::{BufRead, Read};
use std::path::Path;

use url::Url;

use super::records::Known;
use super::warc::{Making, Other};
use super::{Documents, InputFormat, Options, ReadError, Source, local};
use crate::decode::cdx::Row;
use crate::decode::warc::{self, Place, Reader, Shape, Stored};
use crate::model::Document;

/// Indexes of web archives: known by their first bytes, and not looked for in directories, where
/// their archives stand beside them.
pub(super) const FORMAT: InputFormat = InputFormat {
    name: "cdx",
    help: "an index of web archives that stand beside it (CDX, CDXJ), for --records",
    endings: &[],
    open: |source, options| Box::new(Rows::new(source, options)) as Documents,
    unread: None,
};

const HELP: &str =
    "make the index anew (`cdxj-indexer FILE.warc.gz`), or name the archives themselves";

/// The longest row that is read, in bytes.
const LONGEST_ROW: u64 = 1 << 20;

/// How many rows that lead to nothing are told one by one.
const TOLD: usize = 20;

/// Whether a file begins as an index does: with the names of its fields, or a row of JSON.
pub(super) fn begins(head: &[u8]) -> bool {
    if head.starts_with(b" CDX ") {
        return true;
    }
    // No key of a row begins as markup does, of which a line may be all there is.
    let end = memchr::memchr(b'\n', head).unwrap_or(head.len());
    let line = head.get(..end).filter(|line| !line.starts_with(b"<")).map(str::from_utf8);
    let row = line.and_then(Result::ok).and_then(Row::of_json);
    row.is_some_and(|row| row.place.is_some())
}

/// Whether the record of a row may be asked for. What a revisit is of is known only from its record.
fn may_be_taken(row: &Row, options: &Options) -> bool {
    let is_revisit = row.media.as_deref() == Some("warc/revisit");
    let known = Known {
        url: &row.url,
        captured: row.captured,
        media: row.media.as_deref().filter(|_| !is_revisit),
        status: row.status.filter(|_| !is_revisit),
    };
    options.records.takes(&known)
}

/// The documents that the rows of an index lead to.
struct Rows {
    source: Source,
    options: Options,
    /// The fields of its rows, where a line names them.
    letters: Option<String>,
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
            letters: None,
            line: 0,
            ended: false,
            archive: None,
            ready: VecDeque::new(),
            bad: 0,
        }
    }

    fn take(&mut self, line: &str) {
        if let Some(letters) = line.strip_prefix(" CDX ") {
            self.letters = Some(letters.trim_end().to_owned());
            return;
        }
        // Lines of other files about an index begin so.
        if line.trim().is_empty() || line.starts_with('!') {
            return;
        }
        let row = Row::of_json(line).or_else(|| Row::of_fields(line, self.letters.as_deref()));
        let done = match row {
            None => Err("it leads to no record".to_owned()),
            Some(row) if !may_be_taken(&row, &self.options) => {
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
        let (offset, file) = row.place.as_ref().ok_or("it leads to no record")?;
        let name = Path::new(file).file_name().ok_or("it names no file")?;
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
        let reader = local::open_at(&file, *offset, &self.options).ok_or_else(missing)?;
        let place = Place { member: *offset, within: 0 };
        let missing = || format!("no record begins at byte {offset} of {file}");
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
    fn an_index_is_known_by_its_first_line() {
        let row =
            br#"com,e)/a 20180525120000 {"url": "http://e.com/a", "offset": 1, "filename": "a"}"#;
        assert!(begins(row) && begins(b" CDX N b a m s k r M S V g\n"));
        assert!(!begins(b"CDX is a format") && !begins(b"{\"url\": \"x\"}"));
    }
}
