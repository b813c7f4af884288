//! Furniture by the user's word: what a site's template puts around its articles, named by CSS
//! selectors where the page's own structure does not tell.
//!
//! A pass of its own over the page, made only where selectors are configured, so that all other
//! pages pay nothing for it. The selectors are those of `lol_html`: types, classes, ids, attributes,
//! `:not()`, `:nth-child()` and their like, descendants and children.

use std::cell::RefCell;
use std::ops::Range;

use lol_html::{HtmlRewriter, MemorySettings, Selector, Settings, element, text};

use crate::model::{Extract, LinkKind, Region, Role, Span};

/// Memory that the tokenizer may take for itself: its stack of open elements.
const MAX_MEMORY: usize = 64 << 20;

/// Whether a selector is one that can be used.
///
/// # Errors
///
/// Says what is wrong with it.
pub(crate) fn check(selector: &str) -> Result<(), String> {
    for part in alternatives(selector) {
        // What is left open (`[x`) is one alone, but not before other words.
        for selector in [part, &format!("{part} *")] {
            selector.parse::<Selector>().map_err(|error| format!("`{}`: {error}", part.trim()))?;
        }
    }
    Ok(())
}

/// Gives the links and marks that stand in what the selectors name the region and role of a box
/// beside the article. The page's metadata and the article's own address stay what they are.
pub(crate) fn mark(extract: &mut Extract, text: &str, selectors: &[&str]) {
    let furniture = ranges(text, selectors);
    let is_in = |span: Span| {
        let next = furniture.partition_point(|range| range.end <= span.start);
        furniture.get(next).is_some_and(|range| range.start <= span.start)
    };
    for link in &mut extract.links {
        let is_readers = link.kind != LinkKind::Metadata && !link.role.is_own_address();
        if is_readers && is_in(link.span) {
            link.region = Region::Sidebar;
            if link.role != Role::Media {
                link.role = Role::Sidebar;
            }
        }
    }
    for mark in extract.marks.iter_mut().filter(|mark| mark.region != Region::Head) {
        if is_in(mark.span) {
            mark.region = Region::Sidebar;
        }
    }
}

/// The start tags and texts of the elements that the selectors name and of all inside them, in
/// order. Where the tokenizer gives up, what was found so far is kept.
fn ranges(text: &str, selectors: &[&str]) -> Vec<Range<usize>> {
    let found: RefCell<Vec<Range<usize>>> = RefCell::default();
    let note = |range: Range<usize>| found.borrow_mut().push(range);
    let mut settings = Settings::new()
        .with_strict(false)
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(MAX_MEMORY));
    for selector in selectors.iter().flat_map(|selector| alternatives(selector)) {
        let inside = format!("{selector} *");
        // A selector that cannot be read was refused with the configuration.
        if selector.parse::<Selector>().is_err() || inside.parse::<Selector>().is_err() {
            continue;
        }
        for elements in [selector, &inside] {
            settings = settings.append_element_content_handler(element!(elements, |element| {
                note(element.source_location().bytes());
                Ok(())
            }));
        }
        settings = settings.append_element_content_handler(text!(selector, |chunk| {
            note(chunk.source_location().bytes());
            Ok(())
        }));
    }
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let _gave_up = rewriter.write(text.as_bytes()).and_then(|()| rewriter.end());
    let mut ranges = found.take();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup();
    ranges
}

/// The selectors of a list: it is parted at the commas that stand in no brackets and no quotes.
fn alternatives(list: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut escaped, mut start) = (0_usize, None, false, 0);
    let mut parts = Vec::new();
    for (at, character) in list.char_indices() {
        match character {
            _ if escaped => {}
            '"' | '\'' if quote.is_none() => quote = Some(character),
            _ if quote == Some(character) => quote = None,
            '(' | '[' if quote.is_none() => depth += 1,
            ')' | ']' if quote.is_none() => depth = depth.saturating_sub(1),
            ',' if quote.is_none() && depth == 0 => {
                parts.push(list.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
        escaped = character == '\\' && !escaped;
    }
    parts.push(list.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::model::{Document, Media};

    const PAGE: &str = "<!doctype html><html><head>\
        <link rel=canonical href='https://a.example/x'></head><body><article><p>Words and \
        <a href='https://a.example/1'>one</a> more words.</p>\
        <div class='more box' data-kind=\"a,b\"><p>Read <b><a href='https://a.example/2'>two</a></b> \
        and https://a.example/3 <p>then <a href='https://a.example/4'>four</a></div>\
        <p id=tail>In the end <a href='https://a.example/5'>five</a> it is.</p></article>";

    /// The ends of the addresses of the links that stand in furniture.
    fn marked(selectors: &[&str]) -> String {
        let document = Document::new("a.html", Media::Html, PAGE);
        let mut extract = extract(&document);
        mark(&mut extract, &document.text, selectors);
        let links = extract.links.iter().filter(|link| link.role == Role::Sidebar);
        links.filter_map(|link| link.raw().chars().last()).collect()
    }

    #[test]
    fn what_the_selectors_name_is_furniture_with_all_inside() {
        for (selectors, furniture) in [
            (&[".more"][..], "234"),
            (&["div.box.more"], "234"),
            (&["#tail, b"], "25"),
            (&["#tail", "b"], "25"),
            (&["[data-kind=\"a,b\"]"], "234"),
            (&["article > p:not(#tail)"], "1"),
            (&["article div b"], "2"),
            (&["aside"], ""),
            (&["html"], "12345"),
            (&[], ""),
        ] {
            assert_eq!(marked(selectors), furniture, "{selectors:?}");
        }
    }

    #[test]
    fn a_selector_that_cannot_be_used_is_named() {
        for good in ["a", ".x, #y", "a[href^='x,y'] > b", "*", "div:not(.x)"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["", "a,", "..x", "a:hover", "a::before", "a ~ b", "[x", "a + b", "🙂🙂,,"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_selector_and_page_are_read_without_panic(
            selector in "(\\.|#|[a-z]|\\[|\\]|\"|'|,| |>|:not\\(|\\)|\\*|\\\\|é){0,12}",
            page in "(<[a-z]{1,3}( class=[a-z])?>|</[a-z]{1,3}>|https://a.example/|[ é]|<!--|<script>){0,20}",
        ) {
            let document = Document::new("a.html", Media::Html, page);
            let mut extract = extract(&document);
            let _ = check(&selector);
            mark(&mut extract, &document.text, &[&selector]);
        }
    }
}
