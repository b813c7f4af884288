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

fn read_parts(kind: Kind, parts: &[(&str, &str)]) -> Result<Vec<Document>, String> {
    documents(kind, "a", packed(parts))
}

/// Words and addresses of the links.
fn links(document: &Document) -> Vec<(String, String)> {
    let links = extract(document).links.into_iter();
    links
        .map(|link| (link.text.clone().unwrap_or_default().into(), link.joined().to_owned()))
        .collect()
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
        Kind::Docx,
        &[
            ("word/document.xml", text),
            ("word/_rels/document.xml.rels", relations),
            ("docProps/core.xml", core),
        ],
    );
    let document = &read.expect("a document")[0];
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
    let read = read_parts(Kind::Odt, &[("content.xml", text), ("meta.xml", meta)]);
    let document = &read.expect("a document")[0];
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
        Kind::Epub,
        &[
            ("META-INF/container.xml", container),
            ("OEBPS/book.opf", package),
            ("OEBPS/one.xhtml", &one),
            ("OEBPS/text/two b.xhtml", &two),
        ],
    );
    let chapters = read.expect("chapters");
    let ids: Vec<_> = chapters.iter().filter_map(|chapter| chapter.id.as_deref()).collect();
    assert_eq!(ids, ["OEBPS/one.xhtml", "OEBPS/text/two b.xhtml"]);
    assert_eq!(links(&chapters[1]), pairs(&[("x", "https://a.example/2")]));
    let [published, modified] =
        ["2018-05-25", "2018-06-01T00:00:00Z"].map(|date| Some(date.to_owned()));
    let envelope = Envelope::Properties { published, created: None, modified };
    assert_eq!(chapters[0].envelope, Some(envelope));
}

#[test]
fn what_is_no_such_file_is_told() {
    for (kind, problem) in [
        (Kind::Docx, "word/document.xml"),
        (Kind::Odt, "content.xml"),
        (Kind::Epub, "names no package"),
    ] {
        let error = read_parts(kind, &[("other.xml", "<a/>")]).expect_err("it lacks its parts");
        assert!(error.contains(problem), "{error}");
        assert!(documents(kind, "a", b"no ZIP at all".to_vec()).is_err());
        let document = document(kind, "a", packed(&[("other.xml", "<a/>")]));
        assert_eq!((document.media, document.text.as_str()), (Media::Other, ""));
    }
}

#[test]
fn a_file_is_one_document_by_its_first_part() {
    let word = "<w:p><w:r><w:t>words</w:t></w:r></w:p>";
    let open = "<office:text><text:p>words</text:p></office:text>";
    let container = r#"<rootfile full-path="b.opf"/>"#;
    let package = r#"<dc:title>The &amp; river</dc:title><dc:date>2018-05-25</dc:date><item id="a" href="1.xhtml"/>
        <item id="b" href="2.xhtml"/><itemref idref="a"/><itemref idref="b"/>"#;
    let chapter = "<html><p>words <a href='2.xhtml'>next</a> <a href='https://a.example/'>out</a>";
    let epub = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("b.opf", package),
        ("1.xhtml", chapter),
        ("2.xhtml", chapter),
    ];
    for (parts, expected) in [
        (&epub[..], Some((Kind::Epub, 2))),
        (&[("[Content_Types].xml", ""), ("word/document.xml", word)], Some((Kind::Docx, 1))),
        (
            &[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", open)],
            Some((Kind::Odt, 1)),
        ),
        (&[("a.txt", "words")], None),
    ] {
        let bytes = packed(parts);
        let kind = begins(&bytes);
        assert_eq!(kind, expected.map(|(kind, _)| kind));
        let read = crate::decode::document("a", Media::Other, bytes, None);
        let times = read.text.matches("words").count();
        assert_eq!(times, expected.map_or(0, |(_, times)| times), "{}", read.text);
    }
    let book = document(Kind::Epub, "a", packed(&epub));
    assert_eq!(extract(&book).title(), Some("The & river"));
    let published = Some("2018-05-25".to_owned());
    let envelope = Envelope::Properties { published, created: None, modified: None };
    assert_eq!(book.envelope, Some(envelope));
    // The chapters lead to each other inside of the file, wherever that stands on the web.
    let placed = Document { url: "https://b.example/book.epub".parse().ok(), ..book };
    let web: Vec<_> =
        extract(&placed).links.iter().filter_map(|link| link.url().cloned()).collect();
    assert!(web.iter().all(|url| url.as_str() == "https://a.example/"), "{web:?}");
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[<>/=\" a-z:&;]{0,200}") {
        for (kind, name) in [(Kind::Docx, "word/document.xml"), (Kind::Odt, "content.xml"), (Kind::Epub, "META-INF/container.xml")] {
            let _ = read_parts(kind, &[(name, &text), ("word/_rels/document.xml.rels", &text)]);
        }
    }
}
