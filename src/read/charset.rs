//! Encodings: bytes become UTF-8 text.

/// Decodes bytes.
#[must_use]
pub fn decode(bytes: Vec<u8>, _content_type: Option<&str>, _html: bool) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
