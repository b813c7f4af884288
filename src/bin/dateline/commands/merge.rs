//! Rows of what was tried again, put where those stood that told of the failures.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

use dateline::model::{ArchiveRecord, Level};
use dateline::report::Summary;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What of a row tells which document it is of, and what it comes to.
#[derive(Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub(super) input: Cow<'a, str>,
    pub(super) now: Option<jiff::Timestamp>,
    #[serde(borrow)]
    pub(super) document: Option<Document<'a>>,
    pub(super) failed: Option<Failure>,
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    links: Vec<Link>,
}

/// What a row calls its document.
#[derive(Deserialize)]
pub(super) struct Document<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Cow<'a, str>>,
    pub(super) record: Option<ArchiveRecord>,
}

/// What could not be read.
#[derive(Deserialize)]
pub(super) struct Failure {
    pub(super) line: Option<usize>,
}

#[derive(Deserialize)]
struct Finding {
    level: Level,
}

#[derive(Deserialize)]
struct Link {
    status: Option<LinkStatus>,
}

#[derive(Deserialize)]
struct LinkStatus {
    verdict: String,
}

impl<'a> Line<'a> {
    pub(super) fn read(line: &'a [u8]) -> Result<Self, String> {
        let row: Self = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        if row.document.is_none() && row.failed.is_none() {
            return Err("it is no row of `dateline check`".to_owned());
        }
        Ok(row)
    }

    pub(super) fn count(&self, summary: &mut Summary) {
        summary.documents += usize::from(self.document.is_some());
        summary.unreadable += usize::from(self.failed.is_some());
        for finding in &self.findings {
            summary.add_level(finding.level);
        }
        let verdicts = self.links.iter().filter_map(|link| link.status.as_ref());
        summary.unfetched += verdicts.filter(|status| status.verdict == "offline").count();
    }
}

/// Which input a row is of, and whether it tells of a failure.
#[derive(Deserialize)]
struct Head {
    input: String,
    failed: Option<IgnoredAny>,
}

impl Head {
    fn read(line: &[u8]) -> io::Result<Self> {
        serde_json::from_slice(line).map_err(io::Error::from)
    }
}

/// Writes the old rows with new ones in the places of those that tell of failures in `retried` inputs.
/// Both come in the order of the inputs, but an input may stand in one alone. Each failure in an input
/// gave one new row, but the last of its rows: what ended the reading may now give any number. New
/// rows of other inputs come behind all.
pub(super) fn merge(
    mut old: impl BufRead,
    new: impl Read + Seek,
    retried: &HashSet<String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut new = BufReader::new(new);
    let mut places: HashMap<String, VecDeque<(u64, usize)>> = HashMap::new();
    let mut others = Vec::new();
    let (mut line, mut at) = (Vec::new(), 0);
    while next(&mut new, &mut line)? {
        let Head { input, .. } = Head::read(&line)?;
        let place = (at, line.len());
        at += line.len() as u64;
        if retried.contains(&input) {
            places.entry(input).or_default().push_back(place);
        } else {
            others.push(place);
        }
    }
    let mut ahead = Vec::new();
    let mut is_more = next(&mut old, &mut line)?;
    while is_more {
        is_more = next(&mut old, &mut ahead)?;
        let Head { input, failed } = Head::read(&line)?;
        let is_last = !is_more || Head::read(&ahead)?.input != input;
        let mut none = VecDeque::new();
        let queue = places.get_mut(&input).unwrap_or(&mut none);
        match failed.and_then(|_| queue.pop_front()) {
            Some(place) => copy(&mut new, place, out)?,
            None => out.write_all(&line)?,
        }
        if is_last {
            for place in queue.drain(..) {
                copy(&mut new, place, out)?;
            }
        }
        std::mem::swap(&mut line, &mut ahead);
    }
    // Nothing is lost of an input that the old rows do not have.
    let mut rest: Vec<_> = places.into_values().flatten().chain(others).collect();
    rest.sort_unstable();
    rest.into_iter().try_for_each(|place| copy(&mut new, place, out))
}

fn next(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    reader.read_until(b'\n', line).map(|read| read > 0)
}

fn copy(
    from: &mut BufReader<impl Read + Seek>,
    (at, length): (u64, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    from.seek(SeekFrom::Start(at))?;
    io::copy(&mut from.by_ref().take(length as u64), out).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<u8> {
        let row = |word: &str| {
            let (input, what) = word.split_once(':').expect("an input and what it holds");
            match what.strip_prefix('!') {
                Some(id) => format!("{{\"input\":\"{input}\",\"failed\":{{\"id\":\"{id}\"}}}}\n"),
                None => format!("{{\"input\":\"{input}\",\"document\":{{\"id\":\"{what}\"}}}}\n"),
            }
        };
        text.split(' ').filter(|word| !word.is_empty()).map(row).collect::<String>().into_bytes()
    }

    #[test]
    fn new_rows_stand_where_the_failures_were() {
        for (old, new, merged) in [
            ("a:1 a:!2 a:3 b:1", "a:2", "a:1 a:2 a:3 b:1"),
            ("a:1 a:!2 a:3 b:!1 c:1", "a:!2 b:1", "a:1 a:!2 a:3 b:1 c:1"),
            // What ended the reading of `a` gives all that stood behind it.
            ("a:1 a:!2 b:1", "a:2 a:3 a:4 c:1", "a:1 a:2 a:3 a:4 b:1 c:1"),
            ("a:!1 a:2", "a:1 a:3 b:1", "a:1 a:2 a:3 b:1"),
            // Nothing of `a` was tried in the time there was.
            ("a:!1 b:!1", "b:1", "a:!1 b:1"),
            ("", "a:1", "a:1"),
        ] {
            let retried = ["a", "b"].map(str::to_owned).into();
            let mut out = Vec::new();
            merge(&*rows(old), io::Cursor::new(rows(new)), &retried, &mut out).expect("memory");
            let (out, wanted) = (String::from_utf8(out), String::from_utf8(rows(merged)));
            assert_eq!(out, wanted, "{old} and {new}");
        }
    }
}
