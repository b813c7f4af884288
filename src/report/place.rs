//! Where a finding stands, as machine formats say it: a file, lines and columns.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::model::{Document, LineIndex, Position, Span, plain_path};

/// A range of a file; the end is the place after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// Where it begins.
    pub start: Position,
    /// Where it ends, one past the last character.
    pub end: Position,
}

/// Names places in one document.
pub(super) struct Locator<'a> {
    text: &'a str,
    lines: LineIndex,
    in_file: bool,
}

impl<'a> Locator<'a> {
    /// For a document. A row of a file that holds many has no places of its own in the file, and the
    /// lines of a page are none of it.
    pub(super) fn new(document: &'a Document) -> Self {
        let in_file = document.id.is_none() && document.pages.is_none();
        let lines = LineIndex::new(&document.text);
        Self { text: &document.text, lines, in_file }
    }

    /// The lines and columns of a span, if spans of this document are places in its file.
    pub(super) fn region(&self, span: Span) -> Option<Region> {
        self.in_file.then(|| Region {
            start: self.lines.position(self.text, span.start),
            end: self.lines.position(self.text, span.end.max(span.start)),
        })
    }

    /// Where a finding stands for formats that need a line: its own, or the first.
    pub(super) fn line(&self, span: Option<Span>) -> Position {
        let first = Position { line: 1, column: 1 };
        span.and_then(|span| self.region(span)).map_or(first, |region| region.start)
    }
}

/// What RFC 3986 lets stand in a path as it is, `/` included.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An input as a URI reference: web addresses as they are, files relative to the root of the
/// sources, or as `file:` where they are absolute.
pub(super) fn uri(input: &str) -> String {
    if let Ok(url) = Url::parse(input)
        && matches!(url.scheme(), "http" | "https")
    {
        return crate::address::secret::masked(url.as_str()).into_owned();
    }
    if input == "-" {
        return "stdin".to_owned();
    }
    let name = plain_path(input);
    let encoded = utf8_percent_encode(&name, PATH).to_string();
    if Path::new(input).is_absolute() {
        format!("file://{}{encoded}", if encoded.starts_with('/') { "" } else { "/" })
    } else {
        encoded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Media;

    #[test]
    fn inputs_become_references() {
        assert_eq!(uri("./a b/ü%#?.md"), "a%20b/%C3%BC%25%23%3F.md");
        assert_eq!(uri("/tmp/x.md"), "file:///tmp/x.md");
        assert_eq!(uri("https://u:p@a.example/x"), "https://***@a.example/x");
        assert_eq!(uri("c:x.md"), "c%3Ax.md");
        assert_eq!(uri("-"), "stdin");
    }

    #[test]
    fn a_row_has_no_place_in_its_file() {
        let mut document = Document::new("rows.jsonl", Media::Text, "a\nbc\n");
        let region = Locator::new(&document).region(Span::new(2, 4)).expect("a place");
        assert_eq!((region.start.line, region.start.column, region.end.column), (2, 1, 3));
        document.id = Some("7".to_owned());
        assert_eq!(Locator::new(&document).region(Span::new(2, 4)), None);
        assert_eq!(Locator::new(&document).line(Some(Span::new(2, 4))).line, 1);
    }
}
