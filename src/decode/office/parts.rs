//! Parts: the files in a ZIP file, each read up to a limit.

use std::io::{Cursor, Read};

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

/// What most ZIP files are compressed with. The library is asked only for the table, so that it does
/// not know the method by its name.
#[expect(deprecated, reason = "it is how the library tells of methods that it does not undo")]
pub(crate) const DEFLATED: CompressionMethod = CompressionMethod::Unsupported(8);

/// What is read of one part, and of all, in bytes.
const MOST_OF_PART: u64 = 32 << 20;
const MOST_OF_ALL: u64 = 256 << 20;

/// A ZIP file with its table.
pub(super) struct Parts {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    left: u64,
}

impl Parts {
    pub(super) fn of(bytes: Vec<u8>) -> Result<Self, String> {
        let zip = ZipArchive::new(Cursor::new(bytes));
        let zip = zip.map_err(|error| format!("it is no good ZIP file: {error}"))?;
        Ok(Self { zip, left: MOST_OF_ALL })
    }

    /// The text of a part, if it is there and is read.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes(name)?;
        Some(match bytes.as_slice() {
            [0xFF, 0xFE, rest @ ..] => {
                encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned()
            }
            [0xFE, 0xFF, rest @ ..] => {
                encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
            }
            bytes => String::from_utf8_lossy(bytes).into_owned(),
        })
    }

    /// The bytes of a part, up to its limit.
    pub(super) fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let number = self.zip.index_for_name(name)?;
        let part = self.zip.by_index_raw(number).ok().filter(|part| !part.encrypted())?;
        let most = MOST_OF_PART.min(self.left);
        let mut bytes = Vec::new();
        let read = match part.compression() {
            CompressionMethod::Stored => part.take(most).read_to_end(&mut bytes),
            DEFLATED => DeflateDecoder::new(part).take(most).read_to_end(&mut bytes),
            _ => return None,
        };
        self.left -= bytes.len() as u64;
        // What is there of a damaged part is read.
        (read.is_ok() || !bytes.is_empty()).then_some(bytes)
    }
}
