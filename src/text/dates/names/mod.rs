//! Names of months and weekdays in some eighty languages.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::lang::{self, Meaning, Row};
use crate::text::bloom::Bloom;
use crate::text::letters;

/// The calendar that a month's name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Calendar {
    /// The civil calendar.
    Gregorian,
    /// The solar calendar of Iran.
    Persian,
    /// The Islamic lunar calendar.
    Hijri,
}

/// What a word names, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A month, from 1 to 12.
    Month(Calendar, u32),
    /// A weekday, Monday is 1.
    Weekday(u32),
}

/// One reading of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    /// What it names.
    pub named: Named,
    /// The language's primary subtag.
    pub language: &'static str,
}

static NAMES: LazyLock<HashMap<String, Vec<Name>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Vec<Name>> = HashMap::new();
    let wanted = [Meaning::Gregorian, Meaning::Persian, Meaning::Hijri, Meaning::Weekday];
    for (meaning, row) in lang::rows_of(wanted) {
        add_row(meaning, row, &mut names);
    }
    names
});

fn add_row(meaning: Meaning, row: Row, table: &mut HashMap<String, Vec<Name>>) {
    let Ok(number) = row.detail.parse() else { return };
    let named = match meaning {
        Meaning::Gregorian => Named::Month(Calendar::Gregorian, number),
        Meaning::Persian => Named::Month(Calendar::Persian, number),
        Meaning::Hijri => Named::Month(Calendar::Hijri, number),
        Meaning::Weekday => Named::Weekday(number),
        _ => return,
    };
    let language = row.primary();
    for word in row.words() {
        let readings = table.entry(fold(word)).or_default();
        if !readings.iter().any(|name| name.named == named && name.language == language) {
            readings.push(Name { named, language });
        }
    }
}

/// Everything that a folded word names, in all languages.
#[must_use]
pub(crate) fn readings(folded: &str) -> &'static [Name] {
    NAMES.get(folded).map_or(&[], Vec::as_slice)
}

/// What a name can begin with: up to four bytes, as a number.
type Start = u32;

/// The beginnings of all names.
static STARTS: LazyLock<Bloom<1024>> = LazyLock::new(|| {
    let mut starts = Bloom::new();
    for name in NAMES.keys() {
        for length in 1..=name.len().min(4) {
            starts.add(start(name.bytes().take(length)));
        }
    }
    starts
});

fn start(folded: impl Iterator<Item = u8>) -> Start {
    folded.take(4).fold(0, |start, byte| start << 8 | Start::from(byte))
}

/// Whether a name may begin with a word as it is written: only then need it be looked up, with
/// those after it.
#[must_use]
pub(crate) fn may_begin_with(word: &str) -> bool {
    let bytes = word.as_bytes();
    if bytes.is_empty() {
        return true;
    }
    if bytes.iter().take(4).all(u8::is_ascii_alphabetic) {
        return may_begin_with_letters(bytes);
    }
    let folded = fold(word);
    folded.is_empty() || STARTS.may_hold(start(folded.bytes()))
}

/// The same of a word of which the first four bytes, or all, are letters of ASCII.
pub(crate) fn may_begin_with_letters(word: &[u8]) -> bool {
    // A letter's lower case differs in one bit, so that all four are brought to it at once.
    STARTS.may_hold(match word.first_chunk() {
        Some(first) => Start::from_be_bytes(*first) | 0x2020_2020,
        None => start(word.iter().map(|byte| byte | 0x20)),
    })
}

/// The longest name in code points, so that nothing longer need be looked up.
pub(crate) const LONGEST: usize = 32;

/// Brings a word to the form that names are compared in: lower case, without accents, dots,
/// spaces, hyphens or vowel points, and with the letters that Arabic and Persian keyboards write
/// differently made one.
#[must_use]
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphabetic() {
                folded.push(c.to_ascii_lowercase());
            }
        } else {
            c.to_lowercase().for_each(|c| fold_char(c, &mut folded));
        }
    }
    folded
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        // Combining accents, points and joiners carry no distinction that a name needs.
        '\u{0300}'..='\u{036F}'
        | '\u{0591}'..='\u{05C7}'
        | '\u{0640}'
        | '\u{064B}'..='\u{0652}'
        | '\u{200B}'..='\u{200F}' => {}
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => {
            folded.push_str(&deunicode::deunicode_char(c).unwrap_or_default().to_ascii_lowercase());
        }
        'ά' => folded.push('α'),
        'έ' => folded.push('ε'),
        'ή' => folded.push('η'),
        'ί' | 'ϊ' | 'ΐ' => folded.push('ι'),
        'ό' => folded.push('ο'),
        'ύ' | 'ϋ' | 'ΰ' => folded.push('υ'),
        'ώ' => folded.push('ω'),
        'ς' => folded.push('σ'),
        'ё' => folded.push('е'),
        'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
        'ى' | 'ي' | 'ئ' => folded.push('ی'),
        'ك' => folded.push('ک'),
        'ة' => folded.push('ه'),
        c if is_word_char(c) => folded.push(c),
        _ => {}
    }
}

/// Whether a character can stand inside a word. Viramas and vowel signs count: the scripts of
/// India and South-East Asia write them inside names.
#[must_use]
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    match c {
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{0652}' | '\u{200C}' => true,
        '\u{0964}' | '\u{0965}' | '\u{104A}' | '\u{104B}' | '\u{17D4}'..='\u{17DA}' => false,
        '\u{0900}'..='\u{0DFF}'
        | '\u{0E30}'..='\u{0E4E}'
        | '\u{0EB0}'..='\u{0ECD}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17D3}' => super::digits::digit(c).is_none(),
        _ => letters::is_alphabetic(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_month(word: &str, language: &str, month: u32) {
        let found = readings(&fold(word));
        assert!(
            found.iter().any(|name| name.language == language
                && name.named == Named::Month(Calendar::Gregorian, month)),
            "{word}: {found:?}"
        );
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        assert_month("May", "en", 5);
        assert_month("SEPT.", "en", 9);
        assert_month("MÄRZ", "de", 3);
        assert_month("fevrier", "fr", 2);
        assert_month("мая", "ru", 5);
        assert_month("Μαΐου", "el", 5);
        assert_month("พ.ค.", "th", 5);
        assert_month("كانون الثاني", "ar", 1);
        assert_month("İyun", "az", 6);
    }

    #[test]
    fn no_name_is_sifted_out_by_its_beginning_and_most_words_are() {
        assert!(NAMES.keys().all(|name| may_begin_with(name)));
        let prose = "We need to be talking about the future of the stable country that was built";
        let kept = prose.split(' ').filter(|word| may_begin_with(word)).count();
        assert!(kept < 6, "{kept}");
    }

    #[test]
    fn at_least_thirty_languages_have_all_months_and_weekdays() {
        let mut months: HashMap<&str, u32> = HashMap::new();
        let mut weekdays: HashMap<&str, u32> = HashMap::new();
        for name in NAMES.values().flatten() {
            match name.named {
                Named::Month(Calendar::Gregorian, month) => {
                    *months.entry(name.language).or_default() |= 1 << month;
                }
                Named::Weekday(day) => *weekdays.entry(name.language).or_default() |= 1 << day,
                Named::Month(..) => {}
            }
        }
        let full =
            months.iter().filter(|&(language, &set)| set == 0x1FFE && weekdays[language] == 0xFE);
        assert!(full.count() >= 60);
        assert!(NAMES.keys().all(|name| name.chars().count() <= LONGEST));
    }
}
