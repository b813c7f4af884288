//! The main text of an HTML page: the blocks with many words and few links, as in boilerplate
//! detection by shallow text features (Kohlschütter et al., 2010).

use scraper::node::Node;
use scraper::{ElementRef, Html};

use super::main_text_of_words;
use crate::model::{Document, MainText, Media};

/// html5ever builds its tree in quadratic time on hostile input, so only what is small enough and
/// not nested too deeply is read as a tree.
const LARGEST: usize = 4 << 20;
const DEEPEST: usize = 400;

/// A block with fewer words than this is a caption, a button or a teaser.
const BLOCK_WORDS: usize = 12;

/// The main text of a document, reduced to what rules compare. None for what is no text, and for
/// HTML that is too large or nested too deeply to be read as a tree.
#[must_use]
pub fn main_text(document: &Document) -> Option<MainText> {
    match document.media {
        Media::Html => html(&document.text).map(|text| main_text_of_words(&text)),
        Media::Text | Media::Markdown => Some(main_text_of_words(&document.text)),
        Media::Other => None,
    }
}

fn html(text: &str) -> Option<String> {
    if text.len() > LARGEST || nesting(text) > DEEPEST {
        return None;
    }
    let tree = Html::parse_document(text);
    let mut all = Vec::new();
    let mut main = Vec::new();
    for block in blocks(tree.root_element()) {
        if block.words >= BLOCK_WORDS && block.linked * 3 <= block.words {
            main.push(block.text.clone());
        }
        all.push(block.text);
    }
    // A page of nothing but short blocks is compared, and asked whether it is there, as a whole.
    Some(if main.is_empty() { all.join("\n") } else { main.join("\n") })
}

/// An upper bound of how deep elements are nested: opening tags less closing ones, counted over the
/// bytes. Void elements count as if they were closed.
fn nesting(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut deepest = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() && !is_void(bytes.get(at + 1..)) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            _ => {}
        }
    }
    deepest
}

/// Elements that never have an end tag, or need none.
fn is_void(tag: Option<&[u8]>) -> bool {
    const NAMES: [&str; 19] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
        "meta", "option", "p", "source", "td", "tr", "wbr",
    ];
    let tag = tag.unwrap_or_default();
    let length = tag.iter().take(8).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = tag.get(..length).unwrap_or_default();
    NAMES.iter().any(|void| name.eq_ignore_ascii_case(void.as_bytes()))
}

/// A run of text within one block element.
#[derive(Default)]
struct Block {
    text: String,
    words: usize,
    linked: usize,
}

impl Block {
    fn add(&mut self, text: &str, linked: bool) {
        let words = text.split_whitespace().count();
        self.words += words;
        self.linked += if linked { words } else { 0 };
        self.text.push_str(text);
    }
}

/// The blocks of a tree, menus and other furniture left out.
fn blocks(root: ElementRef<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut current = None;
    for node in root.descendants() {
        let Node::Text(text) = node.value() else { continue };
        let above = || node.ancestors().filter_map(ElementRef::wrap).map(|e| e.value().name());
        if above().any(is_furniture) {
            continue;
        }
        let block = node
            .ancestors()
            .filter_map(ElementRef::wrap)
            .find(|element| is_block(element.value().name()))
            .map(|element| element.id());
        if blocks.is_empty() || block != current {
            blocks.push(Block::default());
            current = block;
        }
        if let Some(last) = blocks.last_mut() {
            last.add(text, above().any(|name| name == "a"));
        }
    }
    blocks
}

/// Elements whose text no reader of the article reads.
fn is_furniture(name: &str) -> bool {
    matches!(
        name,
        "aside"
            | "button"
            | "footer"
            | "form"
            | "head"
            | "iframe"
            | "nav"
            | "noscript"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "blockquote"
            | "body"
            | "dd"
            | "div"
            | "dt"
            | "figcaption"
            | "figure"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "li"
            | "main"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "ul"
            | "ol"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "The leaders agreed in the evening on a plan that would end the long war for good.";

    #[test]
    fn menus_and_link_lists_are_left_out() {
        let page = format!(
            "<title>T</title><nav><p>{SENTENCE}</p></nav><p>{SENTENCE}</p>\
             <p><a href=x>{SENTENCE}</a></p><script>var a = 1</script><p>Share</p>"
        );
        assert_eq!(html(&page).as_deref(), Some(SENTENCE));
    }

    #[test]
    fn a_page_of_short_blocks_is_read_whole() {
        let notice = html("<h1>Page not found</h1><p>Go home</p>").expect("small");
        assert!(main_text_of_words(&notice).absence.is_some());
    }

    #[test]
    fn hostile_nesting_is_not_read() {
        assert_eq!(html(&"<div>".repeat(100_000)), None);
        assert_eq!(html(&"<ul><li>".repeat(60_000)), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[<>/a-z \"=äж]{0,200}") {
            let _ = html(&text);
        }
    }
}
