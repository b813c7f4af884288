//! Shapes of article URLs: the pattern that one publishing system gives all of its articles.

use url::Url;

/// The shape of an article's URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    /// The kinds of the segments before the last one, so that only like is compared with like.
    pub folder: Vec<Kind>,
    /// The file name extension.
    pub extension: String,
    /// The number that ends the slug, digits written as one `9`: `a9` of `…-a61572`.
    pub tail: Option<String>,
    /// The number that begins the slug, written in the same way.
    pub head: Option<String>,
}

/// What a segment of a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Four digits that are a year.
    Year,
    /// Other digits.
    Number,
    /// Anything else.
    Word,
}

impl Shape {
    /// The shape of a URL that looks like an article's: its last segment is a slug of at least
    /// four words.
    #[must_use]
    pub(crate) fn of(url: &Url) -> Option<Self> {
        let mut segments: Vec<&str> = url.path_segments()?.filter(|s| !s.is_empty()).collect();
        let last = segments.pop()?;
        let (slug, extension) = match last.rsplit_once('.') {
            Some((slug, extension)) if extension.len() <= 5 => (slug, extension),
            _ => (last, ""),
        };
        let words: Vec<&str> = slug.split(['-', '_']).collect();
        let plain = words.iter().filter(|word| is_plain(word)).count();
        if plain < 4 {
            return None;
        }
        Some(Self {
            folder: segments.into_iter().map(kind).collect(),
            extension: extension.to_ascii_lowercase(),
            tail: words.last().and_then(|word| id(word)),
            head: words.first().and_then(|word| id(word)),
        })
    }

    /// How the end of such a URL is described to a reader.
    #[must_use]
    pub(crate) fn ending(&self) -> String {
        let tail = match &self.tail {
            Some(tail) => format!("with a number like “-{}”", tail.replace('9', "12345")),
            None => "without a number".to_owned(),
        };
        match self.extension.as_str() {
            "" => tail,
            extension => format!("{tail} and “.{extension}”"),
        }
    }
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && !word.bytes().any(|byte| byte.is_ascii_digit())
}

fn kind(segment: &str) -> Kind {
    if !segment.bytes().all(|byte| byte.is_ascii_digit()) {
        Kind::Word
    } else if segment.len() == 4 && matches!(segment.get(..2), Some("19" | "20")) {
        Kind::Year
    } else {
        Kind::Number
    }
}

/// A word that is an id: at most two letters and at least four digits that are no year.
fn id(word: &str) -> Option<String> {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = word.get(letters..)?;
    let id = letters <= 2
        && digits.len() >= 4
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (letters > 0 || kind(digits) == Kind::Number);
    id.then(|| format!("{}9", word.get(..letters).unwrap_or_default().to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(path: &str) -> Option<Shape> {
        Shape::of(&Url::parse("https://n.example").and_then(|url| url.join(path)).expect("a URL"))
    }

    #[test]
    fn articles_of_one_system_have_one_shape() {
        let one = shape("/2018/05/25/putin-and-macron-agree-a61572").expect("an article");
        let other = shape("/2019/11/02/another-story-of-that-day-a70001").expect("an article");
        assert_eq!(one, other);
        assert_eq!(one.tail.as_deref(), Some("a9"));
        let odd = shape("/2025/10/17/trump-factor-leaves-macron").expect("an article");
        assert_eq!(odd.folder, one.folder);
        assert_ne!(odd, one);
    }

    #[test]
    fn sections_and_files_have_none() {
        for path in ["/", "/news", "/news/2018", "/a-b", "/about-us.html", "/terms-of-use.html"] {
            assert_eq!(shape(path), None, "{path}");
        }
    }

    #[test]
    fn years_are_no_ids() {
        assert_eq!(shape("/the-best-books-of-2018").expect("an article").tail, None);
    }
}
