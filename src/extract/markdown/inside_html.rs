//! HTML inside Markdown: read by the HTML pass on a copy of the text in which everything that is
//! code, and every autolink, is blanked, so that offsets stay those of the document.

use std::ops::Range;

use crate::model::{Document, Extract, LinkKind, MarkKind, Media};

/// What the HTML of a Markdown text yields beyond what its Markdown does.
pub(super) fn read(document: &Document, blanked: &[Range<usize>]) -> Extract {
    let mut html = Document::new("", Media::Html, blank(&document.text, blanked));
    html.url = document.base().cloned();
    let mut found = crate::extract::extract(&html);
    // An attribute that runs over what is blanked is words to a Markdown reader.
    found.links.retain(|link| {
        matches!(link.kind, LinkKind::Anchor | LinkKind::Embed | LinkKind::Metadata)
            && link.span.of(&document.text) == link.raw()
    });
    found.marks.retain(|mark| !matches!(mark.kind, MarkKind::Text { .. }));
    found
}

/// The text with some parts overwritten by spaces, byte for byte.
fn blank(text: &str, parts: &[Range<usize>]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut at = 0;
    for part in parts.iter().filter(|part| part.start < part.end) {
        if part.start < at {
            continue;
        }
        let (Some(kept), Some(covered)) = (text.get(at..part.start), text.get(part.clone())) else {
            continue;
        };
        blanked.push_str(kept);
        blanked.extend(covered.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        at = part.end;
    }
    blanked.push_str(text.get(at..).unwrap_or_default());
    blanked
}
