//! Markup: paragraphs and links as HTML, as they come.

use html_escape::{encode_double_quoted_attribute, encode_text};

/// HTML in the making.
#[derive(Debug, Default)]
pub(super) struct Markup {
    text: String,
    /// What the paragraph holds so far, and whether a word of it is there.
    paragraph: String,
    has_words: bool,
    /// The links that are open, outermost first.
    links: Vec<String>,
}

impl Markup {
    /// Words of the paragraph.
    pub(super) fn words(&mut self, words: &str) {
        self.has_words |= !words.trim().is_empty();
        self.paragraph.push_str(&encode_text(words));
    }

    /// A line's end in the paragraph.
    pub(super) fn line(&mut self) {
        self.paragraph.push_str("<br>\n");
    }

    /// Begins a link; links do not stand in each other.
    pub(super) fn open(&mut self, address: &str) {
        if self.links.is_empty() {
            let address = encode_double_quoted_attribute(address.trim());
            self.paragraph.push_str(&format!("<a href=\"{address}\">"));
        }
        self.links.push(address.to_owned());
    }

    /// Ends the innermost link.
    pub(super) fn close(&mut self) {
        if self.links.pop().is_some() && self.links.is_empty() {
            self.paragraph.push_str("</a>");
        }
    }

    /// Ends the paragraph, which is a heading of that level where there is one.
    pub(super) fn end_paragraph(&mut self, heading: Option<u8>) {
        // A link over the end of a paragraph goes on in the next.
        let open = std::mem::take(&mut self.links);
        if !open.is_empty() {
            self.paragraph.push_str("</a>");
        }
        let paragraph = std::mem::take(&mut self.paragraph);
        if std::mem::take(&mut self.has_words) {
            let tag =
                heading.map_or_else(|| "p".to_owned(), |level| format!("h{}", level.clamp(1, 6)));
            self.text.push_str(&format!("<{tag}>{}</{tag}>\n", paragraph.trim()));
        }
        for address in open {
            self.open(&address);
        }
    }

    /// All of it, as a page of that title.
    pub(super) fn end(mut self, title: Option<&str>) -> String {
        self.end_paragraph(None);
        let title = title.map(|title| format!("<title>{}</title>\n", encode_text(title)));
        [title.unwrap_or_default(), self.text].concat()
    }
}
