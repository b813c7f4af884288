//! Recordings of dateline and of other crawlers, whole and damaged.

#![expect(clippy::disallowed_methods, reason = "a test writes files, and damages them")]

use std::io::Read as _;

use super::volume::NO_ARCHIVE;
use super::*;
use crate::model::PartialDate;

/// What is asked for a page from an article of a time.
fn ask(url: &str, near: Option<&str>) -> Ask {
    let url = Url::parse(url).expect("an address");
    let near = near.map(|day| day.parse::<PartialDate>().expect("a day").when());
    Ask { link: url.clone(), url, near, fields: Vec::new() }
}

fn answers(replay: &Replay, name: &str) -> bool {
    replay.exchange(&ask(&format!("https://a.example/{name}"), None), &mut Trace::default()).is_ok()
}

/// Recordings of another tool, each a list of records.
fn archive(files: &[&[Record]]) -> (tempfile::TempDir, Replay) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = (0..files.len()).map(|n| folder.path().join(n.to_string())).collect();
    for (path, records) in paths.iter().zip(files) {
        let members = records.iter().zip(0..).map(|(record, n)| record.to_gzip(n).expect("memory"));
        std::fs::write(path, members.collect::<Vec<_>>().concat()).expect("it is written");
    }
    let replay = Replay::open(&paths, Limits { decoded: 1000, wire: 1000 });
    (folder, replay.unwrap_or_else(|(path, error)| panic!("{}: {error}", path.display())))
}

fn response(url: &str, day: &str, block: &str) -> Record {
    let at = format!("{day}T12:00:00Z").parse().expect("a time");
    let block = block.as_bytes().to_vec();
    Record::new("response", Some(url), at, "application/http;msgtype=response", block)
}

fn page(url: &str, day: &str, words: &str) -> Record {
    response(url, day, &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{words}"))
}

/// The status and the body of what answers, or why nothing does.
fn told(replay: &Replay, url: &str, near: Option<&str>) -> String {
    match replay.exchange(&ask(url, near), &mut Trace::default()) {
        Ok(answer) => format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body)),
        Err(failure) => failure.detail,
    }
}

const URL: &str = "http://a.example/x";

#[test]
fn the_capture_nearest_to_the_article_answers_from_any_file() {
    let of = |day: &str| page(URL, day, day);
    let (_folder, replay) = archive(&[&[of("2020-01-01")], &[of("2015-01-01"), of("2018-01-01")]]);
    assert!(replay.holds_captures());
    assert_eq!(told(&replay, URL, Some("2018-05-25")), "200 2018-01-01");
    assert_eq!(told(&replay, URL, Some("2010-05-25")), "200 2015-01-01");
    assert_eq!(told(&replay, URL, None), "200 2020-01-01");
    assert_eq!(told(&replay, "https://www.a.example/x/", None), "200 2020-01-01");
    assert_eq!(told(&replay, "http://a.example/X", None), "the recording does not hold it");
}

#[test]
fn a_redirect_to_another_spelling_of_itself_is_passed_over() {
    let circle = "HTTP/1.1 301 Moved\r\nLocation: https://a.example/x\r\n\r\n";
    let (_folder, replay) =
        archive(&[&[response(URL, "2018-05-24", circle), page(URL, "2009-01-01", "old")]]);
    assert_eq!(told(&replay, URL, Some("2018-05-25")), "200 old");
}

#[test]
fn only_what_was_asked_by_get_is_a_page() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    let asked = |method: &str, id: &str| {
        let block = format!("{method} /x HTTP/1.1\r\n\r\n").into_bytes();
        let request = Record::new("request", Some(URL), Timestamp::UNIX_EPOCH, "", block);
        request.with("WARC-Concurrent-To", id)
    };
    let of = |request: &str, record: Record| record.with("WARC-Concurrent-To", request);
    let (_folder, replay) = archive(&[&[
        of("<urn:a>", page(URL, "2010-01-01", "got")),
        asked("GET", "<urn:a>"),
        asked("HEAD", "<urn:b>"),
        of("<urn:b>", response(URL, "2018-05-25", head)),
    ]]);
    assert_eq!(told(&replay, URL, Some("2018-05-25")), "200 got");
}

#[test]
fn a_revisit_has_the_content_of_what_it_repeats() {
    let repeat = |day: &str, of: &str, block: &str| {
        let mut record = response(URL, day, block);
        record.fields[0].1 = "revisit".to_owned();
        let record = record.with("WARC-Refers-To-Target-URI", of);
        record.with("WARC-Refers-To-Date", "2017-01-01T12:00:00Z")
    };
    let other = "http://a.example/first";
    let own = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
    let records = [
        page(other, "2017-01-01", "words"),
        repeat("2018-05-25", other, own),
        repeat("2020-01-01", other, "HTTP/1.1 304 Not Modified\r\n\r\n"),
        repeat("2022-01-01", "http://a.example/elsewhere", own),
    ];
    let (_folder, replay) = archive(&[&records]);
    assert_eq!(told(&replay, URL, Some("2018-05-25")), "200 words");
    assert_eq!(told(&replay, URL, Some("2020-01-01")), "200 words");
    let missing = "the recording holds a revisit of it, and not the record that this repeats";
    assert_eq!(told(&replay, URL, Some("2022-01-01")), missing);
}

/// Wget writes them so.
#[test]
fn an_address_in_brackets_is_that_address() {
    let record = page("<http://a.example/x>", "2018-05-25", "words");
    let (_folder, replay) = archive(&[&[record]]);
    assert_eq!(told(&replay, URL, None), "200 words");
}

#[test]
fn a_resource_is_its_own_content() {
    let at = "2018-05-25T12:00:00Z".parse().expect("a time");
    let resource = Record::new("resource", Some(URL), at, "text/html", b"<p>words".to_vec());
    let (_folder, replay) = archive(&[&[resource]]);
    assert_eq!(told(&replay, URL, None), "200 <p>words");
}

/// Damage costs what it touches, and is told with its place.
#[test]
fn damage_is_told_and_what_follows_is_read() {
    let record = |name: &str| {
        let target = format!("https://a.example/{name}");
        let block = b"HTTP/1.1 200 OK\r\n\r\nx".to_vec();
        let at = Timestamp::UNIX_EPOCH;
        let record = Record::new("response", Some(&target), at, "application/http", block);
        record.to_gzip(0).expect("memory takes all")
    };
    let (a, b, c) = (record("a"), record("b"), record("c"));
    let mut flipped = b.clone();
    flipped[20..60].fill(0xff);
    let limits = Limits { decoded: 1000, wire: 1000 };
    let opened = |bytes: Vec<u8>| {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), bytes).expect("it is written");
        Replay::open(&[file.path().to_owned()], limits)
    };
    for (bytes, held, damage) in [
        ([&a[..], &b, &c].concat(), 3, None),
        ([&a[..], &flipped, &c].concat(), 2, Some(a.len())),
        ([&a[..], &b[..b.len() / 2]].concat(), 1, Some(a.len())),
        ([&a[..], &b, b"x"].concat(), 2, Some(a.len() + b.len())),
    ] {
        let replay = opened(bytes).expect("it begins as it should");
        assert_eq!(["a", "b", "c"].iter().filter(|name| answers(&replay, name)).count(), held);
        let told = replay.damage();
        assert_eq!(told.len(), damage.iter().len(), "{told:?}");
        let place = damage.map(|at| format!("is damaged at byte {at} ("));
        assert!(place.is_none_or(|place| told[0].contains(&place)), "{told:?}");
    }
    let plain = |member: &[u8]| {
        let mut text = Vec::new();
        flate2::bufread::GzDecoder::new(member).read_to_end(&mut text).expect("a member");
        text
    };
    let all = [plain(&a), plain(&b), plain(&c)].concat();
    let mut whole = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    io::Write::write_all(&mut whole, &all).expect("memory takes all");
    for packed in [whole.finish().expect("memory"), all] {
        let replay = opened(packed).expect("any packing is read");
        assert!(["a", "b", "c"].iter().all(|name| answers(&replay, name)));
    }
    let said = |bytes: &[u8]| opened(bytes.to_vec()).err().expect("it is refused").1.to_string();
    assert_eq!(said(b"plain text"), NO_ARCHIVE);
    let said = said(b"PK\x03\x04 and so on").to_lowercase();
    assert!(said.contains("zip"), "{said}");
}
