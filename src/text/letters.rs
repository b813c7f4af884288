//! Letters: whether a character is one, told quickly for the characters that texts are written in.
//! The standard library has to search its tables for whatever is not ASCII.

/// Whether a character is alphabetic (Unicode, "Alphabetic"), as [`char::is_alphabetic`] says.
#[must_use]
pub(crate) fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{00C0}'..='\u{00D6}'
        | '\u{00D8}'..='\u{00F6}'
        | '\u{00F8}'..='\u{02C1}'
        | '\u{03A3}'..='\u{03F5}'
        | '\u{0400}'..='\u{0481}'
        | '\u{048A}'..='\u{052F}'
        | '\u{05D0}'..='\u{05EA}'
        | '\u{0620}'..='\u{064A}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => true,
        // Spaces, dashes, quotation marks and signs.
        '\u{0080}'..='\u{00A9}'
        | '\u{00AB}'..='\u{00B4}'
        | '\u{00B6}'..='\u{00B9}'
        | '\u{00BB}'..='\u{00BF}'
        | '\u{00D7}'
        | '\u{00F7}'
        | '\u{2000}'..='\u{2070}'
        | '\u{2190}'..='\u{245F}'
        | '\u{2500}'..='\u{2BFF}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{FF00}'..='\u{FF20}'
        | '\u{1F300}'..='\u{1FAFF}' => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether a character is alphabetic or a number, as [`char::is_alphanumeric`] says.
#[must_use]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_told_as_the_standard_library_tells_it() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
