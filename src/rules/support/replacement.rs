//! Addresses as they must be written in an article, so that its own syntax reads them as meant.

use crate::model::{Case, Media, Span, Suggestion};

/// The repair that puts another address in a link's place.
pub(crate) fn replacement(case: &Case, span: Span, title: &str, address: &str) -> Suggestion {
    let replacement = written(&case.article.text, case.article.media, span, address);
    Suggestion { title: title.to_owned(), span, replacement }
}

/// The address as it is to be written at that place.
fn written(text: &str, media: Media, span: Span, address: &str) -> String {
    match media {
        Media::Html => in_html(address),
        Media::Markdown if is_attribute(text, span) => in_html(address),
        Media::Markdown => in_markdown(address),
        Media::Rst | Media::AsciiDoc | Media::Text | Media::Pdf | Media::Other => {
            address.to_owned()
        }
    }
}

/// Whether the place is the value of an attribute: HTML stands in Markdown, too.
fn is_attribute(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
    before.ends_with('=')
}

/// As it may stand in text and in attributes, with quotes around it or without.
fn in_html(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            '`' => written.push_str("&#96;"),
            white if white.is_ascii_whitespace() => percent(&mut written, white),
            plain => written.push(plain),
        }
    }
    written
}

/// As it may stand in a destination, a table's cell and running text.
fn in_markdown(address: &str) -> String {
    let balanced = is_balanced(address);
    let mut written = String::with_capacity(address.len());
    for (at, character) in address.char_indices() {
        match character {
            '<' | '>' | '\\' | '|' | '`' => percent(&mut written, character),
            '(' | ')' if !balanced => percent(&mut written, character),
            white if white.is_ascii_whitespace() => percent(&mut written, white),
            '&' if begins_reference(address.get(at + 1..).unwrap_or_default()) => {
                written.push_str("&amp;");
            }
            plain => written.push(plain),
        }
    }
    written
}

/// Whether every parenthesis that opens is closed, and none closes that was not opened.
fn is_balanced(address: &str) -> bool {
    let depth = address.chars().try_fold(0_usize, |depth, character| match character {
        '(' => Some(depth + 1),
        ')' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

/// Whether what follows an ampersand would make it a character reference.
fn begins_reference(rest: &str) -> bool {
    let after = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    after.len() < rest.len() && after.starts_with(';')
}

fn percent(written: &mut String, character: char) {
    let mut bytes = [0; 4];
    for byte in character.encode_utf8(&mut bytes).bytes() {
        written.push_str(percent_encoding::percent_encode_byte(byte));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::model::{Document, Link};

    const PLACES: [(Media, &str, &str); 9] = [
        (Media::Html, "<p>See <a href=\"", "\">this</a>."),
        (Media::Html, "<p>See <a href='", "'>this</a>."),
        (Media::Html, "<p>See <a href=", ">this</a>."),
        (Media::Markdown, "See [this](", ") there.\n"),
        (Media::Markdown, "See [this](<", ">) there.\n"),
        (Media::Markdown, "See [this].\n\n[this]: ", "\n"),
        (Media::Markdown, "| a | b |\n|---|---|\n| [x](", ") | y |\n"),
        (Media::Markdown, "See <a href=\"", "\">this</a> there.\n"),
        (Media::Text, "See ", " there."),
    ];

    /// The addresses of the links that are read where one was written.
    fn read_back(place: (Media, &str, &str), address: &str) -> Vec<String> {
        let (media, before, after) = place;
        let at = Span::new(before.len(), before.len());
        let address = written(&format!("{before}{after}"), media, at, address);
        let document = Document::new("a", media, format!("{before}{address}{after}"));
        let links = extract(&document).links;
        links.into_iter().filter_map(Link::into_url).map(String::from).collect()
    }

    #[test]
    fn what_is_written_is_read_as_meant() {
        for place in PLACES {
            for address in [
                "https://a.example/x?a=1&b=2&copy=3",
                "https://a.example/x_(y)",
                "https://a.example/it's/*b*_c_~d~",
            ] {
                assert_eq!(read_back(place, address), [address], "{place:?}");
            }
        }
        for place in &PLACES[..8] {
            for (address, read) in [
                ("https://a.example/x?a&lt;b", "https://a.example/x?a&lt;b"),
                ("https://a.example/x)y", "https://a.example/x%29y"),
                ("https://a.example/a b", "https://a.example/a%20b"),
                ("https://a.example/\"><script>", "https://a.example/%22%3E%3Cscript%3E"),
            ] {
                let found = read_back(*place, address);
                let decoded = |url: &str| url.replace("%29", ")");
                assert_eq!(found.len(), 1, "{place:?} {address}: {found:?}");
                assert_eq!(decoded(&found[0]), decoded(read), "{place:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_address_the_markup_around_it_stays_whole(
            path in "([a-z]|[&;()'\"<>|`*_ ~]|&lt;|&#38;){0,20}",
        ) {
            let Ok(url) = url::Url::parse(&format!("https://a.example/{path}")) else { return Ok(()) };
            for place in &PLACES[..8] {
                let found = read_back(*place, url.as_str());
                proptest::prop_assert_eq!(found.len(), 1, "{:?}: {:?}", place, found);
                // A sign and its percent-encoding name one resource here.
                let plain = |url: &str| {
                    percent_encoding::percent_decode_str(url).decode_utf8_lossy().into_owned()
                };
                proptest::prop_assert_eq!(plain(&found[0]), plain(url.as_str()), "{:?}", place);
            }
        }
    }
}
