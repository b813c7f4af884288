//! Of whatever format an input is, each link's `raw` is the document's text at its span.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use dateline::extract::extract;
use dateline::read::{FORMATS, InputFormat, Options, Source};
use proptest::prelude::*;

/// How many links the documents of an input hold, each being what stands at its span.
fn checked_links(format: &InputFormat, bytes: &[u8]) -> usize {
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    let source = Source { name: "input".to_owned(), reader };
    let documents = (format.open)(source, &Options::default()).flatten();
    documents
        .flat_map(|document| {
            let links = extract(&document).links;
            for link in &links {
                assert_eq!(
                    link.span.of(&document.text),
                    link.raw(),
                    "{}: {}",
                    format.name,
                    document.text
                );
            }
            links
        })
        .count()
}

#[test]
fn the_fixtures_links_are_what_stands_at_their_spans() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut folders = vec![folder];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if let Some(format) = FORMATS.iter().find(|format| format.endings.contains(&ending)) {
                seen += checked_links(format, &fs::read(&path).expect("a file"));
            }
        }
    }
    assert!(seen > 20, "{seen} links");
}

/// Pieces of text with links, in the ways that the formats write and escape them.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "https://a.example/b?c=1&d=2",
        "https://a.example/b?c=1&amp;d=2",
        "https://a.example/2018/05/",
        "25/x-y-z",
        "http://",
        "www.example.org",
        "hxxp://b[.]example/",
        "<a href=\"https://a.example/é\">",
        "&lt;a href=&quot;/x&quot;&gt;",
        "</a>",
        "&lt;/a&gt;",
        "<![CDATA[",
        "]]>",
        "<link>",
        "</link>",
        "<p>",
        "=\n",
        "=3D",
        "=C3=BC",
        "\r\n",
        "\n",
        "\n\n",
        " ",
        "é",
        "🍄",
        "\u{AD}",
        "[a](",
        ")",
        "\\n",
        "\\\"",
        "\\u00e9",
        "Related article: ",
        "words of it",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The frame of a format, in which a text stands.
fn framed(format: &str, text: &str) -> String {
    match format {
        "feed" => format!(
            "<rss version=\"2.0\"><channel><item><title>{text}</title><link>https://a.example/</link>\
             <description>{text}</description></item></channel></rss>"
        ),
        "email" => format!(
            "Subject: A note\r\nDate: Fri, 25 May 2018 14:03:00 +0200\r\n\
             Content-Type: text/html; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{text}\r\n"
        ),
        "jsonl" => {
            let quoted = serde_json::Value::from(text);
            format!("{{\"html\": {quoted}}}\n{{\"markdown\": {quoted}}}\n{{\"text\": {quoted}}}\n")
        }
        "warc" => format!(
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://b.example/\r\n\
             WARC-Date: 2018-05-25T00:00:00Z\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Length: {}\r\n\r\n{text}\r\n\r\n",
            text.len()
        ),
        "pdf" => pdf(text),
        _ => text.to_owned(),
    }
}

/// A file of one page that shows a text, a line below the other.
fn pdf(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let plain = |c: char| if c.is_ascii() && !c.is_control() { c } else { '?' };
        let line: String = line.chars().map(plain).collect();
        format!(
            "({}) Tj 0 -12 Td ",
            line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
        )
    });
    let content = format!("BT /F 10 Tf 50 700 Td {}ET", lines.collect::<String>());
    format!(
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 \
         /Kids [3 0 R] >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] \
         /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont \
         /Helvetica >> >> >> >> endobj\n4 0 obj << /Length {} >>\nstream\n{content}\nendstream \
         endobj\ntrailer << /Root 1 0 R >>\n",
        content.len()
    )
}

#[test]
fn each_format_has_links_to_check() {
    // A collection or an index of archives has none but theirs.
    let has_text = |name: &str| !matches!(name, "wacz" | "cdx");
    for format in FORMATS.iter().filter(|format| has_text(format.name)) {
        let text = "See https://a.example/b for it.";
        assert!(checked_links(format, framed(format.name, text).as_bytes()) > 0, "{}", format.name);
    }
}

proptest! {
    #[test]
    fn links_of_any_soup_are_what_stands_at_their_spans(text in soup()) {
        for format in FORMATS {
            checked_links(format, framed(format.name, &text).as_bytes());
        }
    }

    #[test]
    fn links_of_any_bytes_are_what_stands_at_their_spans(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        for format in FORMATS {
            checked_links(format, &bytes);
        }
    }
}
