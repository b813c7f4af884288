//! The words of languages, as tables: what a month is called, what introduces a link, what says that a
//! page is not there.
//!
//! All tables have one format, a row per language and meaning: the language (BCP 47), the meaning, and
//! the words, between tabs. A meaning may go on after a dot: which month it is, which role is meant.
//! `cldr.tsv` holds what the Unicode CLDR has, and is generated; each file of `words/` holds what is
//! kept by hand for one language.
//!
//! To teach a language, write its file and add its line to [`TABLES`].

#[cfg(test)]
mod cldr;

/// Names of the Unicode CLDR (release 48).
static CLDR: &str = include_str!("cldr.tsv");

/// All tables. Where languages share a word, the one that stands here first has it.
static TABLES: &[&str] = &[
    CLDR,
    include_str!("words/en.tsv"),
    include_str!("words/de.tsv"),
    include_str!("words/fr.tsv"),
    include_str!("words/es.tsv"),
    include_str!("words/pt.tsv"),
    include_str!("words/it.tsv"),
    include_str!("words/nl.tsv"),
    include_str!("words/pl.tsv"),
    include_str!("words/cs.tsv"),
    include_str!("words/ru.tsv"),
    include_str!("words/uk.tsv"),
    include_str!("words/sv.tsv"),
    include_str!("words/nb.tsv"),
    include_str!("words/fi.tsv"),
    include_str!("words/et.tsv"),
    include_str!("words/hu.tsv"),
    include_str!("words/ro.tsv"),
    include_str!("words/hr.tsv"),
    include_str!("words/bg.tsv"),
    include_str!("words/el.tsv"),
    include_str!("words/tr.tsv"),
    include_str!("words/ar.tsv"),
    include_str!("words/fa.tsv"),
    include_str!("words/he.tsv"),
    include_str!("words/hi.tsv"),
    include_str!("words/id.tsv"),
    include_str!("words/fil.tsv"),
    include_str!("words/vi.tsv"),
    include_str!("words/zh.tsv"),
    include_str!("words/ja.tsv"),
    include_str!("words/ko.tsv"),
    include_str!("words/sr.tsv"),
    include_str!("words/bs.tsv"),
    include_str!("words/da.tsv"),
    include_str!("words/sk.tsv"),
    include_str!("words/sl.tsv"),
    include_str!("words/th.tsv"),
    include_str!("words/bn.tsv"),
    include_str!("words/lt.tsv"),
    include_str!("words/lv.tsv"),
    include_str!("words/mk.tsv"),
    include_str!("words/sq.tsv"),
    include_str!("words/hy.tsv"),
    include_str!("words/kk.tsv"),
    include_str!("words/ms.tsv"),
    include_str!("words/ca.tsv"),
    include_str!("words/gl.tsv"),
    include_str!("words/eu.tsv"),
    include_str!("words/nn.tsv"),
    include_str!("words/be.tsv"),
    include_str!("words/az.tsv"),
    include_str!("words/ur.tsv"),
];

/// What the words of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// Names of a month of the civil calendar, from one.
    Gregorian,
    /// Names of a month of the solar calendar of Iran.
    Persian,
    /// Names of a month of the Islamic lunar calendar.
    Hijri,
    /// Names of a weekday, Monday is 1.
    Weekday,
    /// Phrases for a distance into the past, with the unit and the count; `#` is the number.
    Ago,
    /// Beginnings of words before a date, with what they say it is the date of.
    Label,
    /// Words before a link, with the role that they give it.
    Introduces,
    /// Headings of parts that hold nothing but links, with the role that these have.
    Heads,
    /// What notices that a page is not there are made of: what says so, and the words beside it.
    Absent,
    /// What a day or a passage is about: an event, an issue, a note put in later.
    Sense,
    /// Short words that sentences are full of.
    Function,
}

impl Meaning {
    /// Every meaning.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 11] = [
        Self::Gregorian,
        Self::Persian,
        Self::Hijri,
        Self::Weekday,
        Self::Ago,
        Self::Label,
        Self::Introduces,
        Self::Heads,
        Self::Absent,
        Self::Sense,
        Self::Function,
    ];

    /// What it is called in the tables.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Persian => "persian",
            Self::Hijri => "hijri",
            Self::Weekday => "weekday",
            Self::Ago => "ago",
            Self::Label => "label",
            Self::Introduces => "introduces",
            Self::Heads => "heads",
            Self::Absent => "absent",
            Self::Sense => "sense",
            Self::Function => "function",
        }
    }
}

/// The words of one language for one meaning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The language, BCP 47.
    pub language: &'static str,
    /// What the meaning goes on with after its dot.
    pub detail: &'static str,
    words: &'static str,
}

impl Row {
    /// The words.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        self.words.split('\t')
    }

    /// The language without its script and region.
    #[must_use]
    pub(crate) fn primary(self) -> &'static str {
        self.language.split('-').next().unwrap_or(self.language)
    }

    /// Whether the language puts no spaces between words.
    #[must_use]
    pub(crate) fn is_unspaced(self) -> bool {
        matches!(self.primary(), "ja" | "th" | "zh")
    }
}

/// The rows of a meaning, in the order of the tables.
pub(crate) fn rows(wanted: Meaning) -> impl Iterator<Item = Row> {
    rows_of([wanted]).map(|(_, row)| row)
}

/// The rows of some meanings, each with its own, in the order of the tables.
pub(crate) fn rows_of<const N: usize>(
    wanted: [Meaning; N],
) -> impl Iterator<Item = (Meaning, Row)> {
    let rows = TABLES.iter().flat_map(|table| table.lines()).filter_map(read);
    rows.filter_map(move |(name, row)| {
        let meaning = wanted.into_iter().find(|meaning| meaning.name() == name)?;
        Some((meaning, row))
    })
}

/// A line of a table: the name of the meaning, and the row.
fn read(line: &'static str) -> Option<(&'static str, Row)> {
    let (language, rest) = line.split_once('\t')?;
    let (meaning, words) = rest.split_once('\t')?;
    let (meaning, detail) = meaning.split_once('.').unwrap_or((meaning, ""));
    Some((meaning, Row { language, detail, words }))
}

#[cfg(test)]
mod tests;
