//! How a document writes dates, as far as it shows that itself.

use super::printed::Habit;
use crate::model::{Extract, MarkKind};

impl<'a> Habit<'a> {
    /// The habit of a document: its language, and the order of day and month where a date of it can
    /// only be read in one.
    #[must_use]
    pub(crate) fn of(extract: &'a Extract) -> Self {
        Self { language: extract.language.as_deref(), month_first: month_first(extract) }
    }
}

/// Marks beyond this count are not looked at for the site's habit.
const MAX_LOOKED_AT: usize = 500;

/// Whether the site writes `05/25/2018` or `25/05/2018`, where some date of it can only be one.
fn month_first(extract: &Extract) -> Option<bool> {
    let texts = extract.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Time { text, .. } | MarkKind::Dated { text, .. } | MarkKind::Text { text } => {
            Some(text.as_str())
        }
        _ => None,
    });
    let mut votes = (0, 0);
    for text in texts.take(MAX_LOOKED_AT).filter(|text| text.contains('/')) {
        for (first, second) in slashed_pairs(text) {
            votes.0 += usize::from(second > 12 && first <= 12);
            votes.1 += usize::from(first > 12 && second <= 12);
        }
    }
    (votes.0 != votes.1).then_some(votes.0 > votes.1)
}

/// The first two numbers of everything shaped like `5/25/2018`.
fn slashed_pairs(text: &str) -> impl Iterator<Item = (u8, u8)> + '_ {
    text.split_whitespace().filter_map(|word| {
        let mut parts = word.trim_matches(|c: char| !c.is_ascii_digit()).split('/');
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        let day = |part: &str| part.parse().ok().filter(|number| (1..=31).contains(number));
        let valid = matches!(year.len(), 2 | 4) && parts.next().is_none();
        valid.then_some((day(first)?, day(second)?))
    })
}
