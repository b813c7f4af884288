//! What each character means for where a URL in running text ends: the property `Link_Term` of
//! Unicode UTS #58, with its deviations named here.
//!
//! Deviations, all because an article's text is not only e-mail and chat: angle brackets, a
//! backslash, a backtick, double typographic quotation marks, the long dash that English
//! sets without spaces and the full-width punctuation of Chinese and Japanese sentences end a URL
//! (such text puts no space after it); `*`, `|`, the short dash and footnote signs are soft.

use crate::text::ascii::ByteSet;

/// How a character bears on the end of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of the URL.
    Include,
    /// Part of it only if more of it follows.
    Soft,
    /// Part of it only if more of it or its partner follows.
    Quote,
    /// An opening bracket.
    Open,
    /// A closing bracket, part of the URL only if its partner is.
    Close,
    /// Never part of it.
    Hard,
}

/// The class of a character.
pub(super) fn of(c: char) -> Class {
    match u8::try_from(c).ok().and_then(|byte| ASCII.get(usize::from(byte))) {
        Some(class) => *class,
        None => beyond_ascii(c),
    }
}

/// The ASCII characters that are part of a URL.
pub(super) const INCLUDED: ByteSet = {
    let mut included = ByteSet::of(b"");
    let mut byte = 0;
    while byte < 128_u8 {
        if matches!(of_ascii(byte), Class::Include) {
            included = included.set(&[byte], true);
        }
        byte += 1;
    }
    included
};

/// The class of each ASCII character.
static ASCII: [Class; 128] = {
    let mut classes = [Class::Hard; 128];
    let mut rest: &mut [Class] = &mut classes;
    let mut byte = 0;
    while let [class, after @ ..] = rest {
        *class = of_ascii(byte);
        byte += 1;
        rest = after;
    }
    classes
};

const fn of_ascii(byte: u8) -> Class {
    match byte {
        b'!' | b',' | b'.' | b':' | b';' | b'?' | b'*' | b'|' => Class::Soft,
        b'"' | b'\'' => Class::Quote,
        b'(' | b'[' | b'{' => Class::Open,
        b')' | b']' | b'}' => Class::Close,
        b'<' | b'>' | b'\\' | b'`' => Class::Hard,
        0x21..0x7F => Class::Include,
        _ => Class::Hard,
    }
}

fn beyond_ascii(c: char) -> Class {
    match c {
        // Then zero-width space, bidirectional controls, soft hyphen, byte order mark, private use.
        '“'
        | '”'
        | '„'
        | '«'
        | '»'
        | '‹'
        | '›'
        | '、'
        | '。'
        | '，'
        | '；'
        | '！'
        | '？'
        | '｜'
        | '—'
        | '―'
        | '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFF}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{F0000}'..='\u{10_FFFF}' => Class::Hard,
        _ if c.is_whitespace() || c.is_control() => Class::Hard,
        '‘' | '’' | '‚' | '…' | '–' | '•' | '†' | '‡' | '¶' | '⁰'..='⁹' | '¹' | '²' | '³' => {
            Class::Soft
        }
        _ if partner(c).is_some() => Class::Open,
        _ if BRACKETS.iter().any(|&(_, close)| close == c) => Class::Close,
        _ if is_terminal(c) => Class::Soft,
        _ => Class::Include,
    }
}

/// The bracket that closes what `c` opens.
pub(super) fn partner(c: char) -> Option<char> {
    BRACKETS.iter().find(|&&(open, _)| open == c).map(|&(_, close)| close)
}

/// Paired brackets (`Bidi_Paired_Bracket` of the Unicode Character Database, in common use).
const BRACKETS: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('⁅', '⁆'),
    ('⟦', '⟧'),
    ('⟨', '⟩'),
    ('⟪', '⟫'),
    ('〈', '〉'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('（', '）'),
    ('［', '］'),
    ('｛', '｝'),
    ('｢', '｣'),
];

fn is_terminal(c: char) -> bool {
    let code = u32::from(c);
    let after = TERMINAL_PUNCTUATION.partition_point(|&(first, _)| first <= code);
    after.checked_sub(1).and_then(|at| TERMINAL_PUNCTUATION.get(at)).is_some_and(|r| code <= r.1)
}

/// The property `Terminal_Punctuation` beyond ASCII (Unicode 16, `PropList.txt`; Unicode licence).
#[rustfmt::skip]
const TERMINAL_PUNCTUATION: &[(u32, u32)] = &[
    (0x037E, 0x037E), (0x0387, 0x0387), (0x0589, 0x0589), (0x05C3, 0x05C3), (0x060C, 0x060C),
    (0x061B, 0x061B), (0x061D, 0x061F), (0x06D4, 0x06D4), (0x0700, 0x070A), (0x070C, 0x070C),
    (0x07F8, 0x07F9), (0x0830, 0x0835), (0x0837, 0x083E), (0x085E, 0x085E), (0x0964, 0x0965),
    (0x0E5A, 0x0E5B), (0x0F08, 0x0F08), (0x0F0D, 0x0F12), (0x104A, 0x104B), (0x1361, 0x1368),
    (0x166E, 0x166E), (0x16EB, 0x16ED), (0x1735, 0x1736), (0x17D4, 0x17D6), (0x17DA, 0x17DA),
    (0x1802, 0x1805), (0x1808, 0x1809), (0x1944, 0x1945), (0x1AA8, 0x1AAB), (0x1B4E, 0x1B4F),
    (0x1B5A, 0x1B5B), (0x1B5D, 0x1B5F), (0x1B7D, 0x1B7F), (0x1C3B, 0x1C3F), (0x1C7E, 0x1C7F),
    (0x2024, 0x2024), (0x203C, 0x203D), (0x2047, 0x2049), (0x2CF9, 0x2CFB), (0x2E2E, 0x2E2E),
    (0x2E3C, 0x2E3C), (0x2E41, 0x2E41), (0x2E4C, 0x2E4C), (0x2E4E, 0x2E4F), (0x2E53, 0x2E54),
    (0x3001, 0x3002), (0xA4FE, 0xA4FF), (0xA60D, 0xA60F), (0xA6F3, 0xA6F7), (0xA876, 0xA877),
    (0xA8CE, 0xA8CF), (0xA92F, 0xA92F), (0xA9C7, 0xA9C9), (0xAA5D, 0xAA5F), (0xAADF, 0xAADF),
    (0xAAF0, 0xAAF1), (0xABEB, 0xABEB), (0xFE12, 0xFE12), (0xFE15, 0xFE16), (0xFE50, 0xFE52),
    (0xFE54, 0xFE57), (0xFF01, 0xFF01), (0xFF0C, 0xFF0C), (0xFF0E, 0xFF0E), (0xFF1A, 0xFF1B),
    (0xFF1F, 0xFF1F), (0xFF61, 0xFF61), (0xFF64, 0xFF64), (0x1039F, 0x1039F), (0x103D0, 0x103D0),
    (0x10857, 0x10857), (0x1091F, 0x1091F), (0x10A56, 0x10A57), (0x10AF0, 0x10AF5),
    (0x10B3A, 0x10B3F), (0x10B99, 0x10B9C), (0x10F55, 0x10F59), (0x10F86, 0x10F89),
    (0x11047, 0x1104D), (0x110BE, 0x110C1), (0x11141, 0x11143), (0x111C5, 0x111C6),
    (0x111CD, 0x111CD), (0x111DE, 0x111DF), (0x11238, 0x1123C), (0x112A9, 0x112A9),
    (0x113D4, 0x113D5), (0x1144B, 0x1144D), (0x1145A, 0x1145B), (0x115C2, 0x115C5),
    (0x115C9, 0x115D7), (0x11641, 0x11642), (0x1173C, 0x1173E), (0x11944, 0x11944),
    (0x11946, 0x11946), (0x11A42, 0x11A43), (0x11A9B, 0x11A9C), (0x11AA1, 0x11AA2),
    (0x11C41, 0x11C43), (0x11C71, 0x11C71), (0x11EF7, 0x11EF8), (0x11F43, 0x11F44),
    (0x12470, 0x12474), (0x16A6E, 0x16A6F), (0x16AF5, 0x16AF5), (0x16B37, 0x16B39),
    (0x16B44, 0x16B44), (0x16D6E, 0x16D6F), (0x16E97, 0x16E98), (0x1BC9F, 0x1BC9F),
    (0x1DA87, 0x1DA8A),
];
