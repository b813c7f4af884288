//! What becomes documents of collections, whole and not.

use std::io::Write;

use super::super::{Options, Source};
use super::FORMAT;
use crate::model::Document;

const GZIP: &[u8] = include_bytes!("../../../fixtures/warc/example.warc.gz");

/// A file inside.
type File<'a> = (&'a str, &'a [u8]);

/// A ZIP file with files as they are: its local headers, and the table at its end.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut table = Vec::new();
    for (name, content) in files {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let short = |number: usize| u16::try_from(number).expect("short").to_le_bytes();
        let long = |number: usize| u32::try_from(number).expect("short").to_le_bytes();
        let common = [
            &short(20)[..],
            &short(0),
            &short(0),
            &long(0),
            &crc.sum().to_le_bytes(),
            &long(content.len()),
            &long(content.len()),
            &short(name.len()),
            &short(0),
        ]
        .concat();
        let place = bytes.len();
        table.extend([b"PK\x01\x02", &short(20)[..], &common].concat());
        table.extend([&short(0)[..], &short(0), &short(0), &long(0), &long(place)].concat());
        table.extend(name.as_bytes());
        bytes.extend([b"PK\x03\x04", &common[..], name.as_bytes(), content].concat());
    }
    let count = u16::try_from(files.len()).expect("few").to_le_bytes();
    let size = u32::try_from(table.len()).expect("short").to_le_bytes();
    let place = u32::try_from(bytes.len()).expect("short").to_le_bytes();
    bytes.extend(table);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &place, b"\0\0"].concat());
    bytes
}

fn read(bytes: &[u8]) -> (Vec<Document>, Vec<String>, String) {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("room");
    let name = file.path().to_string_lossy().into_owned();
    let options = Options::default();
    let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    for document in (FORMAT.open)(Source { name: name.clone(), reader }, &options) {
        match document {
            Ok(document) => documents.push(document),
            Err(error) => problems.push(error.problem),
        }
    }
    (documents, problems, options.tally.remarks().concat())
}

fn package(files: &[(&str, &[u8])]) -> Vec<u8> {
    use sha2::Digest as _;
    let resources: Vec<String> = files
        .iter()
        .map(|(name, content)| {
            let digest = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(content));
            format!("{{\"path\": \"{name}\", \"hash\": \"sha256:{digest}\"}}")
        })
        .collect();
    format!("{{\"resources\": [{}]}}", resources.join(",")).into_bytes()
}

#[test]
fn the_pages_of_its_archives_are_documents() {
    let pages = b"{\"format\": \"json-pages-1.0\"}\n{\"url\": \"http://example.com/\", \"ts\": 1488772926000}\n";
    let files = [("archive/a.warc.gz", GZIP), ("pages/pages.jsonl", &pages[..])];
    let stated = package(&files);
    let all = [files[0], files[1], ("datapackage.json", &stated)];
    let (documents, problems, remarks) = read(&zip(&all));
    assert_eq!((documents.len(), problems, &*remarks), (2, Vec::new(), ""));
    let record = documents[0].record.as_ref().expect("a record");
    assert_eq!(record.member.as_deref(), Some("archive/a.warc.gz"));
    // The second is a revisit of the first.
    assert_eq!(documents[0].text, documents[1].text);
}

#[test]
fn what_is_not_as_it_says_is_told_and_the_rest_is_read() {
    let stated = package(&[("archive/a.warc.gz", GZIP)]);
    let good = ("datapackage.json", &stated[..]);
    let archive = ("archive/a.warc.gz", GZIP);
    let other = package(&[("archive/a.warc.gz", b"other")]);
    let seal = (
        "datapackage-digest.json",
        &b"{\"path\": \"datapackage.json\", \"hash\": \"sha256:0\"}"[..],
    );
    let list = ("pages/pages.jsonl", &b"{\"url\": \"http://example.com/none\"}"[..]);
    let cases: [(&[File], usize, &str); 9] = [
        (&[archive], 2, "no datapackage.json"),
        (&[archive, ("datapackage.json", b"{")], 2, "cannot be read"),
        (&[archive, ("datapackage.json", &other)], 2, "what was read is not what"),
        (&[archive, good, seal], 2, "datapackage-digest.json says"),
        (&[archive, good, archive], 2, "the last of each name"),
        (&[archive, good, ("archive/../../b.warc.gz", GZIP)], 2, "leads outside"),
        (&[archive, good, ("/archive/b.warc.gz", GZIP)], 2, "leads outside"),
        (&[archive, good, ("archive\\b.warc.gz", GZIP)], 2, "leads outside"),
        (&[good, ("archive/c.wacz", GZIP)], 0, "no web archive"),
    ];
    for (files, held, said) in cases {
        let (documents, problems, _) = read(&zip(files));
        assert_eq!(documents.len(), held, "{said}: {problems:?}");
        assert!(problems.len() == 1 && problems[0].contains(said), "{said}: {problems:?}");
    }
    let (_, problems, remarks) = read(&zip(&[archive, good, list]));
    assert!(problems.is_empty() && remarks.contains("do not hold 1 as pages"), "{remarks}");
    let mut damaged = zip(&[archive, good]);
    damaged[900] ^= 1;
    let (documents, problems, _) = read(&damaged);
    assert!(documents.len() < 2 && problems.len() == 2, "{problems:?}");
    for no_zip in [&b"PK\x03\x04"[..], b"", b"PK\x05\x06", &zip(&[archive])[..500]] {
        assert_eq!(read(no_zip).1.len(), 1);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_damage_is_read_to_the_end(place in 0..5000_usize, byte: u8) {
        let mut bytes = zip(&[("archive/a.warc.gz", GZIP), ("datapackage.json", b"{}")]);
        let place = place % bytes.len();
        bytes[place] = byte;
        let _ = read(&bytes);
    }
}
