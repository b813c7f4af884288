//! Words compared: the slug of an address with a headline or a label, whatever the script.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use url::Url;

/// How alike the words of a slug and of a headline are, both from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// The share of the slug's words that the headline has.
    pub of_slug: f64,
    /// The share of the headline's words that the slug has.
    pub of_headline: f64,
    /// How many words the two share.
    pub shared: usize,
}

impl Likeness {
    /// Whether one plainly names the other: three shared words or more, and most of either.
    #[must_use]
    pub fn is_same(self) -> bool {
        self.shared >= 3 && self.of_slug.max(self.of_headline) >= 0.7 && self.of_slug >= 0.5
    }
}

/// The words of a text: transliterated to ASCII, in lower case, without punctuation.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let plain = if text.is_ascii() { text.to_owned() } else { deunicode::deunicode(text) };
    plain
        .replace(['\'', '’'], "")
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

/// The part of an address that names its page in words: the path's segment with the most of them.
#[must_use]
pub fn slug(url: &Url) -> Option<String> {
    let segment = url.path_segments()?.max_by_key(|segment| words(segment).len())?;
    let text = percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned();
    let name = ["html", "htm", "php", "aspx", "amp"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending)?.strip_suffix('.'))
        .unwrap_or(&text);
    (words(name).len() > 1).then(|| name.to_owned())
}

/// Compares the slug of an address with words that may name its page. Numbers and ids in the slug
/// are not counted, since they stand in no headline, unless the headline has them.
#[must_use]
pub fn likeness(slug: &str, headline: &str) -> Likeness {
    let headline: HashSet<String> = words(headline).into_iter().collect();
    let slug: HashSet<String> = words(slug)
        .into_iter()
        .filter(|word| headline.contains(word) || !word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    let shared = slug.intersection(&headline).count();
    let share = |of: usize| if of == 0 { 0.0 } else { ratio(shared, of) };
    Likeness { of_slug: share(slug.len()), of_headline: share(headline.len()), shared }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// The words that a text holds, kept as hashes so that a long text costs little.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    counts: HashMap<u64, u32>,
}

impl Vocabulary {
    /// Takes in what `text` holds; longer texts are read up to a limit.
    pub(super) fn new(text: &str) -> Self {
        const LIMIT: usize = 1 << 20;
        let mut end = text.len().min(LIMIT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end).unwrap_or_default();
        let mut counts = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1) {
            *counts.entry(hash(word)).or_default() += 1;
        }
        Self { counts }
    }

    /// How often the text has this word, case aside.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.counts.get(&hash(word)).copied().unwrap_or(0)
    }
}

fn hash(word: &str) -> u64 {
    let build = BuildHasherDefault::<DefaultHasher>::default();
    build.hash_one(word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(address: &str, headline: &str) -> Likeness {
        let slug = slug(&Url::parse(address).expect("an address")).unwrap_or_default();
        likeness(&slug, headline)
    }

    #[test]
    fn a_slug_repeats_its_headline() {
        for (address, headline) in [
            (
                "https://example.org/2018/05/25/putin-and-macron-agree-to-push-a61572",
                "Putin and Macron Agree to Push for Political Solution",
            ),
            ("https://example.org/kultur/grosse-oper-in-koeln.html", "Große Oper in Köln"),
            ("https://example.org/news/prezident-posetil-moskvu/", "Президент посетил Москву"),
            ("https://example.org/a/elyse%C3%A9-macron-moscou", "Elyseé: Macron à Moscou"),
        ] {
            assert!(
                like(address, headline).shared >= 2,
                "{address}: {:?}",
                like(address, headline)
            );
        }
        assert!(
            like("https://example.org/trump-factor-leaves-macron", "Trump Factor Leaves Macron")
                .is_same()
        );
    }

    #[test]
    fn another_page_s_slug_does_not() {
        let other = like(
            "https://example.org/trump-factor-leaves-macron-scrambling",
            "Putin and Macron Agree",
        );
        assert!(!other.is_same());
        assert_eq!(slug(&Url::parse("https://example.org/12345").expect("an address")), None);
    }
}
