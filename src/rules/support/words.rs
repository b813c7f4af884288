//! Words that tell what a day or a passage is about, by language: a table.
//!
//! Each row names the sense, the language (ISO 639-1), and the words as they are written, in lower
//! case. They are compared without case and accents; those of scripts that put no spaces between
//! words are looked for anywhere.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a word speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Something that people come to at an appointed time, and nothing else.
    Appointment,
    /// The same, but also what news report of afterwards.
    Event,
    /// What is such a thing in a list of them, and anything elsewhere.
    Listed,
    /// An issue of a periodical, which is dated ahead.
    Issue,
    /// A note that was put in after publication.
    Update,
}

use Sense::{Appointment, Event, Issue, Listed, Update};

/// The table.
const TABLE: &[(Sense, &str, &[&str])] = &[
    (
        Appointment,
        "en",
        &[
            "meetup",
            "meetups",
            "meet-up",
            "webinar",
            "webinars",
            "hackathon",
            "hackathons",
            "hackfest",
            "workshop",
            "workshops",
            "agenda",
            "agendas",
            "calendar",
            "timetable",
            "rsvp",
            "cfp",
            "livestream",
            "unconference",
            "townhall",
            "standup",
            "rehearsal",
        ],
    ),
    (
        Appointment,
        "de",
        &["termin", "termine", "kalender", "stammtisch", "tagesordnung", "fahrplan"],
    ),
    (Appointment, "nl", &["afspraak", "bijeenkomst", "bijeenkomsten"]),
    (Appointment, "fr", &["calendrier", "rendez-vous", "webinaire", "atelier", "ateliers"]),
    (Appointment, "es", &["calendario", "webinario", "taller", "talleres", "quedada"]),
    (Appointment, "pt", &["calendário", "oficina", "oficinas"]),
    (Appointment, "it", &["calendario", "appuntamento", "appuntamenti"]),
    (Appointment, "pl", &["kalendarz", "warsztaty", "terminarz"]),
    (Appointment, "cs", &["kalendář", "sraz", "srazy"]),
    (Appointment, "sv", &["kalendarium", "träff", "träffar"]),
    (Appointment, "da", &["dagsorden"]),
    (Appointment, "fi", &["kalenteri", "tapaaminen", "asialista"]),
    (Appointment, "ru", &["митап", "митапы", "вебинар", "календарь", "повестка", "хакатон"]),
    (Appointment, "uk", &["мітап", "вебінар", "календар", "зустріч"]),
    (Appointment, "tr", &["takvim", "ajanda", "buluşma", "gündem"]),
    (
        Appointment,
        "ja",
        &["勉強会", "ミートアップ", "ウェビナー", "もくもく会", "開催予定", "日程"],
    ),
    (
        Appointment,
        "zh",
        &["聚会", "聚會", "研讨会", "研討會", "线上会", "議程", "议程", "日程", "沙龙"],
    ),
    (Appointment, "ko", &["밋업", "웨비나", "일정", "모임", "해커톤"]),
    (
        Event,
        "en",
        &[
            "event",
            "events",
            "meeting",
            "meetings",
            "conference",
            "conferences",
            "convention",
            "summit",
            "symposium",
            "seminar",
            "seminars",
            "colloquium",
            "schedule",
            "fixture",
            "fixtures",
            "match",
            "matches",
            "tickets",
            "election",
            "elections",
            "ballot",
            "eclipse",
            "eclipses",
            "festival",
            "concert",
            "concerts",
            "exhibition",
            "exhibitions",
            "programme",
        ],
    ),
    (
        Listed,
        "en",
        &[
            "call",
            "calls",
            "course",
            "courses",
            "deadline",
            "deadlines",
            "gig",
            "gigs",
            "hangout",
            "party",
            "race",
            "races",
            "retreat",
            "screening",
            "screenings",
            "session",
            "sessions",
            "show",
            "shows",
            "talks",
            "upcoming",
        ],
    ),
    (Listed, "de", &["frist", "programm", "anstehend", "demnächst"]),
    (Listed, "fr", &["prochainement", "à venir"]),
    (Listed, "es", &["próximos", "próximamente", "convocatoria"]),
    (
        Event,
        "de",
        &[
            "veranstaltung",
            "veranstaltungen",
            "konferenz",
            "konferenzen",
            "tagung",
            "tagungen",
            "treffen",
            "sitzung",
            "sitzungen",
            "wahl",
            "wahlen",
            "konzert",
            "konzerte",
            "ausstellung",
            "spielplan",
        ],
    ),
    (Event, "nl", &["evenement", "evenementen", "vergadering", "verkiezingen", "conferentie"]),
    (
        Event,
        "fr",
        &[
            "événement",
            "événements",
            "évènement",
            "évènements",
            "evenement",
            "evenements",
            "conférence",
            "conférences",
            "réunion",
            "réunions",
            "élection",
            "élections",
            "colloque",
            "séance",
            "séances",
        ],
    ),
    (
        Event,
        "es",
        &[
            "evento",
            "eventos",
            "conferencia",
            "conferencias",
            "reunión",
            "reuniones",
            "elección",
            "elecciones",
            "jornada",
            "jornadas",
        ],
    ),
    (Event, "pt", &["conferência", "reunião", "reuniões", "eleição", "eleições", "palestra"]),
    (Event, "it", &["evento", "eventi", "conferenza", "riunione", "elezioni", "convegno"]),
    (Event, "ca", &["esdeveniment", "esdeveniments", "reunió", "eleccions"]),
    (Event, "sv", &["evenemang", "möte", "möten", "konferens"]),
    (Event, "da", &["begivenhed", "begivenheder", "møde", "møder", "arrangement", "arrangementer"]),
    (Event, "fi", &["tapahtuma", "tapahtumat", "kokous", "vaalit"]),
    (Event, "pl", &["wydarzenie", "wydarzenia", "spotkanie", "spotkania", "konferencja", "wybory"]),
    (Event, "cs", &["událost", "události", "akce", "setkání", "konference", "volby"]),
    (Event, "hu", &["esemény", "események", "találkozó", "konferencia"]),
    (Event, "ro", &["eveniment", "evenimente", "întâlnire", "conferință"]),
    (
        Event,
        "ru",
        &[
            "мероприятие",
            "мероприятия",
            "событие",
            "события",
            "встреча",
            "встречи",
            "конференция",
            "конференции",
            "выборы",
            "афиша",
        ],
    ),
    (Event, "uk", &["подія", "події", "захід", "заходи", "зустрічі", "конференція", "вибори"]),
    (Event, "tr", &["etkinlik", "etkinlikler", "toplantı", "konferans", "seçim"]),
    (Event, "id", &["acara", "pertemuan", "konferensi", "pemilu"]),
    (Event, "vi", &["sự kiện", "hội nghị"]),
    (Event, "ja", &["イベント", "カンファレンス", "会議", "選挙", "大会", "開催"]),
    (Event, "zh", &["活动", "活動", "会议", "會議", "大会", "大會", "选举", "選舉", "峰会"]),
    (Event, "ko", &["이벤트", "행사", "회의", "컨퍼런스", "선거"]),
    (
        Issue,
        "en",
        &["magazine", "issue", "issues", "edition", "editions", "print", "cover", "volume"],
    ),
    (Issue, "de", &["ausgabe", "ausgaben", "heft", "hefte", "zeitschrift", "magazin"]),
    (Issue, "nl", &["uitgave", "tijdschrift", "nummer"]),
    (Issue, "fr", &["numéro", "numéros", "revue"]),
    (Issue, "es", &["revista", "número", "números", "edición", "edicion-impresa"]),
    (Issue, "pt", &["edição", "edições"]),
    (Issue, "it", &["rivista", "numero", "numeri", "edizione"]),
    (Issue, "pl", &["numer", "wydanie", "czasopismo"]),
    (Issue, "ru", &["номер", "выпуск", "журнал"]),
    (
        Update,
        "en",
        &[
            "update",
            "updated",
            "edit",
            "edited",
            "correction",
            "corrected",
            "erratum",
            "errata",
            "addendum",
            "addition",
            "amendment",
            "clarification",
            "postscript",
            "retraction",
            "added",
            "editor's note",
            "late addition",
        ],
    ),
    (
        Update,
        "de",
        &[
            "nachtrag",
            "aktualisierung",
            "aktualisiert",
            "korrektur",
            "berichtigung",
            "ergänzung",
            "ergänzt",
            "richtigstellung",
        ],
    ),
    (Update, "nl", &["bijgewerkt", "correctie", "aanvulling", "rectificatie", "toevoeging"]),
    (
        Update,
        "fr",
        &["mise à jour", "mis à jour", "maj", "rectificatif", "ajout", "édit", "mise a jour"],
    ),
    (
        Update,
        "es",
        &["actualización", "actualizado", "actualizada", "corrección", "fe de erratas", "edición"],
    ),
    (Update, "pt", &["atualização", "actualização", "atualizado", "correção", "errata"]),
    (Update, "it", &["aggiornamento", "aggiornato", "correzione", "rettifica", "modifica"]),
    (Update, "ca", &["actualització", "actualitzat", "correcció"]),
    (Update, "gl", &["actualización", "corrección"]),
    (Update, "eu", &["eguneratzea", "eguneraketa", "zuzenketa"]),
    (Update, "sv", &["uppdatering", "uppdaterat", "uppdaterad", "rättelse", "tillägg"]),
    (Update, "da", &["opdatering", "opdateret", "rettelse", "tilføjelse"]),
    (Update, "no", &["oppdatering", "oppdatert", "rettelse", "tillegg"]),
    (Update, "fi", &["päivitys", "päivitetty", "korjaus", "oikaisu", "lisäys"]),
    (Update, "et", &["täiendus", "uuendus", "parandus"]),
    (Update, "lv", &["papildināts", "atjaunināts", "labojums"]),
    (Update, "lt", &["papildyta", "atnaujinta", "pataisymas"]),
    (Update, "pl", &["aktualizacja", "zaktualizowano", "sprostowanie", "korekta", "uzupełnienie"]),
    (Update, "cs", &["aktualizace", "aktualizováno", "oprava", "doplnění", "doplněno"]),
    (Update, "sk", &["aktualizácia", "aktualizované", "oprava", "doplnené"]),
    (Update, "sl", &["posodobitev", "posodobljeno", "popravek", "dopolnitev"]),
    (Update, "hr", &["ažuriranje", "ažurirano", "ispravak", "dopuna"]),
    (Update, "sr", &["ажурирање", "ажурирано", "исправка", "допуна"]),
    (Update, "bg", &["актуализация", "обновяване", "корекция", "допълнение"]),
    (Update, "hu", &["frissítés", "frissítve", "javítás", "kiegészítés", "helyesbítés"]),
    (Update, "ro", &["actualizare", "actualizat", "corectură", "erată", "completare"]),
    (
        Update,
        "ru",
        &["обновление", "обновлено", "апдейт", "upd", "дополнение", "исправление", "уточнение"],
    ),
    (Update, "uk", &["оновлення", "оновлено", "доповнення", "виправлення", "уточнення"]),
    (Update, "el", &["ενημέρωση", "διόρθωση", "προσθήκη"]),
    (Update, "tr", &["güncelleme", "güncellendi", "düzeltme", "ekleme"]),
    (Update, "vi", &["cập nhật", "đính chính", "bổ sung"]),
    (Update, "id", &["pembaruan", "diperbarui", "koreksi", "ralat", "perbaruan"]),
    (Update, "ms", &["kemas kini", "pembetulan"]),
    (Update, "fil", &["pagwawasto", "dagdag"]),
    (Update, "ar", &["تحديث", "تصحيح", "إضافة"]),
    (Update, "fa", &["به‌روزرسانی", "بروزرسانی", "اصلاحیه"]),
    (Update, "he", &["עדכון", "תיקון"]),
    (Update, "hi", &["अपडेट", "सुधार"]),
    (Update, "th", &["อัปเดต", "อัพเดต", "แก้ไข"]),
    (Update, "ja", &["追記", "更新", "訂正", "追加", "修正", "補足"]),
    (
        Update,
        "zh",
        &["更新", "补充", "補充", "勘误", "勘誤", "更正", "追记", "補記", "编辑", "修订"],
    ),
    (Update, "ko", &["추가", "업데이트", "수정", "정정", "갱신", "덧붙임"]),
];

/// Words that say in an address that what follows is no programme but reports.
const REPORTS: [&str; 10] =
    ["news", "blog", "blogs", "press", "article", "articles", "post", "posts", "story", "stories"];

/// Whether a word, folded, is of a kind that reports: `news-events` is no calendar.
pub fn is_of_reports(folded: &str) -> bool {
    REPORTS.contains(&folded)
}

/// The single words of each sense, folded.
static WORDS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut words: HashMap<String, u8> = HashMap::new();
    for (sense, word) in rows() {
        *words.entry(fold(word)).or_default() |= 1 << sense as u8;
    }
    words
});

/// The words of notes that were put in later, folded, by the letter that they begin with.
static UPDATES: LazyLock<HashMap<char, Vec<String>>> = LazyLock::new(|| {
    let mut updates: HashMap<char, Vec<String>> = HashMap::new();
    for (_, word) in rows().filter(|(sense, _)| *sense == Update) {
        let word = fold(word);
        if let Some(first) = word.chars().next() {
            updates.entry(first).or_default().push(word);
        }
    }
    updates
});

/// What is looked for anywhere in a text: words of scripts without spaces, and phrases.
static PHRASES: LazyLock<Vec<(Sense, String)>> = LazyLock::new(|| {
    let is_phrase = |word: &str| !word.is_ascii() && is_unspaced(word) || word.contains([' ', '-']);
    let phrases = rows().filter(|(_, word)| is_phrase(word));
    phrases.map(|(sense, word)| (sense, fold(word))).collect()
});

fn rows() -> impl Iterator<Item = (Sense, &'static str)> {
    TABLE.iter().flat_map(|&(sense, _, words)| words.iter().map(move |&word| (sense, word)))
}

/// Whether a word is of a script that puts no spaces between words.
fn is_unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(
        |c| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'),
    )
}

/// A text in lower case, without accents.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a folded word has a sense.
pub fn is(folded: &str, sense: Sense) -> bool {
    WORDS.get(folded).is_some_and(|senses| senses & (1 << sense as u8) != 0)
}

/// Whether a text has a word of a sense.
pub fn holds(text: &str, sense: Sense) -> bool {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| is(word, sense))
        || PHRASES.iter().any(|(of, phrase)| *of == sense && folded.contains(phrase.as_str()))
}

/// Whether a text begins with a letter that some word of a note put in later begins with: every
/// sentence of a text is asked, and few do.
pub fn may_begin_update(text: &str) -> bool {
    updates_like(text).is_some()
}

/// The words of such notes that begin with the letter that a text does.
fn updates_like(text: &str) -> Option<&'static [String]> {
    let first = fold(text.chars().next()?.encode_utf8(&mut [0; 4]));
    UPDATES.get(&first.chars().next()?).map(Vec::as_slice)
}

/// Whether a text begins with a note that it was put in later: `Update:`, `Edit (2013-03-22)`,
/// `Update February 2018 –`. A sentence that begins with the word is none: `Update your tools`.
pub fn begins_update(text: &str) -> bool {
    /// Between the word and the mark after it stands no more than a day, in bytes.
    const BETWEEN: usize = 40;
    let text = text.get(..text.floor_char_boundary(160)).unwrap_or_default();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(updates) = updates_like(text) else { return false };
    let folded = fold(text);
    let mut rests = updates.iter().filter_map(|word| folded.strip_prefix(word.as_str()));
    rests.any(|rest| {
        let ends = |c: char| matches!(c, ':' | '：' | ')' | ']' | '】' | '—' | '–' | '\n');
        let Some(end) = rest.find(ends) else { return rest.trim().is_empty() };
        let between = rest.get(..end).unwrap_or_default().trim_matches([' ', '(', '#', '.']);
        let of_mark = rest.get(end..).and_then(|rest| rest.chars().next());
        let dated = between.len() <= BETWEEN && between.contains(|c: char| c.is_ascii_digit());
        (between.is_empty() || dated) && (of_mark != Some('\n') || rest.starts_with([' ', '\n']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_told_in_every_language() {
        for text in [
            "Update: In the next article",
            "UPDATE (May 2019): it moved",
            "Edit (2013-03-22)\nhttp",
            "Update Feburary 2018: released",
            "**Update:** we noticed",
            "_Correction:_ it was",
            "Update #2: more",
            "Actualización: Encontramos",
            "Mise à jour : Nous avons",
            "Обновление: в методе",
            "追記: Ruby 2.1.1 において",
            "추가: 회귀를",
            "更新：在",
            "[Update]",
            "Nachtrag, 3.5.2019: mehr",
        ] {
            assert!(begins_update(text), "{text}");
        }
    }

    #[test]
    fn sentences_that_begin_so_are_none() {
        for text in [
            "Update your toolchain: run rustup",
            "Updates from the team: all is well",
            "Edit the file and see: it works",
            "Added support for: nothing",
            "The update: none",
            "",
        ] {
            assert!(!begins_update(text), "{text}");
        }
    }

    #[test]
    fn senses_are_found_among_words() {
        assert!(holds("Iran Rust Meetup #12", Sense::Appointment));
        assert!(holds("## Upcoming Événements", Sense::Event));
        assert!(holds("次のイベント一覧", Sense::Event));
        assert!(!holds("Meetups2 eventful", Sense::Event));
    }

    #[test]
    fn rows_are_written_in_lower_case() {
        for (_, word) in rows() {
            assert_eq!(word, word.to_lowercase());
        }
    }
}
