//! Notices of absence: the words with which a page says that what was asked for is not there.
//!
//! A notice is told by what it does not say: every word of it is one of those that such notices
//! are made of. "Page not found" is one, "Page not found (song)" and "How to fix a page not found
//! error" name something else besides.

use std::sync::LazyLock;

use foldhash::HashSet;
use unicode_normalization::char::is_combining_mark;

use crate::lang::{self, Meaning, Row};
use crate::text::letters;

/// What says that something is not there, and the words beside it, as the tables name them.
const SAYS: &str = "says";
const BESIDE: &str = "beside";

/// Phrases of languages that put spaces between words, with a blank before and after each.
static SPACED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let says = rows().filter(|row| !row.is_unspaced() && row.detail == SAYS);
    says.flat_map(Row::words).map(|phrase| [" ", phrase, " "].concat()).collect()
});

/// Every word of a notice in such a language, whichever it is.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let spaced = rows().filter(|row| !row.is_unspaced());
    spaced.flat_map(Row::words).flat_map(|phrase| phrase.split(' ')).collect()
});

/// What says so in languages that put no spaces between words.
static UNSPACED: LazyLock<Vec<&str>> = LazyLock::new(|| unspaced_words(SAYS));

/// What stands beside it there.
static BESIDE_UNSPACED: LazyLock<Vec<&str>> = LazyLock::new(|| unspaced_words(BESIDE));

fn unspaced_words(detail: &str) -> Vec<&'static str> {
    rows().filter(|row| row.is_unspaced() && row.detail == detail).flat_map(Row::words).collect()
}

fn rows() -> impl Iterator<Item = Row> {
    lang::rows(Meaning::Absent)
}

/// The longest notice, in bytes.
const LONGEST: usize = 400;

/// The most words of one.
const MOST_WORDS: usize = 32;

/// A title, a heading or a sentence that is a notice as a whole.
#[must_use]
pub(crate) fn absence(text: &str) -> Option<&str> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let is_notice = if text.chars().any(is_unspaced) { unspaced(text) } else { spaced(text) };
    is_notice.then_some(text)
}

/// The most parts of a title that is a notice with names beside it.
const MOST_PARTS: usize = 6;

/// The notice in a page's title, where the site's name may stand before or after it.
#[must_use]
pub(crate) fn absence_in_title(title: &str) -> Option<&str> {
    let bars = ['|', '–', '—', '·', '•', '»', '«', '›', '‹', '>', '/'];
    absence(title).or_else(|| {
        let title = title.get(..2 * LONGEST).unwrap_or(title);
        let parts: Vec<&str> = title.split(bars).flat_map(|part| part.split(" - ")).collect();
        // More names than those of the site and its owner are more than a notice says.
        let (first, last) = (parts.first()?, parts.last().filter(|_| parts.len() < MOST_PARTS)?);
        // What follows a colon says what the words before it are about.
        let after_colon = || absence(last.rsplit_once(':')?.1);
        absence(first).or_else(|| absence(last)).or_else(after_colon)
    })
}

/// Whether words speak of absence, whatever else they say: those of a link to a page about it.
#[must_use]
pub(crate) fn speaks_of_absence(text: &str) -> bool {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let text = text.get(..end).unwrap_or_default();
    let padded = padded(text);
    if SPACED.iter().any(|phrase| padded.contains(phrase.as_str())) {
        return true;
    }
    let compact = compact(text);
    text.chars().any(is_unspaced) && UNSPACED.iter().any(|phrase| compact.contains(phrase))
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// The first word of a text, with whatever stands before it.
fn first_word(text: &str) -> &str {
    let mut has_begun = false;
    let ends = |letter: char| {
        let is_of_word = is_of_a_word(letter);
        has_begun |= is_of_word;
        has_begun && !is_of_word && !is_apostrophe(letter)
    };
    text.get(..text.find(ends).unwrap_or(text.len())).unwrap_or_default()
}

/// The lower-case words of a text with a blank before and after each; apostrophes are left out.
fn padded(text: &str) -> String {
    let mut padded = String::with_capacity(text.len() + 2);
    padded.push(' ');
    for letter in text.chars().filter(|&letter| !is_apostrophe(letter)) {
        if is_of_a_word(letter) {
            padded.extend(letter.to_lowercase());
        } else if !padded.ends_with(' ') {
            padded.push(' ');
        }
    }
    if !padded.ends_with(' ') {
        padded.push(' ');
    }
    padded
}

/// The lower-case letters and digits of a text.
fn compact(text: &str) -> String {
    text.chars().filter(|letter| is_of_a_word(*letter)).flat_map(char::to_lowercase).collect()
}

/// Whether it is a letter, a digit, or a mark on one.
fn is_of_a_word(letter: char) -> bool {
    letters::is_alphanumeric(letter) || is_combining_mark(letter)
}

/// Whether a letter is of a script that puts no blanks between words.
const fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// Whether a text is made of the words of notices alone and says that something is absent.
fn spaced(text: &str) -> bool {
    // Most texts begin with another word than notices do.
    if !WORDS.contains(padded(first_word(text)).trim()) {
        return false;
    }
    let padded = padded(text);
    let words = || padded.split(' ').filter(|word| !word.is_empty());
    words().count() <= MOST_WORDS
        && words().all(|word| WORDS.contains(word))
        && SPACED.iter().any(|phrase| padded.contains(phrase.as_str()))
}

/// The same for a text without blanks, which is taken apart from its beginning.
fn unspaced(text: &str) -> bool {
    let compact = compact(text);
    let (mut rest, mut is_absent) = (compact.as_str(), false);
    while !rest.is_empty() {
        let longest = |phrases: &[&str]| {
            let begin = phrases.iter().filter(|phrase| rest.starts_with(**phrase));
            begin.map(|phrase| phrase.len()).max()
        };
        let (says, beside) = (longest(&UNSPACED), longest(&BESIDE_UNSPACED));
        let Some(length) = says.max(beside) else { return false };
        is_absent |= says == Some(length);
        rest = rest.get(length..).unwrap_or_default();
    }
    is_absent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_as_they_are_compared() {
        for row in rows() {
            assert!([SAYS, BESIDE].contains(&row.detail), "{row:?}");
            for phrase in row.words() {
                if row.is_unspaced() {
                    assert_eq!(compact(phrase), phrase);
                } else {
                    assert_eq!(padded(phrase), format!(" {phrase} "));
                }
            }
        }
    }

    #[test]
    fn notices_of_absence() {
        for text in [
            "404",
            "404 Not Found",
            "404 | Paper",
            "Error 404",
            "404 - Page not found - The Paper",
            "404 error - page not found | The Paper",
            "Page not found - Paper",
            "Page not found | The Paper",
            "The Paper: Page Not Found",
            "Not Found",
            "File not found",
            "HTTP Error 404",
            "HTTP 404 - File not found",
            "Oops! That page can’t be found.",
            "Sorry, this page isn't available",
            "This page doesn't exist",
            "Sorry, the page you are looking for could not be found",
            "We can't find the page you're looking for",
            "We couldn’t find that page",
            "The page you requested was not found",
            "The page you requested could not be found.",
            "The requested URL was not found on this server",
            "Article not found",
            "This article is no longer available",
            "This story has been removed",
            "The page has been moved or deleted or does not exist anymore",
            "Seite nicht gefunden",
            "Seite nicht\n gefunden",
            "Fehler 404: Seite nicht gefunden",
            "Die angeforderte Seite wurde nicht gefunden",
            "Leider wurde die Seite nicht gefunden",
            "Diese Seite existiert nicht mehr",
            "Artikel nicht gefunden - Zeitung",
            "Página no encontrada",
            "Error 404: página no encontrada | El Diario",
            "La página que buscas no existe",
            "Page introuvable",
            "Page non trouvée",
            "La page demandée n’existe pas",
            "Erreur 404 : page introuvable",
            "Página não encontrada",
            "Pagina non trovata",
            "La pagina richiesta non esiste",
            "Pagina niet gevonden",
            "Deze pagina bestaat niet meer",
            "Страница не найдена",
            "Ошибка 404. Страница не найдена",
            "Сторінку не знайдено",
            "Nie znaleziono strony",
            "Strona nie została znaleziona",
            "Stránka nenalezena",
            "Sidan hittades inte",
            "Siden blev ikke fundet",
            "Siden ble ikke funnet",
            "Sivua ei löytynyt",
            "Sayfa bulunamadı",
            "Az oldal nem található",
            "Pagina nu a fost găsită",
            "Η σελίδα δεν βρέθηκε",
            "Страницата не е намерена",
            "Stranica nije pronađena",
            "Puslapis nerastas",
            "No s'ha trobat la pàgina",
            "Halaman tidak ditemukan",
            "Không tìm thấy trang",
            "الصفحة غير موجودة",
            "صفحه مورد نظر یافت نشد",
            "הדף לא נמצא",
            "पृष्ठ नहीं मिला",
            "ページが見つかりません",
            "お探しのページは見つかりませんでした",
            "ページが見つかりません | 新聞",
            "页面不存在",
            "404 页面未找到",
            "您访问的页面不存在",
            "找不到頁面",
            "페이지를 찾을 수 없습니다",
            "ไม่พบหน้าที่คุณต้องการ",
        ] {
            assert!(absence_in_title(text).is_some(), "{text}");
        }
    }

    #[test]
    fn titles_of_pages_about_absence() {
        for text in [
            "A story",
            "Room 4040",
            "Room 404",
            "Found: the lost page",
            "Page not found (song)",
            "Page not found: a song by the band",
            "How to fix a page not found error",
            "How to fix a 404 page not found error in WordPress",
            "404 Media",
            "404 Media | Independent tech journalism",
            "Error 404 (band) - Wikipedia",
            "404 (album)",
            "404 Blues - a new single",
            "404 Not Found: the best error pages of the web",
            "Why the page was not found: a history of error 404",
            "50 creative 404 pages",
            "The best 404 pages of 2020",
            "Custom 404 page | Docs",
            "What does error 404 mean?",
            "Soft 404 errors: what they are",
            "Missing persons not found after storm",
            "Missing plane not found, search ends",
            "The wreck was not found",
            "Body of lost diver not found",
            "Evidence not found, says report",
            "Cure for cancer not found",
            "Lost in the archive: pages that are gone",
            "Link rot: half of the pages are no longer available",
            "Video no longer available in Germany, court rules",
            "iPhone 5 no longer available",
            "Windows 7 does not exist anymore",
            "God does not exist",
            "Money does not exist",
            "The page you turn: a novel",
            "Not Found Collective",
            "ModuleNotFoundError: No module named requests",
            "command not found: how to solve it",
            "Package not found: pip troubleshooting",
            "Fichier introuvable : que faire ?",
            "Warum die Seite nicht gefunden wurde: Fehler verstehen",
            "Fehler 404 beheben: so geht es",
            "Die verschwundene Seite: ein Roman",
            "Error 404: la película",
            "Cómo solucionar el error 404 página no encontrada",
            "Ошибка 404: что это такое и как исправить",
            "404エラーとは?原因と対処法",
            "404页面是什么意思",
            "404 錯誤的原因",
            "Страница истории: храм не найден",
            "Vermisste nicht gefunden",
        ] {
            assert_eq!(absence_in_title(text), None, "{text}");
        }
    }

    #[test]
    fn words_that_speak_of_absence() {
        for text in [
            "a history of error 404",
            "404 Media",
            "page not found song",
            "seite nicht gefunden",
            "404页面不存在吗",
        ] {
            assert!(speaks_of_absence(text), "{text}");
        }
        for text in ["a story", "room 4040", "lost and found", ""] {
            assert!(!speaks_of_absence(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,80}") {
            let _ = (absence_in_title(&text), speaks_of_absence(&text));
        }

        #[test]
        fn any_text_of_notice_words_is_read_without_panic(text in "(404|见|页|ไม่|page|not found| |-|:|\\|){0,12}") {
            let _ = (absence_in_title(&text), speaks_of_absence(&text));
        }
    }
}
