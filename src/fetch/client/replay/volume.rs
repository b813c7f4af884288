//! Volume: a file of records, read once from its beginning and then record by record.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
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
    #[expect(clippy::disallowed_methods, reason = "a recording is a file of this stage")]
    pub(super) fn open(
        path: &Path,
        mut note: impl FnMut(&Stored),
    ) -> io::Result<(Self, Vec<String>)> {
        let mut file = File::open(path)?;
        if begins_zip(&mut file)? {
            return Err(invalid(PACKED));
        }
        if shares_members(&mut file)? {
            // Each record would cost reading all before it, so that they are unpacked once.
            file = unpacked(file).or_else(|_| File::open(path))?;
        }
        file.rewind()?;
        let mut reader = Reader::new(BufReader::new(file.try_clone()?))?;
        let mut damage = Vec::new();
        while let Some(found) = reader.read()? {
            match found {
                Found::Record(stored) => note(&stored),
                Found::Damage(found) => damage.push(damaged(path, &found)),
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

fn damaged(path: &Path, Damage { place, lost, is_last, why }: &Damage) -> String {
    let at = place.member + place.within;
    let rest = if *is_last {
        "what follows is left out".to_owned()
    } else {
        format!("the {lost} bytes up to the next whole record are left out")
    };
    format!("{} is damaged at byte {at} ({why}): {rest}", path.display())
}

/// What a file is that only holds archives.
pub(super) const PACKED: &str = "it is a ZIP file, as a collection of archives (WACZ) is: unpack it, and give the \
                      files in its folder archive";

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

/// A gzip file's content, in a file that lives as long as the run.
#[expect(clippy::disallowed_methods, reason = "what cannot be sought in is kept on the disk")]
fn unpacked(file: File) -> io::Result<File> {
    let mut whole = flate2::bufread::MultiGzDecoder::new(BufReader::new(file)).take(MAX_UNPACKED);
    let mut unpacked = tempfile::tempfile()?;
    match io::copy(&mut whole, &mut unpacked)? {
        MAX_UNPACKED => Err(io::Error::other("it unpacks to more than is borne")),
        _ => Ok(unpacked),
    }
}

/// No more than this is unpacked of one file, in bytes.
const MAX_UNPACKED: u64 = 1 << 38;
