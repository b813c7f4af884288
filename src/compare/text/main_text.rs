//! The main text of an HTML page: the blocks with many words and few links, as in boilerplate
//! detection by shallow text features (Kohlschütter et al., 2010).
//!
//! One walk over the tags, without a tree: what is open matters only for links and furniture, so
//! that the walk is linear whatever the page nests.

use super::{Purpose, count_spaced, count_words, main_text_of_words};
use crate::model::{Document, MainText, Media};

/// A block with fewer words than this is a caption, a button or a teaser.
const BLOCK_WORDS: usize = 12;

/// Furniture nested deeper is not told apart from that around it.
const DEEPEST: usize = 512;

/// The main text of a document, reduced to what rules compare. None for what is no text.
#[must_use]
pub fn main_text(document: &Document, purpose: Purpose) -> Option<MainText> {
    match document.media {
        Media::Html => Some(main_text_of_words(&html(&document.text, purpose), purpose)),
        Media::Text | Media::Markdown => Some(main_text_of_words(&document.text, purpose)),
        Media::Other => None,
    }
}

fn html(page: &str, purpose: Purpose) -> String {
    let mut walk = Walk { room: purpose.most_words(), ..Walk::default() };
    walk.through(page);
    walk.end_block();
    // A page of nothing but short blocks is compared, and asked whether it is there, as a whole.
    if walk.main.is_empty() { walk.short } else { walk.main }
}

/// What has been seen of a page so far.
#[derive(Default)]
struct Walk<'t> {
    main: String,
    /// How many more words of it are of use.
    room: usize,
    /// The blocks that are too short, as long as there is no other.
    short: String,
    block: Block,
    /// Open elements whose text no reader of the article reads.
    furniture: Vec<&'t str>,
    in_link: bool,
}

/// A run of text within one block element.
#[derive(Default)]
struct Block {
    text: String,
    words: usize,
    linked: usize,
}

impl<'t> Walk<'t> {
    fn through(&mut self, page: &'t str) {
        let mut rest = page;
        while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
            if self.room == 0 {
                return;
            }
            let (text, tag) = rest.split_at(at);
            self.text(text);
            rest = self.tag(tag);
        }
        self.text(rest);
    }

    /// Takes what begins with an angle bracket; gives what stands after it.
    fn tag(&mut self, tag: &'t str) -> &'t str {
        if let Some(comment) = tag.strip_prefix("<!--") {
            return after(comment, "-->");
        }
        let inner = tag.get(1..).unwrap_or_default();
        let (closes, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, attributes) = inner.split_at(length);
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let is_markup = closes || inner.starts_with(['!', '?']);
            if is_markup {
                return after(inner, ">");
            }
            self.text(tag.get(..1).unwrap_or_default());
            return inner;
        }
        let rest = attributes.get(end_of_tag(attributes)..).unwrap_or_default();
        if is_raw(name) && !closes {
            return end_of_raw(rest, name);
        }
        self.element(name, closes);
        rest
    }

    fn element(&mut self, name: &'t str, closes: bool) {
        if name.eq_ignore_ascii_case("a") {
            self.in_link = !closes;
        } else if is_one_of(&FURNITURE, name) {
            self.end_block();
            if !closes {
                if self.furniture.len() < DEEPEST {
                    self.furniture.push(name);
                }
            } else if let Some(at) =
                self.furniture.iter().rposition(|open| open.eq_ignore_ascii_case(name))
            {
                self.furniture.truncate(at);
            }
        } else if is_one_of(&BLOCKS, name) {
            self.end_block();
        }
    }

    fn text(&mut self, text: &str) {
        if self.furniture.is_empty() && !text.is_empty() {
            self.block.add(&html_escape::decode_html_entities(text), self.in_link);
        }
    }

    fn end_block(&mut self) {
        let Block { text, words, linked } = &self.block;
        let is_main = *words >= BLOCK_WORDS && linked * 3 <= *words;
        if is_main && self.main.is_empty() {
            self.short = String::new();
        }
        if *words > 0 && (is_main || self.main.is_empty()) {
            let kept = if is_main { &mut self.main } else { &mut self.short };
            if !kept.is_empty() {
                kept.push('\n');
            }
            kept.push_str(text);
            // Where all words are of use, none need be counted.
            if is_main && self.room < usize::MAX {
                self.room -= count_words(text, self.room);
            }
        }
        self.block.text.clear();
        (self.block.words, self.block.linked) = (0, 0);
    }
}

impl Block {
    fn add(&mut self, text: &str, linked: bool) {
        let words = count_spaced(text);
        self.words += words;
        self.linked += if linked { words } else { 0 };
        self.text.push_str(text);
    }
}

/// What stands after the first `end`; nothing where there is none.
fn after<'t>(text: &'t str, end: &str) -> &'t str {
    let at = memchr::memmem::find(text.as_bytes(), end.as_bytes());
    at.and_then(|at| text.get(at + end.len()..)).unwrap_or_default()
}

/// The length of a tag's attributes with the bracket that ends it, which may stand in a value.
fn end_of_tag(attributes: &str) -> usize {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    while let Some(found) =
        bytes.get(at..).and_then(|rest| memchr::memchr3(b'>', b'"', b'\'', rest))
    {
        at += found;
        let quote = bytes.get(at).copied().unwrap_or(b'>');
        if quote == b'>' {
            return at + 1;
        }
        // A quotation mark opens a value only behind an equals sign.
        let opens = bytes.get(..at).is_some_and(|before| before.trim_ascii_end().ends_with(b"="));
        at += 1;
        if opens {
            let closing = bytes.get(at..).and_then(|rest| memchr::memchr(quote, rest));
            match closing {
                Some(closing) => at += closing + 1,
                None => return bytes.len(),
            }
        }
    }
    bytes.len()
}

/// What stands after the end tag of an element whose content is no markup.
fn end_of_raw<'t>(rest: &'t str, name: &str) -> &'t str {
    for at in memchr::memmem::find_iter(rest.as_bytes(), b"</") {
        let tag = rest.get(at + 2..).unwrap_or_default();
        if tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return after(tag, ">");
        }
    }
    ""
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Elements whose content is no markup, and no text of the page.
fn is_raw(name: &str) -> bool {
    is_one_of(&["script", "style", "title", "textarea", "noscript", "iframe"], name)
}

/// Elements whose text no reader of the article reads.
const FURNITURE: [&str; 8] =
    ["aside", "button", "footer", "form", "nav", "select", "svg", "template"];

/// Elements that begin and end a block.
const BLOCKS: [&str; 26] = [
    "p",
    "div",
    "li",
    "br",
    "td",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "figure",
    "figcaption",
    "table",
    "th",
    "dd",
    "dt",
    "pre",
];

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "The leaders agreed in the evening on a plan that would end the long war for good.";

    fn whole(page: &str) -> String {
        html(page, Purpose::Comparison)
    }

    #[test]
    fn a_notice_is_looked_for_in_no_more_than_a_short_page() {
        let page = format!("<p>{SENTENCE}</p>").repeat(1_000);
        assert!(html(&page, Purpose::Notice).len() < whole(&page).len() / 10);
        let short = format!("<p>{SENTENCE}</p>").repeat(10);
        assert_eq!(html(&short, Purpose::Notice), whole(&short));
    }

    #[test]
    fn menus_and_link_lists_are_left_out() {
        let page = format!(
            "<title>T</title><nav><p>{SENTENCE}</p></nav><p>{SENTENCE}</p>\
             <p><a href=x>{SENTENCE}</a></p><script>var a = '<p>'</script><p>Share</p>\
             <!-- <p>{SENTENCE}</p> -->"
        );
        assert_eq!(whole(&page), SENTENCE);
    }

    #[test]
    fn a_page_of_short_blocks_is_read_whole() {
        let notice = whole("<h1>Page not found</h1><p>Go home");
        assert_eq!(notice, "Page not found\nGo home");
        assert!(main_text_of_words(&notice, Purpose::Notice).absence.is_some());
    }

    #[test]
    fn brackets_in_values_end_no_tag_and_a_bare_one_is_text() {
        assert_eq!(whole("<p title=\"a > b\" x='>'>1 < 2 &amp; 3</p>"), "1 < 2 & 3");
        assert_eq!(whole("<p title=it's>one</p>'<p>two"), "one\n'\ntwo");
    }

    #[test]
    fn hostile_nesting_is_walked_through() {
        assert_eq!(whole(&"<div>".repeat(100_000)), "");
        assert_eq!(whole(&format!("{}x", "<ul><li>".repeat(60_000))), "x");
        assert_eq!(whole(&format!("{}x", "<nav>".repeat(60_000))), "");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[<>/a-z \"'=!-äж]{0,200}") {
            let _ = whole(&text);
        }
    }
}
