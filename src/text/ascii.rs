//! Tables of bytes, and loops over them, for what is asked about every byte of a text.

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

/// The length of the run of a table's bytes that a text begins with, which holds dots, if all parts
/// between its dots are sound.
pub(crate) fn dotted(
    text: &[u8],
    table: &[bool; 256],
    is_sound: impl Fn(&[u8]) -> bool,
) -> Option<usize> {
    let (mut start, mut end) = (0, 0);
    while let Some(&byte) = text.get(end).filter(|&&byte| table[usize::from(byte)]) {
        if byte == b'.' {
            if !is_sound(text.get(start..end)?) {
                return None;
            }
            start = end + 1;
        }
        end += 1;
    }
    is_sound(text.get(start..end)?).then_some(end)
}

/// Whether a text holds a numeral of any script.
pub(crate) fn holds_numeral(text: &str) -> bool {
    holds_digit(text.as_bytes()) || (!text.is_ascii() && text.chars().any(char::is_numeric))
}

/// Whether a text holds an ASCII digit, a piece at a time, in a loop such as compilers do for many
/// bytes at once.
pub(crate) fn holds_digit(text: &[u8]) -> bool {
    let any = |piece: &[u8]| {
        piece.iter().fold(0, |found, byte| found | u8::from(byte.is_ascii_digit())) != 0
    };
    text.chunks(64).any(any)
}
