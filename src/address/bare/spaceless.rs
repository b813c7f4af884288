//! Text without spaces that was put right after a URL: Chinese, Japanese and Thai put none around
//! it, and Korean puts its particles right after a word.
//!
//! A deviation from UTS #58, which takes any letter for part of the URL. A browser's address bar
//! hands out such letters escaped, so that where a part of a URL begins in ASCII and turns into the
//! script of the text around it, that is the text again. In a part of its own (`/wiki/维基`) such a
//! letter is the URL's.

/// Whether the letter `c` at `at`, the first beyond ASCII since the authority's end at `from`, is
/// text again and not part of the URL; `before` is what stands right before the URL.
pub(super) fn begins(text: &str, from: usize, at: usize, c: char, before: Option<char>) -> bool {
    let is_root = text.get(from..at) == Some("/");
    let last = text.get(..at).and_then(|url| url.bytes().next_back());
    if !is_root && !last.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    match c {
        _ if is_spaceless(c) && before.is_some_and(is_spaceless) => true,
        _ if is_root => false,
        '\u{3041}'..='\u{3096}' => true,
        _ if is_spaceless(c) => {
            before.is_some_and(|before| "，。；：、！？）」』】》".contains(before))
        }
        '\u{AC00}'..='\u{D7A3}' => is_particle(text.get(at..).unwrap_or_default()),
        _ => false,
    }
}

/// Whether a letter is of a script that is written without spaces: Han, Hiragana, Katakana, Thai,
/// Lao, Burmese, Khmer.
pub(crate) const fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0E01}'..='\u{0EDF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17D3}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// What Korean puts right after a noun.
const PARTICLES: &[&str] = &[
    "가",
    "과",
    "과의",
    "까지",
    "는",
    "도",
    "라고",
    "라는",
    "로",
    "로는",
    "로도",
    "로부터",
    "를",
    "만",
    "부터",
    "에",
    "에는",
    "에도",
    "에서",
    "에서는",
    "에서도",
    "와",
    "와의",
    "으로",
    "으로는",
    "은",
    "을",
    "의",
    "이",
    "이고",
    "이나",
    "이다",
    "이며",
    "입니다",
];

/// Whether the Korean letters that a text begins with are a particle.
fn is_particle(text: &str) -> bool {
    let end = text.find(|c| !('\u{AC00}'..='\u{D7A3}').contains(&c)).unwrap_or(text.len());
    PARTICLES.contains(&text.get(..end).unwrap_or_default())
}
