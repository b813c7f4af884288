//! Body: content codings undone and sizes bounded while the bytes come in.
//!
//! Nothing is collected that will not be kept: each chunk from the wire is pushed through the
//! decoder into a buffer that stops at its limit, so that neither a large body nor one that
//! unpacks to gigabytes costs more than the limit. There is no rule about ratios: honest pages of
//! repeated markup reach any ratio that a bomb does in its first megabytes.

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// The largest zstd window, as a power of two: the 8 MiB that RFC 9659 allows on the web.
const ZSTD_WINDOW_LOG: u32 = 23;

/// The chunk size of the brotli decoder's output, in bytes.
const BROTLI_BUFFER: usize = 16 * 1024;

/// The most room that is made for a body because its header says how long it is, in bytes.
const ROOM_AT_FIRST: usize = 256 * 1024;

/// How much of a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Decoded bytes that are kept.
    pub decoded: usize,
    /// Bytes that are taken from the wire.
    pub wire: usize,
}

/// Why a body ended before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// It went on past the limit.
    Size,
    /// The connection ended too early, or the coded stream did.
    Short,
}

/// Whether more of a body is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Give the next chunk.
    More,
    /// A limit is reached: let the rest go.
    Enough,
}

/// The coding cannot be undone, with the reason in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable(pub String);

/// Takes a body in, chunk by chunk.
pub(crate) struct Intake {
    coding: Coding,
    limits: Limits,
    wire: usize,
    cut: Option<Cut>,
}

enum Coding {
    Identity(Sink),
    Gzip(MultiGzDecoder<Sink>),
    /// Deflate as RFC 9110 has it, in the wrapper of zlib.
    Zlib(ZlibDecoder<Sink>),
    /// Deflate without a wrapper, as many servers send it.
    Deflate(DeflateDecoder<Sink>),
    /// One of the two, of which no byte has come yet.
    Inflate(Sink),
    Brotli(Box<DecompressorWriter<Sink>>),
    Zstd(Box<zstd::stream::write::Decoder<'static, Sink>>),
}

impl Intake {
    /// An intake for a body with the given `Content-Encoding`.
    ///
    /// # Errors
    ///
    /// A coding that is not known, or more than one: chained codings have no honest use, and
    /// clients that undo only the outermost take the rest for text.
    pub(crate) fn new(content_encoding: Option<&str>, limits: Limits) -> Result<Self, Undecodable> {
        Self::into_sink(content_encoding, limits, Sink::new(limits.decoded))
    }

    fn into_sink(
        content_encoding: Option<&str>,
        limits: Limits,
        sink: Sink,
    ) -> Result<Self, Undecodable> {
        let name = content_encoding.unwrap_or_default().trim().to_ascii_lowercase();
        let coding = match name.as_str() {
            "" | "identity" | "none" | "utf-8" => Coding::Identity(sink),
            "gzip" | "x-gzip" => Coding::Gzip(MultiGzDecoder::new(sink)),
            "deflate" => Coding::Inflate(sink),
            "br" => Coding::Brotli(Box::new(DecompressorWriter::new(sink, BROTLI_BUFFER))),
            "zstd" => Coding::Zstd(Box::new(zstd_decoder(sink)?)),
            _ if name.contains(',') => {
                return Err(Undecodable("the body has more than one content coding".to_owned()));
            }
            _ => return Err(Undecodable("the body has an unknown content coding".to_owned())),
        };
        Ok(Self { coding, limits, wire: 0, cut: None })
    }

    /// Makes room for as many decoded bytes as the header announces, within bounds.
    #[must_use]
    pub(crate) fn expecting(mut self, length: usize) -> Self {
        let room = length.min(self.limits.decoded).min(ROOM_AT_FIRST);
        self.sink().bytes.reserve_exact(room);
        self
    }

    /// Takes in a chunk.
    ///
    /// # Errors
    ///
    /// The bytes are not what the coding says.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Result<Flow, Undecodable> {
        let room = self.limits.wire - self.wire;
        let taken = chunk.get(..room).unwrap_or(chunk);
        self.wire += taken.len();
        self.begin(taken);
        let written = self.writer().write_all(taken);
        if self.sink().full || taken.len() < chunk.len() {
            self.cut = Some(Cut::Size);
            return Ok(Flow::Enough);
        }
        written.map_err(|error| undecodable(&error))?;
        Ok(Flow::More)
    }

    /// Tells by the first byte how what is called deflate is wrapped: zlib's names its method there,
    /// and no compressor begins a bare stream so.
    fn begin(&mut self, chunk: &[u8]) {
        const METHOD: u8 = 8;
        let (Coding::Inflate(_), Some(first)) = (&self.coding, chunk.first()) else { return };
        let nothing = Coding::Identity(Sink::new(0));
        let Coding::Inflate(sink) = std::mem::replace(&mut self.coding, nothing) else { return };
        self.coding = if first & 0x0F == METHOD {
            Coding::Zlib(ZlibDecoder::new(sink))
        } else {
            Coding::Deflate(DeflateDecoder::new(sink))
        };
    }

    /// Ends the body, cleanly or because the connection broke off, and gives what there is of it.
    ///
    /// # Errors
    ///
    /// The coded stream ended wrongly and nothing of it could be decoded.
    pub(crate) fn finish(mut self, broke_off: bool) -> Result<(Vec<u8>, Option<Cut>), Undecodable> {
        let flushed = self.writer().flush();
        let ended = flushed.and_then(|()| self.end_of_stream());
        let cut = match (self.cut, ended) {
            (Some(cut), _) => Some(cut),
            (None, _) if self.sink().full => Some(Cut::Size),
            (None, Ok(())) => broke_off.then_some(Cut::Short),
            (None, Err(_)) if self.wire == 0 => None,
            (None, Err(error)) if self.sink().bytes.is_empty() && !broke_off => {
                return Err(undecodable(&error));
            }
            (None, Err(_)) => Some(Cut::Short),
        };
        Ok((self.sink().take(), cut))
    }

    /// Whether a coded stream came to its own end.
    fn end_of_stream(&mut self) -> io::Result<()> {
        match &mut self.coding {
            Coding::Identity(_) | Coding::Inflate(_) => Ok(()),
            Coding::Gzip(decoder) => decoder.try_finish(),
            Coding::Zlib(decoder) => decoder.try_finish(),
            Coding::Deflate(decoder) => decoder.try_finish(),
            Coding::Brotli(decoder) => decoder.close(),
            // A zstd frame without its end shows as less text and as nothing else.
            Coding::Zstd(decoder) => decoder.flush(),
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.coding {
            Coding::Identity(sink) | Coding::Inflate(sink) => sink,
            Coding::Gzip(decoder) => decoder,
            Coding::Zlib(decoder) => decoder,
            Coding::Deflate(decoder) => decoder,
            Coding::Brotli(decoder) => decoder,
            Coding::Zstd(decoder) => decoder,
        }
    }

    fn sink(&mut self) -> &mut Sink {
        match &mut self.coding {
            Coding::Identity(sink) | Coding::Inflate(sink) => sink,
            Coding::Gzip(decoder) => decoder.get_mut(),
            Coding::Zlib(decoder) => decoder.get_mut(),
            Coding::Deflate(decoder) => decoder.get_mut(),
            Coding::Brotli(decoder) => decoder.get_mut(),
            Coding::Zstd(decoder) => decoder.get_mut(),
        }
    }
}

fn zstd_decoder(sink: Sink) -> Result<zstd::stream::write::Decoder<'static, Sink>, Undecodable> {
    let mut decoder =
        zstd::stream::write::Decoder::new(sink).map_err(|error| undecodable(&error))?;
    decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(|error| undecodable(&error))?;
    Ok(decoder)
}

fn undecodable(error: &io::Error) -> Undecodable {
    Undecodable(format!("the body is not coded as it says ({error})"))
}

/// Where decoded bytes go: up to a limit, past which every write fails and so ends the decoder's
/// work at once.
struct Sink {
    bytes: Vec<u8>,
    /// How many bytes may still come in.
    room: usize,
    full: bool,
}

impl Sink {
    fn new(room: usize) -> Self {
        Self { bytes: Vec::new(), room, full: false }
    }

    /// The bytes that are kept.
    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

impl Write for Sink {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let kept = data.get(..self.room).unwrap_or(data);
        self.room -= kept.len();
        self.bytes.extend_from_slice(kept);
        if kept.len() < data.len() {
            self.full = true;
            return Err(io::Error::other("the body is longer than its limit"));
        }
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { decoded: 1000, wire: 10_000 };

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
    }

    fn take_in(coding: &str, bytes: &[u8]) -> Result<(Vec<u8>, Option<Cut>), Undecodable> {
        let mut intake = Intake::new(Some(coding), LIMITS)?;
        for chunk in bytes.chunks(7) {
            if intake.push(chunk)? == Flow::Enough {
                break;
            }
        }
        intake.finish(false)
    }

    #[test]
    fn each_coding_is_undone() {
        let brotli = [0x0b, 0x02, 0x80, b'h', b'e', b'l', b'l', b'o', 0x03];
        let zstd = zstd::encode_all(&b"hello"[..], 3).expect("memory takes all");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::best());
        let zlib = zlib.write_all(b"hello").and_then(|()| zlib.finish()).expect("memory");
        let bare = bare.write_all(b"hello").and_then(|()| bare.finish()).expect("memory");
        for (coding, bytes) in [
            ("", &b"hello"[..]),
            ("GZIP", &gzip(b"hello")),
            ("br", &brotli),
            ("zstd", &zstd),
            ("deflate", &zlib),
            ("deflate", &bare),
        ] {
            assert_eq!(take_in(coding, bytes), Ok((b"hello".to_vec(), None)), "{coding}");
        }
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let zeros = vec![0; 1 << 20];
        let zstd = zstd::encode_all(&zeros[..], 3).expect("memory takes all");
        for (coding, bytes) in [("gzip", gzip(&zeros)), ("zstd", zstd), ("identity", zeros)] {
            let (kept, cut) = take_in(coding, &bytes).expect(coding);
            assert_eq!((kept.len(), cut), (LIMITS.decoded, Some(Cut::Size)), "{coding}");
        }
    }

    #[test]
    fn the_wire_has_a_limit_of_its_own() {
        let mut intake = Intake::new(None, Limits { decoded: 1000, wire: 10 }).expect("no coding");
        assert_eq!(intake.push(b"0123456789"), Ok(Flow::More));
        assert_eq!(intake.push(b"0"), Ok(Flow::Enough));
        assert_eq!(intake.finish(false), Ok((b"0123456789".to_vec(), Some(Cut::Size))));
    }

    #[test]
    fn what_is_not_as_it_says_is_undecodable() {
        assert!(take_in("gzip", b"<!doctype html>").is_err());
        assert!(take_in("gzip, gzip", &gzip(&gzip(b"hello"))).is_err());
        assert!(take_in("banana", b"hello").is_err());
        assert!(take_in("deflate", b"<!doctype html>").is_err());
        let endless_window = [0x28, 0xb5, 0x2f, 0xfd, 0, 0xff, 3, 0, 0, b'A'];
        assert!(take_in("zstd", &endless_window).is_err());
    }

    #[test]
    fn a_cut_stream_gives_what_there_is_of_it() {
        let page: Vec<u8> = (0..900_u32).flat_map(u32::to_le_bytes).take(900).collect();
        let coded = gzip(&page);
        let (kept, cut) = take_in("gzip", &coded[..coded.len() / 2]).expect("a beginning");
        assert_eq!(cut, Some(Cut::Short));
        assert!(page.starts_with(&kept));
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_coding_stay_bounded(
            coding in prop_oneof!["gzip", "br", "zstd", "deflate", "", "x"],
            bytes in proptest::collection::vec(any::<u8>(), 0..2000),
        ) {
            if let Ok((kept, _)) = take_in(&coding, &bytes) {
                prop_assert!(kept.len() <= LIMITS.decoded);
            }
        }
    }
}
