//! Media: what kind of text bytes hold, by their header, their address and their first bytes; the one
//! place where bytes are sniffed.

use url::Url;

use crate::decode::reading;
use crate::model::Media;

/// The first bytes of formats that are no text, whatever their header says.
const BINARY: [&[u8]; 14] = [
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

/// What an HTML page begins with; among it what stands before a page whose template failed on its
/// server.
const HTML: [&[u8]; 12] = [
    b"<!doctype html",
    b"<html",
    b"<?xml",
    b"<!--",
    b"<head",
    b"<body",
    b"<meta",
    b"<title",
    b"<script",
    b"<div",
    b"<br",
    b"<b>",
];

/// How far into the bytes what stands before a page's first tag is looked through.
const HEAD_BYTES: usize = 1024;

/// What bytes begin as, whatever they are said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// A PDF.
    Pdf,
    /// Another format that is no text.
    Binary,
    /// An HTML page.
    Html,
    /// It may be any text.
    Open,
}

/// Sniffs the first bytes.
#[must_use]
pub(crate) fn beginning(bytes: &[u8]) -> Beginning {
    if bytes.starts_with(reading::MAGIC) {
        return Beginning::Pdf;
    }
    if BINARY.iter().any(|magic| bytes.starts_with(magic)) {
        return Beginning::Binary;
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &&[u8]| head.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
    if HTML.iter().any(begins) { Beginning::Html } else { Beginning::Open }
}

/// Whether bytes are no text in any encoding: no text holds a NUL in its first bytes, save UTF-16,
/// which says so by a byte order mark.
#[must_use]
pub(crate) fn is_no_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..8 * 1024).unwrap_or(bytes);
    let is_utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    !is_utf16 && memchr::memchr(0, head).is_some()
}

/// The kind that the header states, before the body is read; [`Media::Text`] where it states
/// none, since it may be text.
#[must_use]
pub(crate) fn stated(content_type: Option<&str>, url: &Url) -> Media {
    match essence(content_type).as_str() {
        "text/html" | "application/xhtml+xml" => Media::Html,
        "text/markdown" | "text/x-markdown" => Media::Markdown,
        "text/x-rst" | "text/prs.fallenstein.rst" => Media::Rst,
        "text/asciidoc" | "text/x-asciidoc" => Media::AsciiDoc,
        "" | "text/plain" | "unknown/unknown" | "application/unknown" => by_ending(url),
        // What web archives list their captures in (RFC 6690; pywb's index).
        "application/link-format" | "text/x-cdxj" | "text/x-ndjson" => Media::Text,
        _ => Media::Other,
    }
}

/// Files that are read whole: what headers call them, and how their addresses end.
const FILES: [(&str, &str); 4] = [
    ("application/pdf", ".pdf"),
    ("application/epub+zip", ".epub"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("application/vnd.oasis.opendocument.text", ".odt"),
];

/// Whether an answer is such a file, by its header or, where that says nothing, by its address.
#[must_use]
pub(crate) fn is_file(content_type: Option<&str>, url: &Url) -> bool {
    match essence(content_type).as_str() {
        "application/x-pdf" => true,
        "application/octet-stream"
        | "binary/octet-stream"
        | "application/zip"
        | "application/x-zip-compressed" => {
            let path = url.path().to_ascii_lowercase();
            FILES.iter().any(|(_, ending)| path.ends_with(ending))
        }
        essence => FILES.iter().any(|(kind, _)| essence == *kind),
    }
}

/// The media type of a header field, in lower case, without its parameters.
fn essence(content_type: Option<&str>) -> String {
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The kind that the body proves to be, given the kind that was stated.
#[must_use]
pub(crate) fn proven(stated: Media, has_header: bool, body: &[u8]) -> Media {
    match beginning(body) {
        Beginning::Pdf => Media::Pdf,
        Beginning::Binary => Media::Other,
        Beginning::Html if stated == Media::Text && !has_header => Media::Html,
        Beginning::Html | Beginning::Open => stated,
    }
}

/// The markup that the ending of a path names; [`Media::Text`] where it names none.
fn by_ending(url: &Url) -> Media {
    let path = url.path().to_ascii_lowercase();
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("md" | "markdown" | "mdx") => Media::Markdown,
        Some("rst") => Media::Rst,
        Some("adoc" | "asciidoc") => Media::AsciiDoc,
        _ => Media::Text,
    }
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
        assert_eq!(beginning(b"\xEF\xBB\xBF <HTML lang=en>"), Beginning::Html);
        assert_eq!(beginning(b"%PDF-1.7"), Beginning::Pdf);
        assert_eq!(beginning(b"<5 years"), Beginning::Open);
        assert!(is_no_text(b"a\0b") && !is_no_text(b"\xFF\xFEa\0b\0"));
    }
}
