//! What becomes documents of the records that tools write.

use super::super::{Options, Source};
use super::FORMAT;
use crate::model::{Document, Media};

/// A record: its fields after the version, and its block.
fn record(fields: &str, block: &[u8]) -> Vec<u8> {
    let fields = fields.replace('\n', "\r\n");
    let length = block.len();
    let head = format!("WARC/1.1\r\n{fields}\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(name: &str, message: &str) -> Vec<u8> {
    let fields = format!(
        "WARC-Type: response\nWARC-Record-ID: <urn:uuid:{name}>\nWARC-Target-URI: \
         http://e.com/{name}\nWARC-Date: 2018-05-25T12:00:00Z\nContent-Type: application/http"
    );
    record(&fields, message.as_bytes())
}

fn request(of: &str, method: &str) -> Vec<u8> {
    let fields = format!(
        "WARC-Type: request\nWARC-Target-URI: http://e.com/{of}\nWARC-Concurrent-To: <urn:uuid:{of}>"
    );
    record(&fields, format!("{method} /{of} HTTP/1.1\r\nHost: e.com\r\n\r\n").as_bytes())
}

fn page(words: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><p>{words}")
}

fn read(file: Vec<u8>, options: &Options) -> Vec<Result<Document, String>> {
    let reader = Box::new(std::io::Cursor::new(file));
    let documents = (FORMAT.open)(Source { name: "-".into(), reader }, options);
    documents.map(|document| document.map_err(|error| error.to_string())).collect()
}

/// The documents of a file by their names, and what is said of the records that are none.
fn told(file: Vec<u8>) -> (String, String) {
    let options = Options::default();
    let names = read(file, &options).into_iter().map(|document| match document {
        Ok(document) => {
            let url = document.url.expect("an address");
            format!("{}{}", url.path(), if document.partial { " (a part)" } else { "" })
        }
        Err(_) => "!".to_owned(),
    });
    (names.collect::<Vec<_>>().join(" "), options.tally.remarks().concat())
}

#[test]
fn a_page_is_what_a_get_was_answered() {
    let ok = || answer("a", &page("words"));
    let status = |status: &str| answer("a", &page("words").replace("200 OK", status));
    let typed = |fields: &str, block: &str| {
        record(&format!("{fields}\nWARC-Target-URI: http://e.com/a"), block.as_bytes())
    };
    for (file, read, said) in [
        (ok(), "/a", ""),
        ([ok(), request("a", "GET")].concat(), "/a", ""),
        ([request("a", "GET"), ok()].concat(), "/a", ""),
        ([ok(), request("a", "OPTIONS")].concat(), "", "another method"),
        ([ok(), request("a", "HEAD"), ok(), request("a", "GET")].concat(), "/a", "another method"),
        ([request("a", "POST"), ok()].concat(), "", "another method"),
        ([ok(), request("b", "POST")].concat(), "/a", ""),
        (status("301 Moved"), "", "a redirect"),
        (status("404 Not Found"), "", "another status"),
        (status("206 Partial Content"), "", "another status"),
        (answer("a", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), "", "an empty body"),
        (answer("a", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"), "", "no text"),
        (answer("a", "no HTTP"), "", "no HTTP"),
        (typed("WARC-Type: metadata", "outlink: x"), "", ""),
        (typed("WARC-Type: warcinfo", "software: x"), "", ""),
        (typed("WARC-Type: resource\nContent-Type: text/html", "<p>words"), "/a", ""),
        (typed("WARC-Type: conversion\nContent-Type: text/plain", "words"), "/a", ""),
        (typed("WARC-Type: resource\nContent-Type: image/png", "x"), "", "no text"),
    ] {
        let text = String::from_utf8_lossy(&file).into_owned();
        let (names, remarks) = told(file);
        assert_eq!(names, read, "{text}");
        assert!(
            remarks.contains(said) && remarks.is_empty() == said.is_empty(),
            "{remarks}: {text}"
        );
    }
}

#[test]
fn a_document_has_what_its_record_tells() {
    let first = answer("a", &page("words"));
    let file = [&first[..], &answer("b", &page("others"))].concat();
    let documents = read(file, &Options::default());
    let Some(Ok(document)) = documents.get(1) else { panic!("{documents:?}") };
    assert_eq!(document.name(), "-#http://e.com/b");
    assert_eq!(document.url.as_ref().map(url::Url::as_str), Some("http://e.com/b"));
    assert_eq!(document.media, Media::Html);
    assert_eq!(document.headers.get("content-type"), Some("text/html"));
    let captured = document.captured.map(|at| at.to_string());
    assert_eq!(captured.as_deref(), Some("2018-05-25T12:00:00Z"));
    let record = document.record.as_ref().expect("a record");
    assert_eq!(record.id.as_deref(), Some("urn:uuid:b"));
    assert_eq!((record.offset, record.within), (first.len() as u64, 0));
}

#[test]
fn a_time_of_capture_is_as_precise_as_it_is_written() {
    for (date, captured) in [
        ("2018", Some("2018")),
        ("2018-05", Some("2018-05")),
        ("20180525120000", Some("2018-05-25T12:00:00Z")),
        ("once", None),
    ] {
        let file = answer("a", &page("words"));
        let file = String::from_utf8(file).expect("text").replace("2018-05-25T12:00:00Z", date);
        let documents = read(file.into_bytes(), &Options::default());
        let Some(Ok(document)) = documents.first() else { panic!("{date}") };
        assert_eq!(document.captured.map(|at| at.to_string()).as_deref(), captured);
    }
}

#[test]
fn what_is_cut_is_partial() {
    let cut = |why: &str| {
        let file = String::from_utf8(answer("a", &page("words"))).expect("text");
        let fields = format!("WARC-Truncated: {why}\r\nWARC-Date");
        file.replace("WARC-Date", &fields).into_bytes()
    };
    for why in ["length", "time", "disconnect", "unspecified"] {
        assert_eq!(told(cut(why)).0, "/a (a part)", "{why}");
    }
}

#[test]
fn books_and_office_documents_are_documents() {
    let zip = |name: &str, text: &str| {
        let options = zip::write::SimpleFileOptions::default();
        let stored = options.compression_method(zip::CompressionMethod::Stored);
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [("[Content_Types].xml", ""), (name, text)] {
            zip.start_file(name, stored).expect("a name");
            std::io::Write::write_all(&mut zip, text.as_bytes()).expect("memory takes all");
        }
        zip.finish().expect("a table").into_inner()
    };
    let word = zip("word/document.xml", "<w:p><w:r><w:t>May 25, 2018</w:t></w:r></w:p>");
    let sheet = zip("xl/workbook.xml", "<x/>");
    for (kind, bytes, text) in [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &word, true),
        ("application/octet-stream", &word, true),
        ("text/plain", &word, true),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &sheet, false),
        ("image/png", &word, false),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n");
        let fields = "WARC-Type: response\nWARC-Target-URI: http://e.com/a.docx\nWARC-Date: \
            2018-05-26T12:00:00Z\nContent-Type: application/http";
        let block = [head.as_bytes(), bytes].concat();
        let documents = read(record(fields, &block), &Options::default());
        let found: Vec<_> = documents.iter().flatten().collect();
        assert_eq!(found.len(), usize::from(text), "{kind}: {documents:?}");
        let [document] = &found[..] else { continue };
        assert!(document.text.contains("May 25, 2018") && document.captured.is_some());
        assert_eq!(document.id.as_deref(), Some("http://e.com/a.docx"));
    }
}

#[test]
fn the_entries_of_a_feed_are_documents() {
    let feed = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<?xml version='1.0'?>\
                <rss version='2.0'><channel><item><link>http://e.com/x</link><description>words\
                </description></item></channel></rss>";
    let documents = read(answer("feed", feed), &Options::default());
    let Some(Ok(document)) = documents.first() else { panic!("{documents:?}") };
    assert_eq!(document.url.as_ref().map(url::Url::path), Some("/x"));
    assert!(document.captured.is_some() && document.record.is_some());
}

/// A revisit is the page that it refers to, at its own time; where it has a body, it is that.
#[test]
fn a_revisit_is_what_it_refers_to() {
    let original = String::from_utf8(answer("a", &page("words"))).expect("text");
    let original = original.replace("WARC-Date", "WARC-Payload-Digest: sha1:X\r\nWARC-Date");
    let revisit = |fields: &str, block: &str| {
        let fields = format!(
            "WARC-Type: revisit\nWARC-Target-URI: http://e.com/b\nWARC-Date: 2019-01-01T00:00:00Z\n{fields}"
        );
        record(&fields, block.as_bytes())
    };
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    for (fields, block, read) in [
        ("WARC-Refers-To: <urn:uuid:a>", head, true),
        ("WARC-Refers-To: <urn:uuid:a>", "", true),
        ("WARC-Refers-To: <urn:uuid:a>", "HTTP/1.1 304 Not Modified\r\n\r\n", true),
        ("WARC-Payload-Digest: sha1:X", head, true),
        (
            "WARC-Refers-To-Target-URI: http://e.com/a\nWARC-Refers-To-Date: 2018-05-25T12:00:00Z",
            head,
            true,
        ),
        ("WARC-Refers-To: <urn:uuid:z>", head, false),
        ("WARC-Payload-Digest: sha1:Y", head, false),
        ("WARC-Record-ID: <urn:uuid:self>\nWARC-Refers-To: <urn:uuid:self>", head, false),
    ] {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let bytes = [original.as_bytes(), &revisit(fields, block)].concat();
        std::io::Write::write_all(&mut file.as_file(), &bytes).expect("room");
        let options = Options::default();
        let name = file.path().to_string_lossy().into_owned();
        let reader = Box::new(std::io::Cursor::new(bytes));
        let documents = (FORMAT.open)(Source { name, reader }, &options);
        let documents: Vec<Document> = documents.filter_map(Result::ok).collect();
        assert_eq!(documents.len(), 1 + usize::from(read), "{fields} {block:?}");
        if let Some(again) = documents.get(1) {
            assert_eq!(again.text, documents[0].text);
            assert_eq!(again.url.as_ref().map(url::Url::path), Some("/b"));
            assert_eq!(
                again.captured.map(|at| at.to_string()).as_deref(),
                Some("2019-01-01T00:00:00Z")
            );
        } else {
            assert!(options.tally.remarks().concat().contains("original"));
        }
    }
    let own = revisit("WARC-Refers-To: <urn:uuid:z>", &page("of its own"));
    assert_eq!(told(own).0, "/b");
}

#[test]
fn damage_is_told_and_the_rest_is_read() {
    let [a, b, c] = ["a", "b", "c"].map(|name| answer(name, &page("words")));
    let b = String::from_utf8(b).expect("text").replace("Content-Length: ", "Content-Length: 9");
    let documents = read([&a[..], b.as_bytes(), &c].concat(), &Options::default());
    let said = documents.iter().filter_map(|document| document.as_ref().err());
    let said: Vec<&String> = said.collect();
    assert_eq!((documents.len(), said.len()), (3, 1), "{said:?}");
    let place = format!("it is damaged at byte {}: ", a.len());
    assert!(said[0].contains(&place), "{said:?}");
    assert_eq!(told(Vec::new()), ("!".to_owned(), String::new()));
}
