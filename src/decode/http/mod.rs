//! HTTP: a message as it was kept, byte for byte, by whatever tool.

mod body;

use crate::model::Headers;

pub(crate) use body::{Body, body};

/// A recorded answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message<'a> {
    /// The status code.
    pub(crate) status: u16,
    /// The header fields.
    pub(crate) headers: Headers,
    /// What follows them, as it was kept.
    pub(crate) body: &'a [u8],
}

/// A recorded answer, whose lines may end without CR, whose status line may hold more than one blank
/// and no reason, and whose fields may be folded.
pub(crate) fn message(block: &[u8]) -> Option<Message<'_>> {
    let (lines, body) = lines_of_head(block)?;
    let mut lines = lines.split(|&byte| byte == b'\n');
    let status = std::str::from_utf8(lines.next()?).ok()?.split_ascii_whitespace().nth(1)?;
    let status = status.parse().ok()?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(&field_text(line.trim_ascii()));
            }
        } else if let Some(colon) = memchr::memchr(b':', line) {
            let (name, value) = line.split_at(colon);
            let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
            fields.push((name, field_text(value.get(1..).unwrap_or_default().trim_ascii())));
        }
    }
    Some(Message { status, headers: Headers(fields), body })
}

/// The method of a recorded request.
pub(crate) fn method(block: &[u8]) -> Option<&str> {
    let line = block.split(u8::is_ascii_whitespace).next()?;
    let is_method = !line.is_empty() && line.iter().all(u8::is_ascii_alphabetic);
    std::str::from_utf8(line).ok().filter(|_| is_method)
}

/// The lines of a head, and what stands behind the empty line that ends it.
fn lines_of_head(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut begin = 0;
    for end in memchr::memchr_iter(b'\n', block) {
        if matches!(block.get(begin..end)?, b"" | b"\r") {
            return Some((block.get(..begin)?, block.get(end + 1..)?));
        }
        begin = end + 1;
    }
    None
}

/// A field's value as text: UTF-8, or else Latin-1 as RFC 9110 has it.
#[must_use]
pub(crate) fn field_text(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_head_is_read() {
        let Message { status, headers, .. } =
            message(b"HTTP/1.1 404 Not Found\r\nX-A:  b \r\nServer: caf\xe9\r\n\r\nbody")
                .expect("a head");
        assert_eq!(status, 404);
        assert_eq!((headers.get("x-a"), headers.get("server")), (Some("b"), Some("café")));
        assert_eq!(message(b"HTTP/1.1\r\n\r\n"), None);
    }

    #[test]
    fn heads_are_read_as_tools_keep_them() {
        for block in [
            "HTTP/1.1 200 OK\nX-A: b\n\nbody",
            "HTTP/1.1  200  OK\r\nX-A: b\r\n\r\nbody",
            "HTTP/1.1 200\r\nX-A: b\r\n\r\nbody",
            "HTTP/1.1 200 \r\nX-A:\r\n b\r\n\r\nbody",
            "HTTP/1.1 200 OK\r\nno field\r\nx-a : b\r\n\nbody",
        ] {
            let message = message(block.as_bytes()).expect(block);
            assert_eq!((message.status, message.body), (200, &b"body"[..]), "{block:?}");
            assert_eq!(message.headers.get("x-a").map(str::trim), Some("b"), "{block:?}");
        }
        assert_eq!(message(b"HTTP/1.1 200 OK\r\nX-A: b\r\n"), None);
        assert_eq!(method(b"OPTIONS /a HTTP/1.1\r\n\r\n"), Some("OPTIONS"));
        assert_eq!(method(b"{}"), None);
    }
}
