//! Tables of bytes, for loops that ask about every byte of a text.

/// The letters and digits of ASCII, and these signs.
pub(crate) const fn alphanumeric_and(signs: &[u8]) -> [bool; 256] {
    let mut table = table_of(signs);
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] |= byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
}

/// These bytes.
pub(crate) const fn table_of(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}
