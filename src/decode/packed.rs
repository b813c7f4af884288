//! Packed: a file that was compressed as a whole, gzip or zstd, as it was before.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{GzDecoder, MultiGzDecoder};

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// What a reader gives, unpacked if it is packed. Memory is bounded by the window of what packed it.
///
/// # Errors
///
/// It cannot be read.
pub fn unpacked(mut reader: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    let head = reader.fill_buf()?;
    Ok(if head.starts_with(GZIP) {
        Box::new(BufReader::new(MultiGzDecoder::new(reader)))
    } else if head.starts_with(ZSTD) {
        Box::new(BufReader::new(zstd::stream::read::Decoder::with_buffer(reader)?))
    } else {
        reader
    })
}

/// The first bytes of what was packed, as far as the first packed bytes tell; none of what is not.
pub(crate) fn beginning(head: &[u8]) -> Option<Vec<u8>> {
    const ENOUGH: u64 = 1024;
    let mut bytes = Vec::new();
    // Of a beginning that is cut, what was unpacked of it tells.
    let _ = if head.starts_with(GZIP) {
        GzDecoder::new(head).take(ENOUGH).read_to_end(&mut bytes)
    } else if head.starts_with(ZSTD) {
        zstd::stream::read::Decoder::with_buffer(head)
            .and_then(|decoder| decoder.take(ENOUGH).read_to_end(&mut bytes))
    } else {
        return None;
    };
    Some(bytes)
}
