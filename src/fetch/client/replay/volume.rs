//! Volume: a file of records, read once from its beginning and then record by record.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::decode::warc::{Damage, Found, Place, Reader, Shape, Stored, read_again};
use crate::fetch::state::lock;

/// A file of records, any of which can be read again.
pub(super) struct Volume {
    file: Mutex<File>,
    shape: Shape,
}

impl Volume {
    /// Opens a file and notes each of its records; gives what is wrong with it, a sentence for each
    /// place.
    ///
    /// # Errors
    ///
    /// It cannot be read, or holds no record of a web archive.
    pub(super) fn open(
        Volumable { path, mut file }: Volumable,
        mut note: impl FnMut(&Stored),
    ) -> io::Result<(Self, Vec<String>)> {
        if shares_members(&mut file)? {
            // Each record would cost reading all before it, so that they are unpacked once.
            if let Ok(whole) = unpacked(&file) {
                file = whole;
            }
        }
        file.rewind()?;
        let mut reader = Reader::new(BufReader::new(file.try_clone()?))?;
        let mut damage = Vec::new();
        while let Some(found) = reader.read()? {
            match found {
                Found::Record(stored) => note(&stored),
                Found::Damage(found) => damage.push(damaged(&path, &found)),
            }
        }
        if reader.records() == 0 && !damage.is_empty() {
            return Err(invalid(NO_ARCHIVE));
        }
        Ok((Self { shape: reader.shape(), file: Mutex::new(file) }, damage))
    }

    /// The record that was found at a place.
    pub(super) fn read(&self, place: Place) -> Option<Stored> {
        let mut file = lock(&self.file);
        file.seek(SeekFrom::Start(place.member)).ok()?;
        read_again(BufReader::new(&*file), place, &self.shape)
    }
}

/// A file of records that has not been read yet.
pub(super) struct Volumable {
    /// What it is called: inside a collection, with the collection's name before its own.
    path: PathBuf,
    file: File,
}

/// The files of records that a file is or, as a collection of archives (WACZ), holds; and what of
/// them cannot be read.
///
/// # Errors
///
/// It cannot be read, or is a ZIP file that holds none.
#[expect(clippy::disallowed_methods, reason = "a recording is a file of this stage")]
pub(super) fn volumes(path: &Path) -> io::Result<(Vec<Volumable>, Vec<String>)> {
    let mut file = File::open(path)?;
    if !begins_zip(&mut file)? {
        return Ok((vec![Volumable { path: path.to_owned(), file }], Vec::new()));
    }
    let mut zip = zip::ZipArchive::new(BufReader::new(file))?;
    let (mut volumes, mut problems) = (Vec::new(), Vec::new());
    for number in 0..zip.len() {
        let Some(Ok(name)) = zip.name_for_index(number) else { continue };
        let name = name.into_owned();
        if !name.starts_with(ARCHIVES) || name.ends_with('/') {
            continue;
        }
        let path = path.join(&name);
        match zip.by_index(number).map_err(io::Error::other).and_then(kept) {
            Ok(file) => volumes.push(Volumable { path, file }),
            Err(error) => problems.push(format!("{} cannot be read: {error}", path.display())),
        }
    }
    if volumes.is_empty() {
        let more = problems.first().map_or_else(String::new, |problem| format!(" ({problem})"));
        return Err(invalid(&format!("{NO_COLLECTION}{more}")));
    }
    Ok((volumes, problems))
}

/// Where a collection has its archives (WACZ 1.1.1, section 5.2.1).
const ARCHIVES: &str = "archive/";

fn damaged(path: &Path, Damage { place, lost, is_last, why }: &Damage) -> String {
    let at = place.member + place.within;
    let rest = if *is_last {
        "what follows is left out".to_owned()
    } else {
        format!("the {lost} bytes up to the next whole record are left out")
    };
    format!("{} is damaged at byte {at} ({why}): {rest}", path.display())
}

/// What a ZIP file is that holds no archives.
pub(super) const NO_COLLECTION: &str =
    "it is a ZIP file without an archive in its folder archive, as a collection (WACZ) has";

/// What a file is that holds none.
pub(super) const NO_ARCHIVE: &str = "it holds no record of a web archive (WARC or ARC)";

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn begins_zip(file: &mut File) -> io::Result<bool> {
    let mut head = Vec::new();
    file.by_ref().take(4).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == b"PK\x03\x04")
}

/// Whether the second record stands in one gzip member with the first.
fn shares_members(file: &mut File) -> io::Result<bool> {
    let mut reader = Reader::new(BufReader::new(&*file))?;
    let mut is_shared = false;
    for _ in 0..2 {
        if let Some(Found::Record(stored)) = reader.read()? {
            is_shared = stored.place.within > 0;
        }
    }
    file.rewind()?;
    Ok(is_shared)
}

/// A gzip file's content.
fn unpacked(file: &File) -> io::Result<File> {
    kept(flate2::bufread::MultiGzDecoder::new(BufReader::new(file)))
}

/// What can be read only once, in a file that lives as long as the run.
#[expect(clippy::disallowed_methods, reason = "what cannot be sought in is kept on the disk")]
fn kept(content: impl Read) -> io::Result<File> {
    let mut kept = tempfile::tempfile()?;
    let length = io::copy(&mut content.take(MAX_UNPACKED), &mut kept)?;
    kept.rewind()?;
    if length < MAX_UNPACKED { Ok(kept) } else { Err(io::Error::other(TOO_LARGE)) }
}

/// What is said of content beyond the most.
const TOO_LARGE: &str = "it unpacks to more than is borne";

/// No more than this is unpacked of one file, in bytes.
const MAX_UNPACKED: u64 = 1 << 38;
