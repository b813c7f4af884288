//! Files as different programs write them, and what is no file at all.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use super::*;

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}

fn stream(number: u32, dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("{number} 0 obj\n<< {dictionary} /Length {} >>\nstream\r\n", data.len());
    [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
}

/// Publication, making and last change as a file states them, `-` where it does not.
fn dates(parts: &[&[u8]]) -> [String; 3] {
    let said = match envelope(&[b"%PDF-1.7\n", parts.concat().as_slice()].concat()) {
        Some(Envelope::Pdf { published, created, modified }) => [published, created, modified],
        _ => [None, None, None],
    };
    said.map(|date| date.unwrap_or_else(|| "-".to_owned()))
}

const PACKET: &str = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description rdf:about='' \
    xmp:ModifyDate='2018-05-27T08:00:00Z'><pdf:Producer>A &amp; B</pdf:Producer>\
    <xmp:CreateDate>2018-05-25T14:03:00+03:00</xmp:CreateDate>\
    <dcterms:issued><rdf:Seq><rdf:li>2018-05-26</rdf:li><rdf:li>2019-01-01</rdf:li></rdf:Seq></dcterms:issued>\
    <xmpMM:History><rdf:li stEvt:when='2001-01-01'/></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>";

#[test]
fn the_information_dictionary_is_found_by_the_trailer() {
    let info = b"1 0 obj << /CreationDate (D:20010101) >> endobj\n\
        12 0 obj\n<< /Title (a \\(b) /CreationDateX (x) /CreationDate (D:20180525140300+03'00') \
        /ModDate <FEFF0044003A0032003000310038> >>\nendobj\n";
    let trailer = b"trailer << /Size 13 /Info 12 0 R /Root 2 0 R >>\n%%EOF";
    let expected = ["-", "D:20180525140300+03'00'", "D:2018"];
    assert_eq!(dates(&[info, trailer]), expected);
    assert_eq!(dates(&[info, b"trailer << /Info 12 0 R /Encrypt 13 0 R >>"]), ["-", "-", "-"]);
    assert_eq!(dates(&[info]), ["-", "-", "-"]);
}

#[test]
fn of_a_file_that_was_added_to_the_last_counts() {
    let first = b"3 0 obj << /CreationDate (D:2017) >> endobj trailer << /Info 3 0 R >> %%EOF\n";
    let later = b"3 0 obj << /CreationDate 4 0 R >> endobj 4 0 obj (D:\\062018) endobj";
    assert_eq!(dates(&[first, later])[1], "D:2018");
}

#[test]
fn compressed_objects_are_found() {
    let objects = "7 0 9 25 << /Metadata 8 0 R >>   << /CreationDate (D:20180525) >>";
    let compressed = stream(
        5,
        "/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode",
        &deflated(objects.as_bytes()),
    );
    let table = stream(6, "/Type /XRef /Root 7 0 R /Info 9 0 R", b"");
    let packet = stream(8, "/Type /Metadata /Filter [/FlateDecode]", &deflated(PACKET.as_bytes()));
    let expected = ["2018-05-26", "D:20180525", "2018-05-27T08:00:00Z"];
    assert_eq!(dates(&[&compressed, &packet, &table]), expected);
}

#[test]
fn a_pictures_packet_is_not_the_files() {
    let picture = PACKET.replace("2018", "2009").replace("pdf:Producer", "tiff:Make");
    let picture = stream(3, "/Subtype /XML", picture.as_bytes());
    let packet = stream(4, "/Subtype /XML", PACKET.as_bytes());
    let expected = ["2018-05-26", "2018-05-25T14:03:00+03:00", "2018-05-27T08:00:00Z"];
    assert_eq!(dates(&[&packet, &picture]), expected);
    assert_eq!(dates(&[&picture]), ["-", "-", "-"]);
}

#[test]
fn hostile_files_cost_little() {
    let zeros = deflated(&vec![b'0'; 64 << 20]);
    let bomb = stream(5, "/Type /ObjStm /N 4000000000 /First 4000000000 /FlateDecode", &zeros);
    let bombs = bomb.repeat(200);
    let names = b"/ObjStm stream /Info 1 0 R /Root 1 0 R 1 0 obj <x:xmpmeta ".repeat(200_000);
    let nested = b"1 0 obj <<".repeat(400_000);
    for parts in [bombs, names, nested] {
        assert_eq!(dates(&[&parts, b"trailer << /Info 1 0 R /Root 1 0 R >>"]), ["-", "-", "-"]);
    }
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"/Info 1 0 R ".to_vec()),
        Just(b"/Root 2 0 R ".to_vec()),
        Just(b"1 0 obj << /CreationDate ".to_vec()),
        Just(b"2 0 obj << /Metadata 3 0 R >> 3 0 obj stream\n".to_vec()),
        Just(b"/Type /ObjStm /N 2 /First 4 >> stream\n1 0 2 9".to_vec()),
        Just(b"endstream endobj ".to_vec()),
        Just(PACKET.as_bytes().to_vec()),
        "[()<>\\\\0-9A-F /]{0,12}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in pieces()) {
        let _ = dates(&[&bytes]);
    }
}
