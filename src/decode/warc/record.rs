//! Record: the head of a record, of WARC 0.18 to 1.1 and of ARC, which becomes the same fields.

use super::Record;

/// The two formats that records come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// WARC (ISO 28500), and the drafts before it.
    Warc,
    /// ARC, in which the Internet Archive kept the web before.
    Arc,
}

/// How many bytes tell whether a WARC record begins.
pub(super) const ENOUGH: usize = 256;

/// The longest head of a record that is read, in bytes.
pub(super) const MAX_HEAD: usize = 64 * 1024;

/// What the first record of an ARC file begins with.
const FILEDESC: &[u8] = b"filedesc://";

/// The format of the record that begins there, if one does.
pub(super) fn kind_of(bytes: &[u8]) -> Option<Kind> {
    if begins_warc(bytes) {
        return Some(Kind::Warc);
    }
    (bytes.starts_with(FILEDESC) && arc_line(bytes).is_some()).then_some(Kind::Arc)
}

/// Whether a record of that format, or of any where it is not known, begins there soundly.
pub(super) fn begins(bytes: &[u8], kind: Option<Kind>) -> bool {
    match kind {
        Some(Kind::Warc) => begins_warc(bytes),
        Some(Kind::Arc) => arc_line(bytes).is_some(),
        None => kind_of(bytes).is_some(),
    }
}

/// A version, the end of its line, and the name of a field.
fn begins_warc(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"WARC/") else { return false };
    let rest = rest.get(..ENOUGH).unwrap_or(rest);
    let digits = |rest: &[u8]| rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let major = digits(rest);
    let Some(rest) = rest.get(major..).and_then(|rest| rest.strip_prefix(b".")) else {
        return false;
    };
    let minor = digits(rest);
    let Some(rest) = rest.get(minor..) else { return false };
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    let Some(rest) = rest.get(blanks..).and_then(|rest| rest.strip_prefix(b"\n")) else {
        return false;
    };
    let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-');
    let name = name.count();
    let colon = rest.get(name..).unwrap_or_default().trim_ascii_start();
    (1..=2).contains(&major) && (1..=3).contains(&minor) && name > 0 && colon.starts_with(b":")
}

/// Where the head that begins `bytes` ends: behind its empty line, or in ARC behind its line. Up to
/// `seen`, where a line begins, it is known not to; up to the second number it is known then.
pub(super) fn end_of_head(bytes: &[u8], seen: usize, kind: Kind) -> (Option<usize>, usize) {
    let rest = bytes.get(seen..).unwrap_or_default();
    let mut begin = seen;
    for line in memchr::memchr_iter(b'\n', rest) {
        let end = seen + line + 1;
        let is_end = kind == Kind::Arc
            || (begin > 0
                && bytes.get(begin..end).is_some_and(|line| line.trim_ascii().is_empty()));
        if is_end {
            return (Some(end), begin);
        }
        begin = end;
    }
    (None, begin)
}

/// The fields of a head, and the length of the block that follows it.
pub(super) fn read(head: &[u8], kind: Kind) -> Result<(Record, u64), &'static str> {
    match kind {
        Kind::Warc => read_warc(head),
        Kind::Arc => read_arc(head).ok_or("its line is not that of an ARC record"),
    }
}

fn read_warc(head: &[u8]) -> Result<(Record, u64), &'static str> {
    let mut fields: Vec<(String, String)> = Vec::with_capacity(12);
    for line in head.split(|&byte| byte == b'\n').skip(1) {
        if ends_with_version(line) {
            return Err("its head breaks off where another record begins");
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            // A folded line goes on with the field before it.
            if let Some((_, value)) = fields.last_mut().filter(|_| !line.trim_ascii().is_empty()) {
                value.push(' ');
                value.push_str(&text(line.trim_ascii()));
            }
        } else if let Some(colon) = memchr::memchr(b':', line) {
            let (name, value) = line.split_at(colon);
            let value = value.get(1..).unwrap_or_default();
            fields.push((text(name.trim_ascii()), text(value.trim_ascii())));
        }
    }
    let record = Record { fields, block: Vec::new() };
    // Of two lengths the first counts.
    let length = record.get("Content-Length").ok_or("it has no Content-Length")?;
    let length = length.parse().map_err(|_| "its Content-Length is no length")?;
    Ok((record, length))
}

/// Whether a line ends with the version of a record: no field does, but what is left of one where its
/// record breaks off and the next begins.
fn ends_with_version(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    let number = line.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b'.');
    let text = line.get(..line.len() - number.count()).unwrap_or_default();
    text.len() < line.len() && text.ends_with(b"WARC/")
}

/// An ARC record's line: address, IP address, date, media type and length, between blanks, of which
/// the address may hold some; version 2 has more fields between the last two.
fn arc_line(bytes: &[u8]) -> Option<[&[u8]; 5]> {
    let line = bytes.get(..MAX_HEAD).unwrap_or(bytes);
    let line = line.get(..memchr::memchr(b'\n', line)?)?.trim_ascii_end();
    let colon = memchr::memchr(b':', line.get(..32).unwrap_or(line))?;
    let scheme = line.get(..colon)?;
    if scheme.is_empty() || !scheme.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let parts: Vec<&[u8]> = line.rsplitn(11, |&byte| byte == b' ').collect();
    let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let length = *parts.first().filter(|length| is_number(length))?;
    let is_date = |place: usize| {
        let date = parts.get(place)?;
        (is_number(date) && (12..=17).contains(&date.len())).then_some(place)
    };
    let date = is_date(2).or_else(|| is_date(7))?;
    let (ip, media) = (*parts.get(date + 1)?, *parts.get(date - 1)?);
    let after: usize = parts.iter().take(date + 2).map(|part| part.len() + 1).sum();
    let url = line.get(..line.len().checked_sub(after)?)?;
    Some([url, ip, parts.get(date)?, media, length])
}

fn read_arc(head: &[u8]) -> Option<(Record, u64)> {
    let [url, ip, date, media, length] = arc_line(head)?;
    let is_info = url.starts_with(FILEDESC);
    let is_http = url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"http"));
    let (kind, media) = match (is_info, is_http) {
        (true, _) => ("warcinfo", text(media)),
        (false, true) => ("response", "application/http;msgtype=response".to_owned()),
        (false, false) => ("resource", text(media)),
    };
    let fields = [
        ("WARC-Type", kind.to_owned()),
        ("WARC-Target-URI", text(url)),
        ("WARC-Date", text(date)),
        ("WARC-IP-Address", text(ip)),
        ("Content-Type", media),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value)).into();
    Some((Record { fields, block: Vec::new() }, text(length).parse().ok()?))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_begins_with_its_version_and_a_field() {
        for (head, begins) in [
            ("WARC/1.0\r\nWARC-Type: response\r\n", true),
            ("WARC/0.18\nwarc-type : response\n", true),
            ("WARC/1.1 \r\nContent-Length: 1\r\n", true),
            ("WARC/1.1\r\n\r\n", false),
            ("WARC/1.1 is a format\nof archives: it", false),
            ("WARC/x.y\r\nA: b\r\n", false),
            ("WARC/1.0\r\nA", false),
        ] {
            assert_eq!(begins_warc(head.as_bytes()), begins, "{head:?}");
        }
    }

    #[test]
    fn the_fields_of_a_head_are_read_as_tools_write_them() {
        let head = b"WARC/1.0\nwarc-type: response\nWARC-Target-URI: <http://e.com/a b>\n\
                     X-Long: one\n  two\nContent-Length: 7\r\nContent-Length: 9\n\n";
        assert_eq!(end_of_head(head, 0, Kind::Warc).0, Some(head.len()));
        let (record, length) = read(head, Kind::Warc).expect("a head");
        assert_eq!(length, 7);
        assert_eq!(record.get("WARC-Type"), Some("response"));
        assert_eq!(record.target(), Some("http://e.com/a b"));
        assert_eq!(record.get("x-long"), Some("one two"));
        for length in ["", "Content-Length: -1\n", "Content-Length: 18446744073709551617\n"] {
            let head = format!("WARC/1.0\nWARC-Type: response\n{length}\n");
            assert!(read(head.as_bytes(), Kind::Warc).is_err(), "{length}");
        }
    }

    #[test]
    fn lines_of_arc_become_the_same_fields() {
        let told = |line: &str| {
            let (record, length) = read(line.as_bytes(), Kind::Arc).ok()?;
            let of = |name| record.get(name).unwrap_or_default().to_owned();
            Some((of("WARC-Type"), of("WARC-Target-URI"), of("WARC-Date"), length))
        };
        let is = |kind: &str, url: &str, date: &str, length| {
            Some((kind.to_owned(), url.to_owned(), date.to_owned(), length))
        };
        assert_eq!(
            told("http://e.com/a b 1.2.3.4 20010203040506 text/html 12\n"),
            is("response", "http://e.com/a b", "20010203040506", 12)
        );
        assert_eq!(
            told("http://e.com/ 1.2.3.4 20010203040506 text/html 200 SUM - 99 f.arc 12\n"),
            is("response", "http://e.com/", "20010203040506", 12)
        );
        assert_eq!(
            told("filedesc://a.arc 0.0.0.0 20010203040506 text/plain 76\n"),
            is("warcinfo", "filedesc://a.arc", "20010203040506", 76)
        );
        for line in ["", "\n", "http://e.com/ 1.2.3.4 2001 text/html 12\n", "a b c d 1\n"] {
            assert_eq!(told(line), None, "{line}");
        }
    }
}
