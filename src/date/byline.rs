//! Evidence: dates printed on a page, in bylines, in elements named for a date, and near the
//! headline.

use foldhash::HashMap;

use super::dateline::EVIDENCE as DATELINE;
use super::kind::{About, Group, Kind, Trait};
use super::label::{self, Label};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{
    Confidence, Event, Mark, MarkKind, Media, Region, Source, SourceInfo, Span, Speaker, Standing,
    UNSEEN,
};
use crate::text::dates::printed::{self, Printed, Reading};

/// Printed dates.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "byline",
        label: "byline",
        phrase: "byline",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "dates printed near the headline, in bylines and in elements named for a date",
    kinds: &[
        &PUBLISHED,
        &PUBLISHED_FAR,
        &NEAR,
        &FAR,
        &FURNITURE,
        &TEXT_NEAR,
        &TEXT_FAR,
        &PROSE,
        &TEXT_FURNITURE,
        &MODIFIED,
        &FOOTER,
    ],
    collect,
};

/// A printed date with words that say it is the publication's.
pub(super) static PUBLISHED: Kind = Kind {
    name: "printed-published",
    told: "a date printed as the publication",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Print,
    first: 260,
    further: 40,
    traits: &[Trait::Leads, Trait::PassedOn(&PUBLISHED_FAR)],
};

/// The same away from the headline.
pub(super) static PUBLISHED_FAR: Kind = Kind {
    name: "printed-published-far",
    told: "a date printed as the publication",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Print,
    first: 180,
    further: 40,
    traits: &[Trait::PassedOn(&PUBLISHED_FAR)],
};

/// A date printed in an element that is named for it, near the headline.
pub(super) static NEAR: Kind = Kind {
    name: "byline-near",
    told: "a byline near the headline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Print,
    first: 170,
    further: 30,
    traits: &[Trait::Leads],
};

/// The same farther away.
pub(super) static FAR: Kind = Kind {
    name: "byline-far",
    told: "a byline far from the headline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Print,
    first: 40,
    further: 10,
    traits: &[],
};

/// The same outside the article.
pub(super) static FURNITURE: Kind = Kind {
    name: "byline-furniture",
    told: "a byline outside the article",
    event: Event::Published,
    about: About::Surroundings,
    confidence: Confidence::Low,
    group: Group::Furniture,
    first: 20,
    further: 0,
    traits: &[],
};

/// A date that stands alone near the headline.
pub(super) static TEXT_NEAR: Kind = Kind {
    name: "text-near",
    told: "a date printed near the headline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Print,
    first: 260,
    further: 30,
    traits: &[Trait::Leads],
};

/// A date that stands alone elsewhere in the article.
pub(super) static TEXT_FAR: Kind = Kind {
    name: "text-far",
    told: "a date printed far from the headline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Print,
    first: 60,
    further: 20,
    traits: &[],
};

/// A date in a sentence of the article.
pub(super) static PROSE: Kind = Kind {
    name: "text-prose",
    told: "a date in a sentence or a title",
    event: Event::Published,
    about: About::Surroundings,
    confidence: Confidence::Low,
    group: Group::Print,
    first: 30,
    further: 10,
    traits: &[],
};

/// A date outside the article.
pub(super) static TEXT_FURNITURE: Kind = Kind {
    name: "text-furniture",
    told: "a date printed outside the article",
    event: Event::Published,
    about: About::Surroundings,
    confidence: Confidence::Low,
    group: Group::Furniture,
    first: 20,
    further: 0,
    traits: &[],
};

/// A printed date with words that say it is the last change's.
pub(super) static MODIFIED: Kind = Kind {
    name: "printed-modified",
    told: "a date printed as the last change",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Change,
    first: 90,
    further: 90,
    traits: &[],
};

/// The same in the page's footer.
pub(super) static FOOTER: Kind = Kind {
    name: "footer-modified",
    told: "a last change printed in the footer",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Change,
    first: 70,
    further: 70,
    traits: &[],
};

/// Printed dates beyond this count are left out.
const MAX_DATES: usize = 2_000;

/// An element that is named for a date.
#[derive(Clone, Copy, Debug)]
struct Named {
    /// What its names say that the date is.
    label: Option<Label>,
}

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let mut count = 0;
    let changes = Changes::of(subject);
    // The words of an element that is named for a date return as the words of its line, and one
    // date in many comments.
    let mut read: HashMap<&str, Vec<Printed>> = HashMap::default();
    let mut named: HashMap<&str, Named> = HashMap::default();
    for mark in &subject.extract.marks {
        let (text, hint) = match &mark.kind {
            MarkKind::Dated { hint, text } | MarkKind::Time { text, hint, .. } => {
                (text, Some(hint.as_str()))
            }
            // The text of Markdown is read by its lines, as that of any text.
            MarkKind::Text { text } if subject.document.media == Media::Html => (text, None),
            _ => continue,
        };
        if mark.span.end <= subject.header_end {
            continue;
        }
        let found = read.entry(text).or_insert_with(|| printed::dates(text, subject.habit));
        count += found.len();
        if count > MAX_DATES {
            return;
        }
        for printed in found.iter() {
            let label = |hint| Named { label: label::in_hint(hint) };
            let element = hint.map(|hint| *named.entry(hint).or_insert_with(|| label(hint)));
            let Some(witness) = witness(subject, mark, text, element, printed, &changes) else {
                continue;
            };
            if is_dateline(subject, witnesses, &witness) {
                continue;
            }
            let is_hidden = hint.is_some_and(|hint| hint.starts_with(UNSEEN));
            let is_weak = is_hidden && witness.claim.event == Event::Published;
            witnesses.push(if is_weak { witness.weaker(&FAR) } else { witness });
        }
    }
}

/// The elements that are named for a change.
#[derive(Debug)]
struct Changes {
    spans: Vec<Span>,
    /// Whether another element is named for the publication.
    has_publication: bool,
}

impl Changes {
    /// Elements beyond this count are left out: each printed date is held against them.
    const MOST: usize = 64;

    fn of(subject: &Subject<'_>) -> Self {
        let named = |mark: &Mark| match &mark.kind {
            MarkKind::Time { hint, .. } | MarkKind::Dated { hint, .. } => label::in_hint(hint),
            MarkKind::Property { name, .. } => label::in_hint(name),
            _ => None,
        };
        let marks = subject.extract.marks.iter().filter(|mark| !subject.is_outside(mark));
        let (mut spans, mut has_publication) = (Vec::new(), false);
        for mark in marks {
            match named(mark) {
                Some(Label::Modified) if spans.len() < Self::MOST => spans.push(mark.span),
                Some(Label::Published) => has_publication = true,
                _ => {}
            }
        }
        Self { spans, has_publication }
    }

    /// Whether words stand in one of them; of an element only its beginning is known.
    fn hold(&self, source: &str, place: Span) -> bool {
        /// The words of an element begin within so many bytes of its start.
        const NEAR: usize = 300;
        self.spans.iter().any(|span| {
            let between = source.get(span.end..place.start).unwrap_or_default();
            span.contains(place)
                || span.end <= place.start && between.len() <= NEAR && !between.contains("</")
        })
    }
}

/// Whether the same words, which in Markdown are text as well, have been read as a dateline.
fn is_dateline(subject: &Subject<'_>, before: &[Witness], witness: &Witness) -> bool {
    subject.document.media == Media::Markdown
        && before.iter().any(|other| {
            other.claim.source == DATELINE.source && other.claim.span == witness.claim.span
        })
}

fn witness(
    subject: &Subject<'_>,
    mark: &Mark,
    text: &str,
    element: Option<Named>,
    printed: &Printed,
    changes: &Changes,
) -> Option<Witness> {
    let Reading::Full(date) = printed.reading else { return None };
    let quote = printed.span.of(text);
    let kind = kind_of(subject, mark, text, element, printed, changes.has_publication)?;
    let place = place(subject, mark.span, quote);
    // One printed string is one witness, by what the innermost element says.
    if element.is_none() && kind != &MODIFIED && changes.hold(&subject.document.text, place) {
        return None;
    }
    let kind = if is_in_title(subject, quote) { &PROSE } else { kind };
    let witness = Witness::new(kind, date, EVIDENCE.source, quote).or(printed.alternative);
    Some(witness.at(Some(place)))
}

/// Whether a date is part of the headline, and so what the page is about.
fn is_in_title(subject: &Subject<'_>, quote: &str) -> bool {
    subject.extract.titles.iter().any(|title| title.text.contains(quote))
}

/// Where the printed words stand in the source, as far as they stand there as they are read.
fn place(subject: &Subject<'_>, around: Span, quote: &str) -> Span {
    /// An element that was never closed reaches to the end of the page.
    const LOOKED_AT: usize = 16 << 10;
    let source = around.of(&subject.document.text);
    let source = source.get(..source.floor_char_boundary(LOOKED_AT)).unwrap_or_default();
    let at = memchr::memmem::find(source.as_bytes(), quote.as_bytes());
    at.map_or(around, |at| Span::new(around.start + at, around.start + at + quote.len()))
}

fn kind_of(
    subject: &Subject<'_>,
    mark: &Mark,
    text: &str,
    element: Option<Named>,
    printed: &Printed,
    has_publication: bool,
) -> Option<&'static Kind> {
    let near = subject.is_near_headline(mark);
    let furniture = subject.is_outside(mark);
    let named = element.and_then(|element| element.label);
    // `Posted on <time class=updated>…</time><time class=published>…</time>` posts the second.
    if named == Some(Label::Modified) && has_publication && !furniture {
        return Some(&MODIFIED);
    }
    let changed = || {
        let is_change =
            label::changed_after(text, printed.whole().end) && stands_alone(text, printed);
        is_change.then_some(Label::Modified)
    };
    let label = label::before(text, printed.whole().start)
        .or_else(changed)
        .or_else(|| label::before_in_source(&subject.document.text, mark.span.start))
        .or(named);
    Some(match label {
        Some(Label::Copyright) if printed.day().is_some() => &FOOTER,
        Some(Label::Other | Label::Copyright) => return None,
        Some(Label::Modified) if !furniture => &MODIFIED,
        Some(Label::Modified) if mark.region == Region::Comment => return None,
        Some(Label::Modified) => &FOOTER,
        Some(Label::Published) if near && stands_alone(text, printed) => &PUBLISHED,
        Some(Label::Published) if stands_alone(text, printed) && is_own(mark.region) => {
            &PUBLISHED_FAR
        }
        _ if furniture && element.is_some() => &FURNITURE,
        _ if furniture => &TEXT_FURNITURE,
        _ if element.is_some() && near => &NEAR,
        _ if element.is_some() => &FAR,
        _ if !stands_alone(text, printed) => &PROSE,
        _ if near => &TEXT_NEAR,
        _ => &TEXT_FAR,
    })
}

/// Whether a part of the page can speak of the article although it stands outside it.
const fn is_own(region: Region) -> bool {
    !matches!(region, Region::Comment | Region::Related | Region::Navigation)
}

/// Whether little but the date is there: an author, a place, a time, but no sentence.
fn stands_alone(text: &str, printed: &Printed) -> bool {
    const AROUND: usize = 60;
    let rest = text.chars().count().saturating_sub(printed.whole().of(text).chars().count());
    rest <= AROUND
}
