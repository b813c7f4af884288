//! Info: what a PDF says of itself, in its information dictionary (ISO 32000-2, 14.3.3) and in the
//! packet of XMP that its catalog names. Dates are kept as they are written: what reads them as
//! points in time takes an unknown zone for that of Greenwich.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, ObjectIdentifier, Stream, String as PdfString};
use memchr::memmem;

use super::xmp;
use crate::model::Envelope;

/// A longer packet is not read to its end.
const MAX_PACKET: usize = 256 << 10;

/// Longer strings are cut.
const MAX_BYTES: usize = 4096;

/// What a file says of itself.
#[derive(Debug, Default)]
pub(super) struct Info {
    /// Its dates, if it states any.
    pub envelope: Option<Envelope>,
    /// Whether a browser printed it.
    pub is_printed: bool,
}

/// Reads what a file says of itself; `bytes` are the file.
pub(super) fn of(pdf: &Pdf, bytes: &[u8]) -> Info {
    let dictionary = dictionary(pdf, bytes);
    let field = |key: &str| {
        let text = dictionary.as_ref()?.get::<PdfString<'_>>(key)?;
        let text = decoded(text.as_bytes());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(text).filter(|text| !text.is_empty())
    };
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let stream = catalog.and_then(|catalog| catalog.get::<Stream<'_>>("Metadata"));
    let packet = stream.and_then(|stream| stream.decoded().ok());
    let packet = packet.map(|packet| xmp::read(packet.get(..MAX_PACKET).unwrap_or(&packet)));
    let packet = packet.unwrap_or_default();
    let tool = [field("Creator"), packet.tool, field("Producer"), packet.producer];
    let tool = tool.into_iter().flatten().collect::<Vec<_>>().join("; ");
    let created = field("CreationDate").or(packet.created);
    let modified = field("ModDate").or(packet.modified);
    let published = packet.published;
    let says_something = published.is_some() || created.is_some() || modified.is_some();
    let is_printed = tool.contains("Skia/PDF");
    let tool = Some(tool).filter(|tool| !tool.is_empty());
    let envelope = says_something.then_some(Envelope::Pdf { published, created, modified, tool });
    Info { envelope, is_printed }
}

/// The information dictionary that the last trailer names: the library reads it and keeps only its
/// own idea of the dates.
fn dictionary<'p>(pdf: &'p Pdf, bytes: &[u8]) -> Option<Dict<'p>> {
    const KEY: &[u8] = b"/Info";
    let named = memmem::rfind_iter(bytes, KEY)
        .take(64)
        .find_map(|at| reference(bytes.get(at + KEY.len()..)?));
    pdf.xref().get::<Dict<'p>>(named?)
}

/// The object that `12 0 R` names.
fn reference(value: &[u8]) -> Option<ObjectIdentifier> {
    let value = value.get(..32).unwrap_or(value);
    let mut words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut number = || std::str::from_utf8(words.next()?).ok()?.parse::<u32>().ok();
    let (object, generation) = (number()?, number()?);
    let is_reference = words.next().is_some_and(|word| word.starts_with(b"R"));
    is_reference.then(|| ObjectIdentifier::new(object, i32::try_from(generation).unwrap_or(0)))
}

/// UTF-16 or UTF-8 where a byte order mark says so, else the encoding of PDF's own, which differs
/// from Latin-1 in few signs (ISO 32000-2, annex D.2); UTF-8 without a mark is written too.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.get(..MAX_BYTES).unwrap_or(bytes);
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into(),
        _ => std::str::from_utf8(bytes)
            .map_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect(), str::to_owned),
    }
}
