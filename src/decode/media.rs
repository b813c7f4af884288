//! Media: what kind of text an answer holds, by its header, its address and its first bytes.

use url::Url;

use crate::decode::pdf;
use crate::model::Media;

/// The first bytes of formats that are no text, whatever their header says.
const BINARY_MAGIC: [&[u8]; 15] = [
    pdf::MAGIC,
    b"\x89PNG",
    b"GIF8",
    b"\xFF\xD8\xFF",
    b"PK\x03\x04",
    b"\x7FELF",
    b"\x1F\x8B",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"MZ\x90",
    b"\xD0\xCF\x11\xE0",
    b"7z\xBC\xAF",
    b"wOF2",
    b"Rar!",
];

/// The kind that the header states, before the body is read; [`Media::Text`] where it states
/// none, since it may be text.
#[must_use]
pub fn stated(content_type: Option<&str>, url: &Url) -> Media {
    match essence(content_type).as_str() {
        "text/html" | "application/xhtml+xml" => Media::Html,
        "text/markdown" | "text/x-markdown" => Media::Markdown,
        "" | "text/plain" | "unknown/unknown" | "application/unknown" if is_markdown(url) => {
            Media::Markdown
        }
        ""
        | "text/plain"
        | "unknown/unknown"
        | "application/unknown"
        | "application/link-format" => Media::Text,
        _ => Media::Other,
    }
}

/// Whether an answer is a PDF, by its header or, where that says nothing, by its address.
#[must_use]
pub fn is_pdf(content_type: Option<&str>, url: &Url) -> bool {
    match essence(content_type).as_str() {
        "application/pdf" | "application/x-pdf" => true,
        "application/octet-stream" | "binary/octet-stream" => {
            url.path().to_ascii_lowercase().ends_with(".pdf")
        }
        _ => false,
    }
}

/// The media type of a header field, in lower case, without its parameters.
fn essence(content_type: Option<&str>) -> String {
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The kind that the body proves to be, given the kind that was stated.
#[must_use]
pub fn proven(stated: Media, has_header: bool, body: &[u8]) -> Media {
    if BINARY_MAGIC.iter().any(|magic| body.starts_with(magic)) {
        return Media::Other;
    }
    let start = body.trim_ascii_start();
    let is_markup =
        |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
    if stated == Media::Text && !has_header && (is_markup(b"<!doctype html") || is_markup(b"<html"))
    {
        return Media::Html;
    }
    stated
}

fn is_markdown(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    [".md", ".markdown", ".mdx"].iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_header_address_and_bytes() {
        let url = |text: &str| text.parse::<Url>().expect("a URL");
        let page = url("http://e.com/a");
        assert_eq!(stated(Some("Text/HTML; charset=utf-8"), &page), Media::Html);
        assert_eq!(stated(Some("application/pdf"), &page), Media::Other);
        assert_eq!(stated(Some("application/link-format"), &page), Media::Text);
        assert_eq!(stated(Some("text/plain"), &url("http://e.com/README.md")), Media::Markdown);
        assert_eq!(proven(stated(None, &page), false, b"\n<!DOCTYPE HTML>"), Media::Html);
        assert_eq!(proven(Media::Html, true, b"\x89PNG\r\n"), Media::Other);
        assert_eq!(proven(Media::Text, true, b"<html>"), Media::Text);
    }
}
