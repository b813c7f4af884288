//! Headings of the parts of a text that hold nothing but links: bibliographies, notes, and what else
//! there is to read.
//!
//! To teach another heading, add it to its language's line, in lower case.

use super::introduction;
use crate::model::Role;

/// What a bibliography or notes are headed with, language by language.
#[rustfmt::skip]
const REFERENCES: &[&str] = &[
    // English
    "bibliography", "citations", "endnotes", "external links", "footnotes",
    "literature", "literature cited", "notes", "notes and references", "references",
    "references and notes", "selected bibliography", "source", "sources", "works cited",
    // German
    "anmerkungen", "belege", "einzelnachweise", "fußnoten", "fussnoten", "literatur",
    "literaturverzeichnis", "quelle", "quellen", "quellen und literatur", "quellenangaben",
    "quellenverzeichnis", "weblinks", "weiterführende literatur",
    // French
    "bibliographie", "liens externes", "notes et références", "références", "sources et références",
    // Spanish
    "bibliografía", "enlaces externos", "fuentes", "notas", "notas y referencias", "referencias",
    // Portuguese
    "bibliografia", "fontes", "ligações externas", "notas e referências", "referências",
    // Italian
    "collegamenti esterni", "fonti", "note", "riferimenti", "riferimenti bibliografici",
    // Dutch
    "bronnen", "bronvermelding", "externe links", "literatuur", "noten", "referenties", "voetnoten",
    // Swedish, Danish, Norwegian
    "externa länkar", "eksterne lenker", "eksterne henvisninger", "fotnoter", "kilder", "källor",
    "litteratur", "litteraturliste", "noter", "referanser", "referencer", "referenser",
    // Finnish, Estonian
    "kirjallisuus", "lähteet", "viitteet", "allikad", "viited",
    // Polish, Czech, Slovak
    "przypisy", "źródła", "linki zewnętrzne", "literatura", "odkazy", "poznámky", "reference",
    "zdroje", "externí odkazy", "referencie", "literatúra",
    // Hungarian, Romanian
    "források", "hivatkozások", "irodalom", "irodalomjegyzék", "jegyzetek", "bibliografie",
    "referințe", "surse",
    // Croatian, Serbian, Slovenian
    "izvori", "izvor", "viri", "извори", "референце",
    // Russian, Ukrainian, Bulgarian
    "источники", "литература", "примечания", "сноски", "список литературы", "ссылки", "джерела",
    "література", "посилання", "примітки", "бележки", "източници",
    // Greek, Turkish
    "βιβλιογραφία", "παραπομπές", "πηγές", "dipnotlar", "kaynaklar", "kaynakça",
    // Arabic, Persian, Hebrew, Hindi
    "الهوامش", "المراجع", "المصادر", "مراجع", "منابع", "پانویس", "ביבליוגרפיה", "הערות שוליים",
    "מקורות", "संदर्भ", "सन्दर्भ",
    // Indonesian, Vietnamese, Thai
    "catatan kaki", "daftar pustaka", "referensi", "chú thích", "tham khảo", "tài liệu tham khảo",
    "อ้างอิง", "เอกสารอ้างอิง",
    // Chinese, Japanese, Korean
    "参考文献", "参考资料", "參考文獻", "參考資料", "注释", "註釋", "出典", "脚注", "外部リンク",
    "각주", "참고문헌", "출처",
];

/// A longer heading is none of these, in bytes.
const LONGEST: usize = 100;

/// What a heading says that all links below it are for, if it says nothing else: a number may stand
/// before it, a colon behind.
#[must_use]
pub fn role_of_section(heading: &str) -> Option<Role> {
    let heading = heading.trim().trim_end_matches([':', '：', '.']).trim_end();
    if heading.is_empty() || heading.len() > LONGEST {
        return None;
    }
    let name = without_number(heading).to_lowercase();
    if REFERENCES.contains(&name.as_str()) {
        return Some(Role::Reference);
    }
    let said = introduction(heading).filter(|said| said.end == heading.len())?;
    (said.role == Role::Related).then_some(Role::Related)
}

/// A heading without the number of its chapter: `7.`, `7.1`, `VII.`.
fn without_number(heading: &str) -> &str {
    let is_number = |number: &str| {
        let digits = number.trim_end_matches(['.', ')']);
        !digits.is_empty()
            && (digits.chars().all(|c| c.is_ascii_digit() || c == '.')
                || number.len() > digits.len() && digits.chars().all(|c| "IVX".contains(c)))
    };
    match heading.split_once(char::is_whitespace) {
        Some((number, name)) if is_number(number) => name.trim_start(),
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_link_lists_are_known_and_headlines_are_not() {
        for (heading, role) in [
            ("References", Some(Role::Reference)),
            ("7.2 REFERENCES", Some(Role::Reference)),
            ("VII. Notes:", Some(Role::Reference)),
            ("Список литературы", Some(Role::Reference)),
            ("参考文献", Some(Role::Reference)),
            ("Related articles", Some(Role::Related)),
            ("Lesen Sie auch:", Some(Role::Related)),
            ("Read more books, says the minister", None),
            ("References to the war are taken out", None),
            ("Notes on a scandal", None),
            ("Vito Corleone", None),
            ("", None),
        ] {
            assert_eq!(role_of_section(heading), role, "{heading}");
        }
    }

    #[test]
    fn headings_are_written_as_they_are_looked_up() {
        for heading in REFERENCES {
            assert_eq!(role_of_section(heading), Some(Role::Reference), "{heading}");
            let said = introduction(heading).map(|said| said.role);
            assert_ne!(said, Some(Role::Related), "{heading}");
        }
    }
}
