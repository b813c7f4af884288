//! What evidence is collected from, with what all kinds of it need to know.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::front_matter::{self, Block};
use crate::model::{Document, Extract, Mark, MarkKind, PartialDate, Region, TitleKind};
use crate::text::dates::machine;
use crate::text::dates::printed::Habit;

/// A document and what one pass over its text has yielded.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its links, titles and marks.
    pub extract: &'a Extract,
    /// How it writes dates.
    pub(super) habit: Habit<'a>,
    /// Where its headline begins.
    pub(super) headline: Option<usize>,
    /// The header that its author wrote for a generator.
    pub(super) header: Option<Block<'a>>,
    /// Where its text begins after that.
    pub(super) header_end: usize,
}

impl<'a> Subject<'a> {
    /// Looks at the document once for what all evidence needs.
    #[must_use]
    pub fn new(document: &'a Document, extract: &'a Extract) -> Self {
        let habit = Habit::of(extract);
        let header = front_matter::header(document);
        let header_end = header.as_ref().map_or(0, front_matter::end);
        Self { document, extract, habit, headline: headline(extract), header, header_end }
    }

    /// When the page was shown to whoever copied it: the stated time of capture, else that of the
    /// answer.
    pub(super) fn shown_at(&self) -> Option<Timestamp> {
        // Nobody counts back from a week, a month or a year.
        let moment = |date: PartialDate| match date {
            PartialDate::Zoned(time, offset) => offset.to_timestamp(time).ok(),
            PartialDate::Local(time) => Offset::UTC.to_timestamp(time).ok(),
            PartialDate::Day(day) => Offset::UTC.to_timestamp(day.into()).ok(),
            PartialDate::Week(_) | PartialDate::Month(_) | PartialDate::Year(_) => None,
        };
        let field = |name: &str| {
            let stated = machine::date(self.document.headers.get(name)?, Habit::default())?;
            matches!(stated.date, PartialDate::Zoned(..)).then(|| stated.date.when().earliest)
        };
        let captured = self.document.captured.and_then(moment);
        captured.or_else(|| field("memento-datetime")).or_else(|| field("date"))
    }

    /// Whether a mark stands where an article's date does: in its header or shortly after the
    /// headline, or just above it.
    pub(super) fn is_near_headline(&self, mark: &Mark) -> bool {
        const BEFORE: usize = 4_000;
        const AFTER: usize = 8_000;
        // A byline is often an aside or stands among the buttons for sharing, but then close by.
        const CLOSE: usize = 2_500;
        let after = match mark.region {
            Region::Body | Region::Header | Region::Reference => AFTER,
            Region::Sidebar | Region::Share => CLOSE,
            _ => return false,
        };
        let before = if after == CLOSE { 0 } else { BEFORE };
        self.headline.is_some_and(|headline| {
            mark.span.end + before >= headline && mark.span.start <= headline + after
        })
    }

    /// Whether a mark stands outside the article.
    pub(super) fn is_outside(&self, mark: &Mark) -> bool {
        mark.region.is_furniture() && !self.is_near_headline(mark)
    }
}

/// The start of the headline: the heading that is the title, else the first of level one.
fn headline(extract: &Extract) -> Option<usize> {
    let title = extract.titles.iter().find(|title| title.kind == TitleKind::Headline);
    let heading = || {
        extract.marks.iter().find(|mark| matches!(mark.kind, MarkKind::Heading { level: 1, .. }))
    };
    title
        .map(|title| title.span.start)
        .or_else(|| heading().map(|mark| mark.span.start))
        .or_else(|| titled(extract))
}

/// The heading of any level that says what the document's title says.
fn titled(extract: &Extract) -> Option<usize> {
    const TELLING: usize = 12;
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .take(300)
            .collect()
    };
    let titles: Vec<String> = extract.titles.iter().map(|title| letters(&title.text)).collect();
    let is_title = |mark: &&Mark| match &mark.kind {
        MarkKind::Heading { text, .. } if text.len() >= TELLING => {
            let text = letters(text);
            titles.iter().any(|title| title.contains(&text))
        }
        _ => false,
    };
    extract.marks.iter().find(is_title).map(|mark| mark.span.start)
}
