//! The main text of an HTML page: the blocks with many words and few links, as in boilerplate
//! detection by shallow text features (Kohlschütter et al., 2010).
//!
//! One walk over the tags, without a tree: what is open matters only for links and furniture, so
//! that the walk is linear whatever the page nests.

use super::{Purpose, count_spaced, count_words, main_text_of_words};
use crate::html::{Packed, Scanner, Table, Token, Unread};
use crate::model::{Document, MainText, Media};

/// A block with fewer words than this is a caption, a button or a teaser.
const BLOCK_WORDS: usize = 12;

/// Furniture nested deeper is not told apart from that around it.
const DEEPEST: usize = 512;

/// The main text of a document, reduced to what rules compare. None for what is no text.
#[must_use]
pub(crate) fn main_text(document: &Document, purpose: Purpose) -> Option<MainText> {
    match document.media {
        Media::Html => Some(main_text_of_words(&html(&document.text, purpose), purpose)),
        Media::Text | Media::Markdown | Media::Rst | Media::AsciiDoc | Media::Pdf => {
            Some(main_text_of_words(&document.text, purpose))
        }
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
struct Walk {
    main: String,
    /// How many more words of it are of use.
    room: usize,
    /// The blocks that are too short, as long as there is no other.
    short: String,
    block: Block,
    /// Open elements whose text no reader of the article reads.
    furniture: Vec<Packed>,
    in_link: bool,
}

/// A run of text within one block element.
#[derive(Default)]
struct Block {
    text: String,
    words: usize,
    linked: usize,
}

impl Walk {
    fn through(&mut self, page: &str) {
        let mut scanner = Scanner::new(page);
        while self.room > 0
            && let Some(token) = scanner.next(&mut Unread)
        {
            match token {
                Token::Text(span) => self.text(span.of(page)),
                Token::Raw(_) => {}
                Token::Start(tag) => self.element(tag.packed, false),
                Token::End(tag) => self.element(tag.packed, true),
            }
        }
    }

    fn element(&mut self, name: Packed, closes: bool) {
        match PARTS.get(name) {
            Part::Link => self.in_link = !closes,
            Part::Block => self.end_block(),
            Part::Furniture => {
                self.end_block();
                if !closes && self.furniture.len() < DEEPEST {
                    self.furniture.push(name);
                } else if closes
                    && let Some(at) = self.furniture.iter().rposition(|&open| open == name)
                {
                    self.furniture.truncate(at);
                }
            }
            Part::Other => {}
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

/// What an element is for the words inside.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// Begins and ends a block.
    Block,
    /// Holds what no reader of the article reads.
    Furniture,
    Link,
    Other,
}

static PARTS: Table<Part, 128> = Table::new(
    &[
        ("a", Part::Link),
        ("aside", Part::Furniture),
        ("button", Part::Furniture),
        ("footer", Part::Furniture),
        ("form", Part::Furniture),
        ("nav", Part::Furniture),
        ("select", Part::Furniture),
        ("svg", Part::Furniture),
        ("template", Part::Furniture),
        ("p", Part::Block),
        ("div", Part::Block),
        ("li", Part::Block),
        ("br", Part::Block),
        ("td", Part::Block),
        ("tr", Part::Block),
        ("h1", Part::Block),
        ("h2", Part::Block),
        ("h3", Part::Block),
        ("h4", Part::Block),
        ("h5", Part::Block),
        ("h6", Part::Block),
        ("ul", Part::Block),
        ("ol", Part::Block),
        ("section", Part::Block),
        ("article", Part::Block),
        ("main", Part::Block),
        ("header", Part::Block),
        ("blockquote", Part::Block),
        ("figure", Part::Block),
        ("figcaption", Part::Block),
        ("table", Part::Block),
        ("th", Part::Block),
        ("dd", Part::Block),
        ("dt", Part::Block),
        ("pre", Part::Block),
    ],
    Part::Other,
);

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
