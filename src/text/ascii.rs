//! Sets of bytes, and loops over them, for what is asked about every byte of a text.

/// A set of bytes, made when the program is compiled.
#[derive(Debug)]
pub(crate) struct ByteSet([bool; 256]);

#[expect(clippy::indexing_slicing, reason = "a byte is always below 256")]
impl ByteSet {
    /// These bytes.
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        Self([false; 256]).set(bytes, true)
    }

    /// The letters and digits of ASCII, and these signs.
    pub(crate) const fn alphanumeric_and(signs: &[u8]) -> Self {
        let mut set = Self::of(signs);
        let mut byte = 0;
        while byte < 128_u8 {
            set.0[byte as usize] |= byte.is_ascii_alphanumeric();
            byte += 1;
        }
        set
    }

    /// The same with these bytes put in or taken out.
    pub(crate) const fn set(mut self, bytes: &[u8], holds: bool) -> Self {
        let mut at = 0;
        while at < bytes.len() {
            self.0[bytes[at] as usize] = holds;
            at += 1;
        }
        self
    }

    /// Whether it holds a byte.
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }
}

/// The length of the run of a set's bytes that a text begins with, which holds dots, if all parts
/// between its dots are sound.
pub(crate) fn dotted(
    text: &[u8],
    set: &ByteSet,
    is_sound: impl Fn(&[u8]) -> bool,
) -> Option<usize> {
    let (mut start, mut end) = (0, 0);
    while let Some(&byte) = text.get(end).filter(|&&byte| set.has(byte)) {
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

/// How many letters of ASCII a text begins with, counted eight bytes at a time.
pub(crate) fn letters(text: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut count = 0;
    while let Some(piece) = text.get(count..).and_then(<[u8]>::first_chunk) {
        let piece = u64::from_le_bytes(*piece);
        let ascii = (piece & (0x7F * EACH)) | (0x20 * EACH);
        // The highest bit of a byte tells that it is at least an `a`, or beyond a `z`.
        let at_least = ascii + (0x80 - u64::from(b'a')) * EACH;
        let beyond = ascii + (0x7F - u64::from(b'z')) * EACH;
        let others = (!at_least | beyond | piece) & (0x80 * EACH);
        if others != 0 {
            return count + others.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    let rest = text.get(count..).unwrap_or_default();
    count + rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
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

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn letters_are_counted_as_one_by_one(
            letters_of in "[a-zA-Z]{0,20}",
            after in proptest::collection::vec(0_u8..=255, 0..20),
        ) {
            let text = [letters_of.as_bytes(), &after].concat();
            let count = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            proptest::prop_assert_eq!(letters(&text), count);
        }
    }
}
