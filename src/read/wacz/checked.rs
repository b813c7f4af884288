//! Checked: bytes whose digest is taken while they are read.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Crc;
use sha2::{Digest, Sha256};

/// What a file of the collection should be, and what was read of it.
#[derive(Clone)]
pub(super) struct Checked {
    digest: Option<String>,
    crc: u32,
    read: Arc<Mutex<Sums>>,
}

#[derive(Default)]
struct Sums {
    sha: Sha256,
    crc: Crc,
}

impl Checked {
    /// A check against a digest, where one is stated, and against the checksum of the ZIP file.
    pub(crate) fn new(digest: Option<String>, crc: u32) -> Self {
        Self { digest, crc, read: Arc::default() }
    }

    /// The reader, with what comes out of it noted.
    pub(crate) fn reading<R: Read>(&self, reader: R) -> Reading<R> {
        let with_digest = self.digest.is_some();
        Reading { reader, with_digest, read: Arc::clone(&self.read) }
    }

    /// What is wrong with what was read.
    pub(crate) fn problem(&self) -> Option<String> {
        let sums = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let found = data_encoding::HEXLOWER.encode(&sums.sha.clone().finalize());
        match &self.digest {
            Some(digest) if !digest.eq_ignore_ascii_case(&found) => Some(format!(
                "what was read is not what datapackage.json names: its digest is sha256:{found}, not \
                 sha256:{digest}"
            )),
            None if sums.crc.sum() != self.crc => {
                Some("a checksum of the ZIP file is wrong: an archive in it was damaged".to_owned())
            }
            _ => None,
        }
    }
}

/// A reader whose bytes are noted.
pub(super) struct Reading<R> {
    reader: R,
    with_digest: bool,
    read: Arc<Mutex<Sums>>,
}

impl<R: Read> Read for Reading<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        let mut sums = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if self.with_digest {
            sums.sha.update(bytes);
        } else {
            sums.crc.update(bytes);
        }
        Ok(read)
    }
}
