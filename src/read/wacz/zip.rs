//! Zip: what a ZIP file holds, by its central directory.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::super::{Options, local};
use crate::decode::office::DEFLATED;

/// How many files of a collection are read.
const MOST: usize = 100_000;

/// A file inside.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(crate) name: String,
    /// Where its bytes begin.
    pub(crate) start: u64,
    /// How many bytes it takes in the ZIP file.
    length: u64,
    /// Whether it stands there as it is.
    pub(crate) is_stored: bool,
    pub(crate) crc: u32,
}

/// The files of a collection, and what is wrong with others.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(crate) archives: Vec<Part>,
    pub(crate) pages: Vec<Part>,
    pub(crate) package: Option<Part>,
    pub(crate) digest: Option<Part>,
    pub(crate) problems: Vec<String>,
}

/// Reads the table at the end of a ZIP file.
pub(super) fn contents(mut file: BufReader<File>) -> Result<Contents, String> {
    let counted = counted(&mut file).map_err(|error| error.to_string())?;
    let zip = ZipArchive::new(&mut file).map_err(|error| error.to_string())?;
    let mut contents = Contents::default();
    let again = counted.unwrap_or(0).saturating_sub(zip.len());
    let mut parts = Vec::new();
    let mut refused = 0_usize;
    for number in 0..zip.len().min(MOST) {
        let entry = zip.by_index_data(number).map_err(|error| error.to_string())?;
        let name = entry.name().ok().map(std::borrow::Cow::into_owned);
        let Some(name) = name.filter(|name| is_plain(name)) else {
            refused += 1;
            continue;
        };
        if !is_wanted(&name) {
            continue;
        }
        if entry.is_symlink() || entry.encrypted() {
            refused += 1;
            continue;
        }
        let method = entry.compression();
        let is_stored = method == CompressionMethod::Stored;
        if !is_stored && method != DEFLATED {
            contents
                .problems
                .push(format!("{name} is compressed by a method that is not read here"));
            continue;
        }
        let (start, length) = (entry.header_start(), entry.compressed_size());
        parts.push(Part { name, start, length, is_stored, crc: entry.crc32() });
    }
    for (number, what) in [
        (refused, "refused: a name that leads outside, a link, or encrypted"),
        (again, "left out: the last of each name is read"),
        (zip.len().saturating_sub(MOST), "left out: there are too many"),
    ] {
        if number > 0 {
            contents.problems.push(format!("of its files {number} are {what}"));
        }
    }
    drop(zip);
    contents.sort(&mut file, parts).map_err(|error| error.to_string())?;
    Ok(contents)
}

/// How many files the end of the table counts; a library that tells them by their names does not say
/// where two have one.
fn counted(file: &mut BufReader<File>) -> io::Result<Option<usize>> {
    const LONGEST_END: u64 = 22 + 65_535;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_END)))?;
    let mut bytes = Vec::new();
    file.by_ref().take(LONGEST_END).read_to_end(&mut bytes)?;
    let end = memchr::memmem::rfind(&bytes, b"PK\x05\x06");
    let count = end.and_then(|end| bytes.get(end + 10..end + 12)?.try_into().ok());
    // Where there are more, another count stands elsewhere (ZIP64).
    Ok(count.map(u16::from_le_bytes).filter(|&count| count != u16::MAX).map(usize::from))
}

impl Contents {
    /// Finds where the bytes of each file begin, and sets apart those that would be read twice.
    fn sort(&mut self, file: &mut BufReader<File>, mut parts: Vec<Part>) -> io::Result<()> {
        let order: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
        parts.sort_by_key(|part| part.start);
        let (mut end, mut overlapping) = (0, 0_usize);
        for mut part in parts {
            let header = part.start;
            match bytes_behind(file, header)? {
                Some(start) if header >= end => part.start = start,
                Some(_) => {
                    overlapping += 1;
                    continue;
                }
                None => {
                    self.problems
                        .push(format!("{} does not stand where the table says", part.name));
                    continue;
                }
            }
            end = part.start.saturating_add(part.length);
            match &*part.name {
                "datapackage.json" => self.package = Some(part),
                "datapackage-digest.json" => self.digest = Some(part),
                name if name.starts_with("pages/") => self.pages.push(part),
                _ => self.archives.push(part),
            }
        }
        if overlapping > 0 {
            self.problems.push(format!(
                "of its files {overlapping} stand where others do, and are left out"
            ));
        }
        let place = |part: &Part| order.iter().position(|name| *name == part.name);
        self.archives.sort_by_cached_key(place);
        Ok(())
    }
}

/// A file inside, unpacked.
pub(super) fn open(
    input: &str,
    part: &Part,
    options: &Options,
) -> Result<Box<dyn Read + Send>, String> {
    let file = local::open_at(input, part.start, options).ok_or("it cannot be opened again")?;
    let bytes = file.take(part.length);
    Ok(if part.is_stored { Box::new(bytes) } else { Box::new(DeflateDecoder::new(bytes)) })
}

/// Where the bytes behind a local header begin (APPNOTE, section 4.3.7).
fn bytes_behind(file: &mut BufReader<File>, header: u64) -> io::Result<Option<u64>> {
    const LENGTH: usize = 30;
    file.seek(SeekFrom::Start(header))?;
    let mut bytes = Vec::new();
    file.by_ref().take(LENGTH as u64).read_to_end(&mut bytes)?;
    let number = |at: usize| bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes);
    let lengths = number(26).zip(number(28)).filter(|_| bytes.starts_with(b"PK\x03\x04"));
    Ok(lengths.map(|(name, extra)| header + LENGTH as u64 + u64::from(name) + u64::from(extra)))
}

/// Whether a name stays inside.
fn is_plain(name: &str) -> bool {
    let has_colon = name.get(1..2) == Some(":");
    !name.starts_with('/')
        && !has_colon
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| part != "..")
}

fn is_wanted(name: &str) -> bool {
    let ends =
        |endings: &[&str]| endings.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    matches!(name, "datapackage.json" | "datapackage-digest.json")
        || (name.starts_with("pages/") && ends(&[".jsonl"]))
        || (name.starts_with("archive/")
            && ends(&[".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz"]))
}
