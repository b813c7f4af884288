//! Pages as programs write them, and what is no file at all.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use super::*;
use crate::model::Envelope;

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
fn drawn_letters_of_tex_are_read_by_their_codes() {
    let font = "3 0 obj\n<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [.001 0 0 .001 0 0] \
        /FirstChar 28 /LastChar 116 /Widths [500] /CharProcs << /a28 501 0 R /a116 501 0 R >> \
        /Encoding << /Differences [28 /a28 116 /a116] >> >>\nendobj\n\
        501 0 obj\n<< /Length 16 >>\nstream\n500 0 d0 0 0 m f\nendstream\nendobj\n";
    let content = "BT /F 10 Tf 50 700 Td (\\034t) Tj ET";
    let text = String::from_utf8_lossy(&file(&[(content, "")], "", "")).into_owned();
    let standard = "3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n";
    assert_eq!(read(text.replace(standard, font).into_bytes()).text, "fit\n");
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

/// Draws pieces in a color: which, left, up from the lower edge, words.
fn colored(pieces: &[(&str, i32, i32, &str)]) -> String {
    let draw = |(color, x, y, words): &(&str, i32, i32, &str)| {
        format!("{color} rg BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
    };
    pieces.iter().map(draw).collect()
}

#[test]
fn an_address_ends_where_its_color_does() {
    const BLACK: &str = "0 0 0";
    const BLUE: &str = "0 0 1";
    let (first, long) =
        ("http://a.example/2018/", "a line that goes on to where all lines end here");
    for (pieces, expected) in [
        // It goes on, though the next line could be words of the sentence.
        (
            &[
                (BLACK, 50, 712, long),
                (BLACK, 50, 700, "See this text here,"),
                (BLUE, 150, 700, first),
                (BLUE, 50, 688, "words"),
                (BLACK, 80, 688, "and more"),
            ][..],
            &["http://a.example/2018/\nwords"][..],
        ),
        // It ends with its line.
        (
            &[(BLACK, 50, 700, "See"), (BLUE, 150, 700, first), (BLACK, 50, 688, "words/and-more")],
            &[first],
        ),
        // All is of one color.
        (
            &[
                (BLACK, 50, 712, long),
                (BLACK, 150, 700, first),
                (BLACK, 50, 688, "words"),
                (BLACK, 80, 688, "and more"),
            ],
            &[],
        ),
        // It may go on on the next page.
        (
            &[
                (BLACK, 50, 712, long),
                (BLACK, 50, 700, "See this text here,"),
                (BLUE, 150, 700, first),
                (BLUE, 50, 688, "words/"),
            ],
            &[],
        ),
        // Another link stands below: the line had room for it.
        (
            &[
                (
                    BLACK,
                    50,
                    712,
                    "a line that goes on to where all the lines could end, or further",
                ),
                (BLUE, 50, 700, first),
                (BLUE, 50, 688, "words"),
            ],
            &[],
        ),
    ] {
        let reading = read(file(&[(&colored(pieces), "")], "", ""));
        let found = reading.pages.set_off.iter().map(|span| span.of(&reading.text));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{}", reading.text);
    }
}

#[test]
fn an_address_ends_at_what_meets_it_in_another_color() {
    for (color, expected) in [("0 0 0", &["http://a.example/one"][..]), ("0 0 1", &[])] {
        let content = format!(
            "0 0 1 rg BT /F 10 Tf 50 700 Td (http://a.example/one) Tj {color} rg (two) Tj ET"
        );
        let reading = read(file(&[(&content, "")], "", ""));
        let found = reading.pages.set_off.iter().map(|span| span.of(&reading.text));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{}", reading.text);
    }
}

#[test]
fn a_word_that_the_edge_cuts_says_so() {
    let word = "http://a.example/2018/05/25/one-two";
    for (clip, words, expected) in [
        (160, word, format!("{word}…\n")),
        (300, word, format!("{word}\n")),
        (160, "See it http://a.example/2018/05/25", "See it http://a.example/2018/05/25\n".into()),
    ] {
        // All that stands behind the edge is left out by a browser, save the letter that it cuts.
        let width = if expected.contains('…') { clip + 48 } else { clip };
        let content = format!("0 0 {width} 800 re W n {}", drawn(&[(50, 700, 10, words)]));
        let text = read(file(&[(&content, "")], "", "")).text;
        assert_eq!(text, expected, "{clip}");
    }
}

#[test]
fn what_repeats_on_each_page_stands_apart() {
    let page = |number: usize, body: &str| {
        let (head, foot) = ("The River Times", format!("{number}"));
        drawn(&[
            (50, 770, 8, head),
            (50, 700, 10, body),
            (50, 688, 10, "and on"),
            (300, 20, 8, &foot),
        ])
    };
    let bodies = ["see http://a.example/one-", "two and more", "the end"];
    let pages: Vec<String> = (7..).zip(bodies).map(|(number, body)| page(number, body)).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|page| (page.as_str(), "")).collect();
    let text = read(file(&pages, "", "")).text;
    let expected = "see http://a.example/one-\nand on\n\ntwo and more\nand on\nthe end\nand on\n\nThe River \
        Times\n";
    assert_eq!(text, expected);
    // Another heading at the same place, and numbers that do not count pages.
    let page = |head: &str, foot: &str| {
        drawn(&[(50, 770, 8, head), (50, 700, 10, "words"), (300, 20, 8, foot)])
    };
    let (one, two) = (page("One", "12"), page("Two", "17"));
    let text = read(file(&[(&one, ""), (&two, "")], "", "")).text;
    assert_eq!(text, "One\n\nwords\n\n12\n\nTwo\n\nwords\n\n17\n");
}

#[test]
fn a_sentence_goes_on_over_the_end_of_a_page() {
    for (end, expected) in [
        (
            "see the whole of it at http://a.example/one-",
            "first\nsee the whole of it at http://a.example/one-\ntwo\n",
        ),
        ("see the whole of it there.", "first\nsee the whole of it there.\n\ntwo\n"),
    ] {
        let (one, two) =
            (drawn(&[(50, 712, 10, "first"), (50, 700, 10, end)]), drawn(&[(50, 700, 10, "two")]));
        assert_eq!(read(file(&[(&one, ""), (&two, "")], "", "")).text, expected);
    }
}

#[test]
fn a_file_that_takes_too_long_costs_itself_only() {
    let content = drawn(&[(50, 700, 10, "words"); 400]);
    let pages = vec![(content.as_str(), ""); 400];
    let reading = within(Duration::ZERO, Duration::from_mins(1), file(&pages, "", ""));
    let told = &reading.pages.unread;
    assert!(told.iter().any(|why| why.starts_with("reading it takes too long: ")), "{told:?}");
    let reading = within(Duration::ZERO, Duration::ZERO, file(&pages, "", ""));
    assert_eq!(reading.pages.unread, ["reading it takes too long"]);
    assert!(reading.pages.is_unreadable);
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
    // What is encrypted is looked at when it is open, save what opening it unpacks.
    let objects = stream("/Type /ObjStm /Filter /FlateDecode", &[b'x'; 500]);
    let encrypted = [once.as_slice(), &objects, &picture, b"trailer << /Encrypt 9 0 R >>"].concat();
    let hidden = |has_objects| bomb::Hidden { number: 500, has_objects };
    assert_eq!(bomb::hidden_from(&encrypted, 400), [hidden(false), hidden(true)]);
    assert_eq!(bomb::hidden_from(&once, 400), []);
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
