//! HTTP: the head of a message as it was kept, byte for byte.

use crate::model::Headers;

/// Status and header fields of a recorded HTTP message.
pub(crate) fn head(block: &[u8]) -> Option<(u16, Headers)> {
    let end = memchr::memmem::find(block, b"\r\n\r\n")?;
    let mut lines = block.get(..end)?.split(|&byte| byte == b'\n');
    let status = std::str::from_utf8(lines.next()?).ok()?.split(' ').nth(1)?.trim().parse().ok()?;
    let fields = lines.filter_map(|line| {
        let colon = memchr::memchr(b':', line)?;
        let name = String::from_utf8_lossy(line.get(..colon)?).trim().to_ascii_lowercase();
        Some((name, field_text(line.get(colon + 1..)?.trim_ascii())))
    });
    Some((status, Headers(fields.collect())))
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
        let (status, headers) =
            head(b"HTTP/1.1 404 Not Found\r\nX-A:  b \r\nServer: caf\xe9\r\n\r\nbody")
                .expect("a head");
        assert_eq!(status, 404);
        assert_eq!((headers.get("x-a"), headers.get("server")), (Some("b"), Some("café")));
        assert_eq!(head(b"HTTP/1.1\r\n\r\n"), None);
    }
}
