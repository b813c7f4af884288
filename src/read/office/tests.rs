//! Files as word processors write them, by their parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::extract::extract;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(*name, options).expect("a name");
        zip.write_all(text.as_bytes()).expect("memory takes all");
    }
    zip.finish().expect("a table").into_inner()
}

fn read_parts(format: &InputFormat, parts: &[(&str, &str)]) -> Vec<Result<Document, ReadError>> {
    let reader = Box::new(Cursor::new(packed(parts)));
    (format.open)(Source { name: "a".into(), reader }, &super::super::Options::default()).collect()
}

/// Words and addresses of the links.
fn links(document: &Document) -> Vec<(String, String)> {
    let links = extract(document).links.into_iter();
    links.map(|link| (link.text.clone().unwrap_or_default(), link.joined().to_owned())).collect()
}

fn pairs(links: &[(&str, &str)]) -> Vec<(String, String)> {
    links.iter().map(|(text, to)| ((*text).to_owned(), (*to).to_owned())).collect()
}

#[test]
fn word_links_by_relation_and_by_field() {
    let text = r#"<w:document><w:body>
        <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>The bridge &amp; the river</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="rId1"><w:r><w:t>one</w:t></w:r><w:r><w:t> of them</w:t></w:r></w:hyperlink>
        <w:del><w:r><w:delText>gone http://gone.example/</w:delText></w:r></w:del></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.example/two?a=1&amp;b=2" \o "x" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>two</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
        and <w:fldSimple w:instr=" HYPERLINK &quot;https://a.example/three&quot; "><w:r><w:t>three</w:t></w:r></w:fldSimple></w:p>
        <w:p><w:hyperlink w:anchor="here"><w:r><w:t>inside</w:t></w:r></w:hyperlink></w:p></w:body></w:document>"#;
    let relations = r#"<Relationships><Relationship Id="rId1" Type="hyperlink" Target="https://a.example/one" TargetMode="External"/></Relationships>"#;
    let core = "<cp:coreProperties><dc:title>The bridge</dc:title><dcterms:created xsi:type=\"dcterms:W3CDTF\">2018-05-25T10:00:00Z</dcterms:created></cp:coreProperties>";
    let read = read_parts(
        &DOCX,
        &[
            ("word/document.xml", text),
            ("word/_rels/document.xml.rels", relations),
            ("docProps/core.xml", core),
        ],
    );
    let document = read[0].as_ref().expect("a document");
    let expected = [
        ("one of them", "https://a.example/one"),
        ("two", "https://a.example/two?a=1&b=2"),
        ("three", "https://a.example/three"),
    ];
    assert_eq!(links(document), pairs(&expected), "{}", document.text);
    assert_eq!(extract(document).title(), Some("The bridge & the river"));
    assert!(!document.text.contains("gone"), "{}", document.text);
    let created = Some("2018-05-25T10:00:00Z".to_owned());
    let envelope = Envelope::Properties { published: None, created, modified: None };
    assert_eq!(document.envelope, Some(envelope));
}

#[test]
fn open_document_has_links_headings_and_notes() {
    let text = r#"<office:document-content><office:body><office:text>
        <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
        <text:h text:outline-level="1">The bridge</text:h>
        <text:p>See<text:s text:c="2"/><text:a xlink:href="https://a.example/one">one <text:span>of</text:span> them</text:a><text:note><text:note-body><text:p>A note: https://a.example/two</text:p></text:note-body></text:note>.</text:p>
        </office:text></office:body></office:document-content>"#;
    let meta = "<office:document-meta><office:meta><meta:creation-date>2018-05-25T10:00:00</meta:creation-date><dc:date>2018-05-26</dc:date></office:meta></office:document-meta>";
    let read = read_parts(&ODT, &[("content.xml", text), ("meta.xml", meta)]);
    let document = read[0].as_ref().expect("a document");
    let expected = [("one of them", "https://a.example/one"), ("", "https://a.example/two")];
    assert_eq!(links(document), pairs(&expected), "{}", document.text);
    assert!(!document.text.contains("gone"), "{}", document.text);
    let [created, modified] =
        ["2018-05-25T10:00:00", "2018-05-26"].map(|date| Some(date.to_owned()));
    let envelope = Envelope::Properties { published: None, created, modified };
    assert_eq!(document.envelope, Some(envelope));
}

#[test]
fn a_book_is_its_chapters() {
    let container =
        r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#;
    let package = r#"<package><metadata><dc:date>2018-05-25</dc:date><meta property="dcterms:modified">2018-06-01T00:00:00Z</meta></metadata>
        <manifest><item id="b" href="text/two%20b.xhtml"/><item id="a" href="one.xhtml"/></manifest>
        <spine><itemref idref="a"/><itemref idref="b"/><itemref idref="none"/></spine></package>"#;
    let chapter = |n: u8| {
        format!("<html><body><h1>{n}</h1><a href='https://a.example/{n}'>x</a></body></html>")
    };
    let (one, two) = (chapter(1), chapter(2));
    let read = read_parts(
        &EPUB,
        &[
            ("META-INF/container.xml", container),
            ("OEBPS/book.opf", package),
            ("OEBPS/one.xhtml", &one),
            ("OEBPS/text/two b.xhtml", &two),
        ],
    );
    let chapters: Vec<_> = read.iter().map(|read| read.as_ref().expect("a chapter")).collect();
    let ids: Vec<_> = chapters.iter().filter_map(|chapter| chapter.id.as_deref()).collect();
    assert_eq!(ids, ["OEBPS/one.xhtml", "OEBPS/text/two b.xhtml"]);
    assert_eq!(links(chapters[1]), pairs(&[("x", "https://a.example/2")]));
    let [published, modified] =
        ["2018-05-25", "2018-06-01T00:00:00Z"].map(|date| Some(date.to_owned()));
    let envelope = Envelope::Properties { published, created: None, modified };
    assert_eq!(chapters[0].envelope, Some(envelope));
}

#[test]
fn what_is_no_such_file_is_told() {
    for (format, problem) in
        [(&DOCX, "word/document.xml"), (&ODT, "content.xml"), (&EPUB, "names no package")]
    {
        let read = read_parts(format, &[("other.xml", "<a/>")]);
        let error = read[0].as_ref().expect_err("it lacks its parts");
        assert!(error.problem.contains(problem), "{error}");
        let reader = Box::new(&b"no ZIP at all"[..]);
        let read =
            (format.open)(Source { name: "a".into(), reader }, &super::super::Options::default());
        assert!(read.collect::<Vec<_>>()[0].is_err());
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[<>/=\" a-z:&;]{0,200}") {
        for (format, name) in [(&DOCX, "word/document.xml"), (&ODT, "content.xml"), (&EPUB, "META-INF/container.xml")] {
            let _ = read_parts(format, &[(name, &text), ("word/_rels/document.xml.rels", &text)]);
        }
    }
}
