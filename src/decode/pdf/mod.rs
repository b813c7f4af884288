//! PDF: when a file says that it came out, was made and was changed. Its text is not read, nor its
//! title, which is that of a template or a file name too often for links to be held against it.
//!
//! A PDF states its dates twice: in the information dictionary that its trailer names (ISO 32000-2,
//! 14.3.3), and in a packet of XMP (ISO 16684-1) that its catalog names. Both are looked up here by
//! searching, without the cross-reference table: that is as good for a whole file, works on the
//! beginning and the end of one, and nothing that the bytes say can lead astray: each step takes
//! time and memory that are bounded by constants or by the length of the bytes.

mod objects;
mod text;
mod xmp;

use crate::model::Envelope;
use objects::Objects;

/// The first bytes of a PDF.
pub(crate) const MAGIC: &[u8] = b"%PDF-";

/// What a PDF says about itself, if it says anything: `bytes` are the file, or its beginning and
/// its end.
#[must_use]
pub(crate) fn envelope(bytes: &[u8]) -> Option<Envelope> {
    if !bytes.starts_with(MAGIC) {
        return None;
    }
    let objects = Objects::new(bytes);
    let packet = xmp::read(&objects);
    let info = if objects.is_encrypted() { None } else { objects.named_by_trailer(b"/Info") };
    let field = |key: &[u8]| objects.text(info?, key);
    let envelope = Envelope::Pdf {
        published: packet.published,
        created: field(b"/CreationDate").or(packet.created),
        modified: field(b"/ModDate").or(packet.modified),
    };
    let says_nothing = Envelope::Pdf { published: None, created: None, modified: None };
    (envelope != says_nothing).then_some(envelope)
}

#[cfg(test)]
mod tests;
