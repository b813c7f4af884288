//! The headline that stands beside a text, put in front of it: a feed's entry and a mail carry
//! theirs in a field of its own.

use crate::model::Media;

/// The text with its headline: as a heading of level one in HTML, and in plain text as the first
/// line, unless it stands there already.
pub(super) fn put_before(text: &str, headline: &str, media: Media) -> String {
    let headline = headline.split_whitespace().collect::<Vec<_>>().join(" ");
    if headline.is_empty() {
        return text.to_owned();
    }
    if media == Media::Html {
        return format!("<h1>{}</h1>\n{text}", html_escape::encode_text(&headline));
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.split_whitespace().eq(headline.split(' ')) {
        return text.to_owned();
    }
    format!("{headline}\n\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_gets_a_heading() {
        assert_eq!(
            put_before("<p>x", "A <b\n & c ", Media::Html),
            "<h1>A &lt;b &amp; c</h1>\n<p>x"
        );
        assert_eq!(put_before("<p>x", " ", Media::Html), "<p>x");
    }

    #[test]
    fn text_gets_a_first_line_once() {
        assert_eq!(put_before("Body.", "A b", Media::Text), "A b\n\nBody.");
        assert_eq!(put_before("\n A  b\n\nBody.", "A b", Media::Text), "\n A  b\n\nBody.");
        assert_eq!(put_before("", "A b", Media::Text), "A b\n\n");
    }
}
