//! What may tell a date: marks, bounded in number and in memory.

use crate::model::{MarkKind, Span, UNSEEN};

use super::attributes::{Attributes, Known};
use super::hints::Hint;
use super::tag::Tag;
use super::words::{cut, folded};
use crate::html::Value;
use crate::text::ascii::{holds_digit, holds_numeral};

/// Marks beyond this count are left out.
const MAX_MARKS: usize = 8192;

/// Bytes that all marks may hold together, and one of them.
const MAX_BYTES: usize = 8 << 20;
const MAX_MARK: usize = 1 << 20;

/// A longer run of words is prose, not a date line.
const MAX_RUN: usize = 200;

/// Of a long run the beginning is kept, where a dateline stands; of the first few only.
const MAX_OPENINGS: usize = 12;

/// Words of a dated element beyond this length are not a date but the text it belongs to.
const MAX_DATED: usize = 400;

/// What is to be noted when an element ends.
#[derive(Debug)]
pub(super) enum Pending {
    Time {
        datetime: Option<(String, Span)>,
        hint: String,
    },
    Property {
        name: String,
        value: Option<(String, Span)>,
    },
    Dated {
        hint: String,
    },
    /// Text that an attribute of a dated element holds.
    DatedAttribute {
        hint: String,
        text: String,
        span: Span,
    },
}

impl Pending {
    /// The same of words that the page shows to nobody: their names say so.
    pub(super) fn hidden(mut self) -> Self {
        if let Self::Time { hint, .. } | Self::Dated { hint } | Self::DatedAttribute { hint, .. } =
            &mut self
        {
            hint.insert_str(0, UNSEEN);
        }
        self
    }
}

/// A mark, and the block that it stands in.
#[derive(Debug)]
pub(in crate::extract) struct Noted {
    pub(in crate::extract) kind: MarkKind,
    pub(in crate::extract) span: Span,
    pub(in crate::extract) node: u32,
}

/// The marks gathered so far.
#[derive(Debug, Default)]
pub(in crate::extract) struct Marks {
    pub(in crate::extract) noted: Vec<Noted>,
    bytes: usize,
    openings: usize,
}

impl Marks {
    /// None yet, with room for so many.
    pub(in crate::extract) fn with_room(marks: usize) -> Self {
        Self { noted: Vec::with_capacity(marks), ..Self::default() }
    }

    pub(in crate::extract) fn add(&mut self, kind: MarkKind, span: Span, node: u32) {
        let bytes = size_of(&kind);
        let fits = bytes <= MAX_MARK && self.bytes + bytes <= MAX_BYTES;
        if fits && self.noted.len() < MAX_MARKS {
            self.bytes += bytes;
            self.noted.push(Noted { kind, span, node });
        }
    }

    /// Notes a run of visible words if it may tell a date: one that is short and holds a digit,
    /// and the beginnings of the first long ones.
    pub(in crate::extract) fn run(&mut self, words: &str, source: Span, node: u32) {
        let is_long = words.len() > MAX_RUN;
        let text = cut(words, MAX_RUN);
        if (is_long && self.openings >= MAX_OPENINGS) || !holds_numeral(text) {
            return;
        }
        self.openings += usize::from(is_long);
        self.add(MarkKind::Text { text: text.to_owned() }, source, node);
    }

    /// Notes an element that has ended, with its words and the span of its content.
    pub(super) fn finish(&mut self, pending: Pending, words: &str, content: Span, node: u32) {
        let words = || cut(words, MAX_DATED).replace('\n', " ");
        let (kind, span) = match pending {
            Pending::Time { datetime, hint } => {
                let (datetime, span) = datetime.unzip();
                (MarkKind::Time { datetime, text: words(), hint }, span.unwrap_or(content))
            }
            Pending::Property { name, value } => {
                let (value, span) = value.unwrap_or_else(|| (words(), content));
                (MarkKind::Property { name, value }, span)
            }
            Pending::Dated { hint } if content.len() <= 8 * MAX_DATED => {
                let text = words();
                if text.is_empty() || text.len() >= MAX_DATED {
                    return;
                }
                (MarkKind::Dated { hint, text }, content)
            }
            Pending::Dated { .. } => return,
            Pending::DatedAttribute { hint, text, span } => (MarkKind::Dated { hint, text }, span),
        };
        self.add(kind, span, node);
    }
}

/// The bytes that a mark's strings hold.
fn size_of(kind: &MarkKind) -> usize {
    match kind {
        MarkKind::Meta { name, content } => name.len() + content.len(),
        MarkKind::JsonLd { text } | MarkKind::Heading { text, .. } | MarkKind::Text { text } => {
            text.len()
        }
        MarkKind::Time { datetime, text, hint } => {
            datetime.as_ref().map_or(0, String::len) + text.len() + hint.len()
        }
        MarkKind::Property { name, value } => name.len() + value.len(),
        MarkKind::Dated { hint, text } => hint.len() + text.len(),
    }
}

/// What is to be noted when this element ends.
pub(super) fn pending(tag: Tag, attributes: &Attributes<'_>, hint: Hint) -> Vec<Pending> {
    let mut pending = Vec::new();
    if tag == Tag::Time {
        let datetime = attributes.get(Known::Datetime).map(read);
        pending.push(Pending::Time { datetime, hint: names(attributes) });
        return pending;
    }
    let property = attributes
        .get(Known::Itemprop)
        .or(attributes.get(Known::Property))
        .filter(|name| tells_date(name.raw));
    if let Some(name) = property {
        let value = attributes.get(Known::Content).or(attributes.get(Known::Datetime)).map(read);
        pending.push(Pending::Property { name: local_name(name.raw), value });
    }
    // An attribute that is named for a date tells one whatever the element is called; but a table
    // whose cells have one is a calendar.
    let is_cell = matches!(tag, Tag::Td | Tag::Th) && !hint.dated;
    let data_date = attributes.get(Known::DataDate).filter(|_| !is_cell);
    if !hint.dated && data_date.is_none() {
        return pending;
    }
    let names = names(attributes);
    let title = || attributes.get(Known::Title).filter(|title| holds_digit(title.raw.as_bytes()));
    let in_attribute = attributes.get(Known::Datetime).or(data_date).or_else(title);
    if let Some((text, span)) = in_attribute.map(read) {
        pending.push(Pending::DatedAttribute { hint: names.clone(), text, span });
    }
    if hint.dated {
        pending.push(Pending::Dated { hint: names });
    }
    pending
}

fn read(value: Value<'_>) -> (String, Span) {
    (folded(cut(value.raw, MAX_DATED)), value.span)
}

/// The names that an element goes by, in lower case.
fn names(attributes: &Attributes<'_>) -> String {
    let pubdate = attributes.get(Known::Pubdate).map(|_| "pubdate");
    let named = [
        attributes.get(Known::Class),
        attributes.get(Known::Id),
        attributes.get(Known::Itemprop),
        attributes.get(Known::Property),
    ];
    let named = named.into_iter().flatten().map(|value| cut(value.raw, MAX_DATED));
    named.chain(pubdate).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a property is about when something was.
fn tells_date(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["date", "time", "published", "modified", "created", "issued", "updated"]
        .iter()
        .any(|word| name.contains(word))
}

/// A property's name in lower case, without prefix or vocabulary.
fn local_name(name: &str) -> String {
    let first = name.split_ascii_whitespace().find(|name| tells_date(name)).unwrap_or(name);
    first.rsplit([':', '/', '#']).next().unwrap_or(first).to_ascii_lowercase()
}
