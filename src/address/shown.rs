//! Foreign text made fit to be shown: whatever an article or a server says, it cannot move the
//! cursor, colour the screen, reverse the reading direction or hide.

use std::fmt::{self, Write};

/// How many characters of one foreign string are shown.
const LONGEST: usize = 300;

/// A foreign string for people: control, bidirectional and invisible characters are written as
/// `\u{…}`, secrets in addresses are masked, and what is over 300 characters is cut with `…`.
///
/// See "Trojan Source", CVE-2021-42574, for what bidirectional controls can do.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let masked = super::secret::masked(self.0);
        if masked.len() <= LONGEST && is_plain(&masked) {
            return f.write_str(&masked);
        }
        for (count, character) in masked.chars().enumerate() {
            if count == LONGEST {
                return f.write_char('…');
            }
            if is_unsafe(character) {
                write!(f, "{}", character.escape_unicode())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// A foreign text for people, whole: as [`Shown`], but not cut, and secrets in addresses masked.
/// A line end becomes a space.
#[must_use]
pub fn whole(text: &str) -> String {
    use std::fmt::Write as _;
    let masked = super::secret::masked(text);
    masked.chars().fold(String::with_capacity(masked.len()), |mut shown, character| {
        match character {
            '\n' | '\t' => shown.push(' '),
            '\r' => {}
            // Writing to a string cannot fail.
            unsafe_one if is_unsafe(unsafe_one) => {
                let _ = write!(shown, "{}", unsafe_one.escape_unicode());
            }
            safe => shown.push(safe),
        }
        shown
    })
}

/// Whether a character can change how the text around it is shown.
///
/// C0 and C1 controls, line and paragraph separators, bidirectional controls, zero-width and
/// invisible characters, tag characters.
#[must_use]
pub const fn is_unsafe(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Whether a text is of printable ASCII alone, as most is: each such character takes one column and
/// is shown as it is.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(is_plain_byte)
}

/// Whether a byte is a character of ASCII that is safe to show.
pub(crate) const fn is_plain_byte(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// The same character, or a stand-in of one column where it is not safe to show; for source
/// excerpts, where columns must stay true.
#[must_use]
pub const fn stand_in(character: char) -> char {
    match character {
        '\t' => ' ',
        character if is_unsafe(character) => '\u{FFFD}',
        character => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_shown_as_it_is() {
        assert_eq!(Shown("a\u{1b}[31mb").to_string(), "a\\u{1b}[31mb");
        assert_eq!(Shown("x\u{202e}y\n").to_string(), "x\\u{202e}y\\u{a}");
        assert_eq!(Shown("naïve – 5 €").to_string(), "naïve – 5 €");
    }

    #[test]
    fn long_text_is_cut() {
        let shown = Shown(&"é".repeat(400)).to_string();
        assert_eq!(shown.chars().count(), LONGEST + 1);
        assert!(shown.ends_with('…'));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_safe(text in ".*") {
            proptest::prop_assert!(!Shown(&text).to_string().chars().any(is_unsafe));
        }
    }
}
