//! Pages as programs write them, and what is no file at all.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use super::*;

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}

/// A file of pages of 600 by 800 points, each what it draws and its annotations; `more` are objects
/// from number 500 on, and `trailer` entries of the trailer.
fn file(pages: &[(&str, &str)], more: &str, trailer: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 10 + 2 * page)).collect();
    let mut text = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Metadata 500 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 600 800] >>\nendobj\n\
         3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n{more}\n",
        pages.len(),
        kids.join(" ")
    );
    for (page, (content, annotations)) in pages.iter().enumerate() {
        let number = 10 + 2 * page;
        text += &format!(
            "{number} 0 obj\n<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Annots [{annotations}] \
             /Resources << /Font << /F 3 0 R >> >> >>\nendobj\n{} 0 obj\n<< /Length {} >>\nstream\n\
             {content}\nendstream\nendobj\n",
            number + 1,
            number + 1,
            content.len() + 1,
        );
    }
    format!("{text}trailer\n<< /Root 1 0 R {trailer} >>\n%%EOF\n").into_bytes()
}

/// Draws words at places: left, up from the lower edge, size, words.
fn drawn(words: &[(i32, i32, i32, &str)]) -> String {
    let draw = |(x, y, size, words): &(i32, i32, i32, &str)| {
        format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
    };
    words.iter().map(draw).collect()
}

fn text(words: &[(i32, i32, i32, &str)]) -> String {
    read(file(&[(&drawn(words), "")], "", "")).text
}

fn link(area: &str, address: &str) -> String {
    format!("<< /Type /Annot /Subtype /Link /Rect [{area}] /A << /S /URI /URI ({address}) >> >> ")
}

/// The words of each link, and where it leads.
fn links(pages: &[(&str, &str)]) -> Vec<(String, String)> {
    let reading = read(file(pages, "", ""));
    let links = reading.pages.links.iter();
    links.map(|link| (link.span.of(&reading.text).to_owned(), link.address.clone())).collect()
}

#[test]
fn lines_of_a_block_stand_together_and_blocks_apart() {
    for (words, expected) in [
        (
            &[(50, 700, 10, "one"), (50, 688, 10, "two"), (50, 660, 10, "three")][..],
            "one\ntwo\n\nthree\n",
        ),
        // Words are set apart by their places where no space is shown, and columns further.
        (
            &[(50, 700, 10, "one"), (72, 700, 10, "two"), (150, 700, 10, "three")],
            "one two   three\n",
        ),
        (
            &[(50, 700, 10, "see http://a.example/b-"), (50, 688, 10, "c")],
            "see http://a.example/b-\nc\n",
        ),
        // The second column begins above the end of the first.
        (
            &[(50, 700, 10, "a"), (50, 688, 10, "b"), (300, 700, 10, "c"), (300, 688, 10, "d")],
            "a\nb\n\nc\nd\n",
        ),
        (&[(50, 700, 20, "Head"), (50, 680, 10, "body")], "Head\n\nbody\n"),
        // A raised number refers to a note and belongs to no address.
        (&[(50, 700, 10, "http://a.example/b"), (133, 704, 6, "12")], "http://a.example/b 12\n"),
        // Twice the same, a little apart, looks bold.
        (&[(50, 700, 10, "bold"), (50, 700, 10, "bold")], "bold\n"),
        // What runs over the edge of the page is kept.
        (&[(560, 700, 10, "http://a.example/long-address")], "http://a.example/long-address\n"),
    ] {
        assert_eq!(text(words), expected, "{words:?}");
    }
}

#[test]
fn turned_text_has_lines_too() {
    let content = "BT /F 10 Tf 0 1 -1 0 300 100 Tm (one) Tj 0 -12 Td (two) Tj ET\n\
        BT /F 10 Tf -1 0 0 -1 300 100 Tm (three) Tj ET";
    assert_eq!(read(file(&[(content, "")], "", "")).text, "one\ntwo\n\nthree\n");
}

#[test]
fn what_glyphs_are_to_be_read_as_goes_before_what_they_are() {
    let content =
        "BT /F 10 Tf 50 700 Td (of) Tj /Span << /ActualText (fi) >> BDC (x) Tj EMC (cial) Tj ET";
    assert_eq!(read(file(&[(content, "")], "", "")).text, "official\n");
}

#[test]
fn a_page_of_glyphs_without_characters_is_told() {
    let content = drawn(&[(50, 700, 10, &"\\201".repeat(40))]);
    let reading = read(file(&[("", ""), (&content, "")], "", ""));
    let told = "page 2: glyphs stand for no characters, so that the text cannot be read";
    assert_eq!(reading.pages.unread, [told], "{}", reading.text);
}

#[test]
fn links_stand_at_the_words_that_they_cover() {
    let content = drawn(&[(50, 700, 10, "see more"), (50, 688, 10, "of it here")]);
    let (one, two) = ("66 697 100 710", "50 685 68 698");
    // Each line is an area of its own, in any order and with its corners swapped.
    let upside_down = "68 698 50 685";
    let expected = [("more\nof it".to_owned(), "http://a.example/".to_owned())];
    for (first, second) in [(one, two), (two, one), (upside_down, one)] {
        let annotations =
            [link(first, "http://a.example/"), link(second, "http://a.example/")].concat();
        assert_eq!(links(&[(&content, &annotations)]), expected, "{first} {second}");
    }
    let quads = "<< /Subtype /Link /Rect [0 0 600 800] /QuadPoints [66 710 100 710 66 697 100 697 50 698 68 \
         698 50 685 68 685] /A << /S /URI /URI (http://a.example/) >> >>";
    assert_eq!(links(&[(&content, quads)]), expected);
}

#[test]
fn a_link_goes_on_on_the_next_page_and_one_over_a_picture_has_no_words() {
    let (first, second) = (drawn(&[(50, 50, 10, "a long")]), drawn(&[(50, 700, 10, "link")]));
    let annotation = |area| link(area, "http://a.example/");
    let (one, two) = (annotation("50 45 90 60"), annotation("50 695 80 710"));
    let expected = [("a long\n\nlink".to_owned(), "http://a.example/".to_owned())];
    assert_eq!(links(&[(&first, &one), (&second, &two)]), expected);
    let picture = annotation("300 300 400 400");
    assert_eq!(links(&[(&first, &picture)]), [(String::new(), "http://a.example/".to_owned())]);
}

const PACKET: &str = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description rdf:about='' \
    xmp:ModifyDate='2018-05-27T08:00:00Z'><pdf:Producer>A &amp; B</pdf:Producer>\
    <xmp:CreateDate>2018-05-25T14:03:00+03:00</xmp:CreateDate>\
    <dcterms:issued><rdf:Seq><rdf:li>2018-05-26</rdf:li><rdf:li>2019-01-01</rdf:li></rdf:Seq></dcterms:issued>\
    <xmpMM:History><rdf:li stEvt:when='2001-01-01'/></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>";

/// Publication, making and last change as a file states them, `-` where it does not, and its tool.
fn said(more: &str, trailer: &str) -> [String; 4] {
    let said = match read(file(&[("", "")], more, trailer)).envelope {
        Some(Envelope::Pdf { published, created, modified, tool }) => {
            [published, created, modified, tool]
        }
        _ => [None, None, None, None],
    };
    said.map(|date| date.unwrap_or_else(|| "-".to_owned()))
}

#[test]
fn dates_are_kept_as_they_are_written() {
    let info = "400 0 obj << /CreationDate (D:20010101) >> endobj\n412 0 obj\n<< /Title (a \\(b) \
        /CreationDateX (x) /CreationDate (D:20180525140300+03'00') \
        /ModDate <FEFF0044003A0032003000310038> /Creator (C) /Producer (P) >>\nendobj\n";
    let expected = ["-", "D:20180525140300+03'00'", "D:2018", "C; P"];
    assert_eq!(said(info, "/Info 412 0 R"), expected);
    assert_eq!(said(info, ""), ["-", "-", "-", "-"]);
    let packet = format!(
        "500 0 obj\n<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{PACKET}\nendstream\nendobj\n",
        PACKET.len()
    );
    let expected = ["2018-05-26", "2018-05-25T14:03:00+03:00", "2018-05-27T08:00:00Z", "A & B"];
    assert_eq!(said(&packet, ""), expected);
}

#[test]
fn hostile_files_cost_little() {
    let stream = |dictionary: &str, data: &[u8]| {
        let head = format!("500 0 obj\n<< {dictionary} /Length {} >>\nstream\n", data.len());
        [b"%PDF-1.7\n", head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    };
    let once = stream("/Filter /FlateDecode", &deflated(&vec![b'0'; 1 << 20]));
    let picture = stream("/Subtype /Image /Filter /FlateDecode", &deflated(&vec![b'0'; 1 << 20]));
    let twice = stream("/Filter [/FlateDecode /FlateDecode]", &[b'x'; 500]);
    for (bytes, one, all, expected) in [
        (&once, 1 << 19, 1 << 30, true),
        (&once, 1 << 21, 1 << 30, false),
        (&once.repeat(3), 1 << 20, 1 << 21, true),
        (&picture, 1 << 19, 1 << 30, false),
        (&twice, 1 << 28, 1 << 30, true),
    ] {
        assert_eq!(bomb::unpacks_to_more(bytes, one, all), expected, "{one} {all}");
    }
    let loops = b"%PDF-1.7 1 0 obj << /Type /Pages /Kids [1 0 R 1 0 R] /Count 2 >> endobj \
        trailer << /Root << /Type /Catalog /Pages 1 0 R >> >>";
    assert!(read(loops.to_vec()).text.is_empty());
    let nested =
        [&b"%PDF-1.7 1 0 obj "[..], &b"[".repeat(200_000), b" trailer << /Root 1 0 R >>"].concat();
    assert!(read(nested).pages.is_unreadable);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn damaged_files_are_read_or_told_of(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let content = drawn(&[(50, 700, 10, "see more"), (50, 688, 10, "of it here")]);
        let mut bytes = file(&[(&content, &link("66 697 100 710", "http://a.example/"))], "", "");
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(bytes.len() / 2 + cut.index(bytes.len() / 2));
        let Reading { text, pages, .. } = read(bytes);
        for link in &pages.links {
            prop_assert!(text.get(link.span.start..link.span.end).is_some());
        }
        prop_assert!(!pages.is_unreadable || !pages.unread.is_empty());
    }
}
