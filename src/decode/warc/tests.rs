//! What the reader makes of whole files, as tools write them and as damage leaves them.

use std::io::Write;

use super::*;
use flate2::Compression;
use proptest::prelude::*;

/// What a file was read as: the addresses of its records, and `!` for each damage.
fn read(file: &[u8]) -> Vec<String> {
    told(file).0
}

fn told(file: &[u8]) -> (Vec<String>, Vec<Damage>) {
    let mut reader = Reader::new(file).expect("memory can be read");
    let (mut names, mut damages) = (Vec::new(), Vec::new());
    while let Some(found) = reader.read().expect("memory can be read") {
        match found {
            Found::Record(stored) => {
                let target = stored.record.target().unwrap_or_default().to_owned();
                // Each record is found again at its place.
                let from = usize::try_from(stored.place.member).expect("a small file");
                let shape = reader.shape();
                let mut again = Reader::at(&file[from..], stored.place, shape).expect("memory");
                let Some(Found::Record(found)) = again.read().expect("memory") else {
                    panic!("{target} is not at {:?}", stored.place);
                };
                assert_eq!(found, stored);
                names.push(target.rsplit('/').next().unwrap_or_default().to_owned());
            }
            Found::Damage(damage) => {
                names.push("!".to_owned());
                damages.push(damage);
            }
        }
    }
    (names, damages)
}

fn plain(name: &str, block: &str) -> Vec<u8> {
    let length = block.len();
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.com/{name}\r\n\
         WARC-Date: 2018-05-25T12:00:00Z\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
    .into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::fast());
    member.write_all(bytes).and_then(|()| member.finish()).expect("memory takes all")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory takes all")
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(bytes.to_vec()).expect("text").replacen(from, to, 1).into_bytes()
}

fn abc() -> [Vec<u8>; 3] {
    ["a", "b", "c"].map(|name| plain(name, "HTTP/1.1 200 OK\r\n\r\n<p>Some words of a page"))
}

#[test]
fn files_of_every_packing_are_read() {
    let [a, b, c] = abc();
    let all = [&a[..], &b, &c].concat();
    let dictionary: Vec<u8> = a.repeat(3);
    let with_dictionary = |bytes: &[u8]| {
        let mut encoder = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 3, &dictionary)
            .expect("zstd");
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
    };
    let frame = |content: &[u8]| {
        let length = u32::try_from(content.len()).expect("short").to_le_bytes();
        [b"\x5d\x2a\x4d\x18", &length[..], content].concat()
    };
    let frames = [&a, &b, &c].map(|record| with_dictionary(record)).concat();
    for (file, what) in [
        (all.clone(), "plain"),
        ([gzip(&a), gzip(&b), gzip(&c)].concat(), "a gzip member a record"),
        (gzip(&all), "one gzip member"),
        (all.chunks(100).flat_map(gzip).collect(), "gzip members that hold pieces"),
        ([zstd(&a), zstd(&b), zstd(&c)].concat(), "a zstd frame a record"),
        (zstd(&all), "one zstd frame"),
        ([frame(&dictionary), frames.clone()].concat(), "zstd with a dictionary"),
        ([frame(&zstd(&dictionary)), frames].concat(), "zstd with a packed dictionary"),
        ([gzip(b""), gzip(&a), gzip(b""), gzip(&b), gzip(&c)].concat(), "empty members"),
    ] {
        assert_eq!(read(&file), ["a", "b", "c"], "{what}");
    }
}

#[test]
fn records_are_read_as_tools_write_them() {
    let [a, b, c] = abc();
    let all = |b: &[u8]| [&a[..], b, &c].concat();
    let lines = String::from_utf8(all(&b)).expect("text").replace("\r\n", "\n");
    // Each block has two line ends, which are a byte shorter now.
    let lines = lines.replace("Content-Length: 42", "Content-Length: 40");
    for (file, what) in [
        (lines.into_bytes(), "LF"),
        (all(&replaced(&b, "Content-Length", "content-length")), "lower case"),
        (
            all(&replaced(&b, "Content-Length: 42", "Content-Length: 42\r\nContent-Length: 9")),
            "two",
        ),
        (all(&replaced(&b, "WARC/1.0", "WARC/0.18")), "0.18"),
        (all(&replaced(&b, "http://e.com/b", "<http://e.com/b>")), "brackets"),
        ([b"\r\n\r\n", &all(&b)[..]].concat(), "blank lines before"),
        ([&all(&b)[..], b"\r\n\n\n"].concat(), "blank lines behind"),
        (all(b.strip_suffix(b"\r\n").expect("an end")), "one line end"),
        (all(&b).strip_suffix(b"\r\n\r\n").expect("an end").to_vec(), "no line end"),
    ] {
        assert_eq!(read(&file), ["a", "b", "c"], "{what}");
    }
    let arc = "filedesc://x.arc 0.0.0.0 20010203040506 text/plain 15\n1 0 InternetAr\n\n\
               http://e.com/a 1.2.3.4 20010203040506 text/html 5\nhello\n\
               http://e.com/b c 1.2.3.4 20010203040506 text/html 2\nhi\n";
    assert_eq!(read(arc.as_bytes()), ["x.arc", "a", "b c"]);
    assert_eq!(read(&gzip(arc.as_bytes())), ["x.arc", "a", "b c"]);
    let damaged = arc.replace("text/html 5", "text/html 3");
    assert_eq!(read(damaged.as_bytes()), ["x.arc", "a", "!", "b c"]);
    let damaged = arc.replace("text/html 5", "text/html 50");
    assert_eq!(read(damaged.as_bytes()), ["x.arc", "!", "b c"]);
    let damaged = arc.replace("text/html 5", "text/html 5000");
    assert_eq!(read(damaged.as_bytes()), ["x.arc", "!", "b c"]);
    assert!(read(b"").is_empty());
}

/// One damaged place costs the record that it is in, and is told with its place.
#[test]
fn damage_costs_what_it_touches() {
    let [a, b, c] = abc();
    let with = |b: &[u8]| [&a[..], b, &c].concat();
    let length = |to: &str| with(&replaced(&b, "Content-Length: 42", to));
    let mut flipped = gzip(&b);
    flipped[20..60].fill(0xff);
    let mut sum = gzip(&b);
    let at = sum.len() - 6;
    sum[at] ^= 1;
    let packed = |b: &[u8]| [&gzip(&a)[..], b, &gzip(&c)].concat();
    let long = replaced(&b, "Content-Length: 42", "Content-Length: 90");
    let short = replaced(&b, "Content-Length: 42", "Content-Length: 9");
    let mut frame = zstd(&b);
    frame[10..30].fill(0xff);
    let (at, packed_at) = (a.len() as u64, gzip(&a).len() as u64);
    for (file, read, offset, what) in [
        (length("Content-Length: 47"), "a!c", at, "a little too long"),
        (length("Content-Length: 99"), "a!c", at, "too long"),
        (length("Content-Length: 99999"), "a!c", at, "longer than the file"),
        (length("Content-Length: 9999999999999"), "a!c", at, "longer than any"),
        (length("Content-Length: 5"), "ab!c", 0, "too short"),
        (length("Content-Length: -5"), "a!c", at, "negative"),
        (length("Content-Length: 18446744073709551617"), "a!c", at, "beyond numbers"),
        (length("X: y"), "a!c", at, "none"),
        (with(&[&b"\0\0\0"[..], &b].concat()), "a!bc", at, "NULs"),
        (with(&[&b"junk\r\n"[..], &b].concat()), "a!bc", at, "junk"),
        (with(&b)[..a.len() + 150].to_vec(), "a!", at, "cut"),
        (with(&b[..60]), "a!c", at, "cut in its head before the next"),
        (packed(&gzip(&b[..60])), "a!c", packed_at, "cut in its head in its member"),
        (packed(&flipped), "a!c", packed_at, "a member"),
        (packed(&sum), "a!c", packed_at, "a checksum"),
        (packed(&gzip(&b)[..100]), "a!c", packed_at, "a piece of a member"),
        (packed(&gzip(&long)), "a!c", packed_at, "too long in its member"),
        (packed(&gzip(&short)), "ab!c", packed_at, "too short in its member"),
        (packed(&[b"\0\0", &gzip(&b)[..]].concat()), "a!bc", packed_at, "NULs between members"),
        ([gzip(&a), gzip(&b)[..100].to_vec()].concat(), "a!", packed_at, "a cut member"),
        ([gzip(&a), gzip(&b), b"tail".to_vec()].concat(), "ab!", 0, "a tail"),
        ([zstd(&a), frame, zstd(&c)].concat(), "a!c", zstd(&a).len() as u64, "a frame"),
    ] {
        let (names, damages) = told(&file);
        assert_eq!(names.concat(), read, "{what}");
        assert_eq!(damages.len(), 1, "{what}");
        assert!(offset == 0 || damages[0].place.member == offset, "{what}: {:?}", damages[0]);
        assert!(damages[0].lost > 0, "{what}");
    }
    for pack in [gzip, zstd] {
        let mut first = pack(&a);
        first[0] = 0;
        for first in [first, vec![0; 5_000], b"words ".repeat(1_000)] {
            assert_eq!(read(&[first, pack(&b), pack(&c)].concat()).concat(), "!bc");
        }
    }
    assert_eq!(read(b"\0junk").concat(), "!");
    assert_eq!(read(&[&b"junk\n"[..], &a].concat()).concat(), "!a");
}

#[test]
fn a_block_that_is_too_long_is_cut_and_what_follows_is_read() {
    let length = reader::MAX_BLOCK + 300_000;
    let long = plain("long", &"x".repeat(length));
    let file = [&long[..], &plain("next", "y")].concat();
    for file in [file.clone(), gzip(&file), [gzip(&long), gzip(&plain("next", "y"))].concat()] {
        let mut reader = Reader::new(&file[..]).expect("memory");
        let Some(Found::Record(first)) = reader.read().expect("memory") else { panic!("lost") };
        assert_eq!(first.record.block.len(), reader::MAX_BLOCK);
        assert!(first.is_cut);
        let Some(Found::Record(next)) = reader.read().expect("memory") else { panic!("lost") };
        assert_eq!(next.record.target(), Some("http://e.com/next"));
        assert_eq!(reader.read().expect("memory"), None);
    }
}

/// Damage without end is passed over in a time that grows with the file and no faster.
#[test]
fn files_that_are_made_to_be_slow_are_not() {
    let liar = "WARC/1.0\r\nContent-Length: 30000000\r\n\r\n".repeat(2_000);
    let magic = b"\x1f\x8b\x08\0\0\0\0\0\0\0".repeat(3_000);
    let begun: Vec<u8> = gzip(liar.as_bytes());
    let begun = begun[..300.min(begun.len())].repeat(200);
    let endless = b"WARC/1.0\r\nA: b\r\n".repeat(20_000);
    for file in [liar.into_bytes(), magic, begun, endless] {
        let (names, damages) = told(&file);
        assert_eq!(names.len(), damages.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_to_their_end(bytes: Vec<u8>, packed: bool) {
        let with_magic = [&b"WARC/1.0\r\nA: b\r\n"[..], &bytes].concat();
        for file in [bytes, with_magic] {
            let file = if packed { gzip(&file) } else { file };
            prop_assert!(read(&file).len() <= file.len());
        }
    }

    /// Damage at one place loses the record that it is in, and no other.
    #[test]
    fn one_damaged_place_costs_one_record(
        words in proptest::collection::vec("[a-z <>/\r\n]{0,3000}", 3..7),
        place in any::<prop::sample::Index>(),
        damage in proptest::collection::vec(any::<u8>(), 1..40),
        packed: bool,
    ) {
        let pack = |record: Vec<u8>| if packed { gzip(&record) } else { record };
        let mut file = Vec::new();
        let mut names = Vec::new();
        let mut touched = Vec::new();
        let records = words.iter().enumerate();
        let records: Vec<Vec<u8>> =
            records.map(|(number, words)| pack(plain(&number.to_string(), words))).collect();
        let length: usize = records.iter().map(Vec::len).sum();
        let (from, to) = (place.index(length), place.index(length) + damage.len());
        for (number, record) in records.iter().enumerate() {
            let (begin, end) = (file.len(), file.len() + record.len());
            names.push(number.to_string());
            touched.push(from < end && begin < to);
            file.extend_from_slice(record);
        }
        let to = to.min(file.len());
        file[from..to].copy_from_slice(&damage[..to - from]);
        let found = read(&file);
        for (name, touched) in names.iter().zip(touched) {
            prop_assert!(touched || found.contains(name), "{name} is lost: {found:?}");
        }
    }
}
