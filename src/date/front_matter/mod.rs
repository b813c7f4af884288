//! Evidence: the header that an author writes above a text for the generator of a site: front
//! matter in YAML, TOML or JSON, and plain lines of fields.

mod block;
mod header;
mod keys;

use url::Url;

use super::kind::{About, Group, Kind};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Document, Event, Media, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine::{self, Stated};
use crate::text::dates::printed::Habit;
pub(super) use block::Block;
use block::Field;
use keys::Meaning;

/// Dates in front matter.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "front-matter",
        label: "front matter",
        phrase: "front matter",
        speaker: Speaker::Page,
        standing: Standing::Header,
    }),
    summary: "the publication, the change and the address in the header of a text: YAML, TOML, JSON or lines of fields",
    kinds: &[&PUBLISHED, &CREATED, &MODIFIED],
    collect,
};

/// The publication, which an author writes front matter to say.
pub(super) static PUBLISHED: Kind = Kind {
    name: "front-matter",
    told: "its front matter",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Metadata,
    first: 900,
    further: 900,
    traits: &[],
};

/// The day that the same line names as that of the text's beginning.
pub(super) static CREATED: Kind = Kind {
    name: "front-matter-created",
    told: "the beginning of the text in its front matter",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Metadata,
    first: 600,
    further: 600,
    traits: &[],
};

/// The last change that front matter states.
pub(super) static MODIFIED: Kind = Kind {
    name: "front-matter-modified",
    told: "the last change in its front matter",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Change,
    first: 60,
    further: 60,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(block) = &subject.header else { return };
    let is_of_event = is_of_event(block) || is_in_folder_of_events(&subject.document.input);
    for (meaning, field) in telling(block, is_of_event) {
        if meaning == Meaning::Address {
            witnesses.extend(by_address(field));
            continue;
        }
        // A history names one day after another, and each is a change.
        let one_by_one = if keys::is_history(&field.key) { ',' } else { '\0' };
        let days =
            field.value.split(one_by_one).filter_map(|value| stated(field, value, subject.habit));
        witnesses.extend(days.map(|stated| witness(subject, kind(meaning), field, stated)));
    }
}

/// Whether a key, as it is written, stands among the lines that tell of an event.
pub(super) fn is_key_of_event(key: &str) -> bool {
    keys::is_of_event(&keys::folded(key), "", true)
}

/// The header of a document. A web page has none, unless it is a generator's template.
pub(super) fn header(document: &Document) -> Option<Block<'_>> {
    let text = document.text.as_str();
    match document.media {
        Media::Markdown | Media::Rst | Media::AsciiDoc | Media::Text => block::read(text),
        Media::Html => is_template(text).then(|| block::read(text))?,
        Media::Pdf | Media::Other => None,
    }
}

/// Whether a page begins with a fence of front matter; `<!--` begins many a page.
fn is_template(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{FEFF}', '\n', '\r', ' ']);
    ["---", "+++", ";;;"].iter().any(|fence| text.starts_with(fence))
}

/// Where a text begins after its header, in bytes. Plain lines that tell no date may as well be
/// the text's first.
pub(super) fn end(block: &Block<'_>) -> usize {
    let tells = |field: &Field<'_>| keys::meaning(&field.key).is_some_and(is_of_time);
    let is_header = !block.is_plain || is_of_event(block) || block.fields.iter().any(tells);
    if is_header { block.end } else { 0 }
}

fn is_of_time(meaning: Meaning) -> bool {
    meaning != Meaning::Address
}

fn is_of_event(block: &Block<'_>) -> bool {
    let of_event = |field: &Field<'_>| keys::is_of_event(&field.key, field.value, block.is_plain);
    block.fields.iter().any(of_event)
}

/// Whether a file lies where a site keeps what takes place, a file each.
fn is_in_folder_of_events(path: &str) -> bool {
    const FOLDERS: [&str; 8] = [
        "events",
        "_events",
        "event",
        "meetups",
        "_meetups",
        "conferences",
        "workshops",
        "webinars",
    ];
    // The page of one may have a folder of its own.
    let mut folders = path.rsplit(['/', '\\']).skip(1).take(2);
    folders.any(|folder| FOLDERS.contains(&folder))
}

/// The fields that tell something about the document's time.
fn telling<'b, 't>(
    block: &'b Block<'t>,
    is_of_event: bool,
) -> impl Iterator<Item = (Meaning, &'b Field<'t>)> {
    block.fields.iter().filter_map(move |field| {
        let meaning = keys::meaning(&field.key)?;
        let counts = match meaning {
            // Lists hold the days of records; lines of one key are a list as well.
            Meaning::Published | Meaning::Created => {
                !(field.is_further
                    || is_repeated(block, field)
                    || is_of_event && keys::is_bare(&field.key))
            }
            Meaning::Changed | Meaning::Address => true,
        };
        counts.then_some((meaning, field))
    })
}

/// Whether the same key stands there again with another value.
fn is_repeated(block: &Block<'_>, field: &Field<'_>) -> bool {
    let mut same = block.fields.iter().filter(|other| other.key == field.key);
    same.any(|other| other.value != field.value)
}

fn kind(meaning: Meaning) -> &'static Kind {
    match meaning {
        Meaning::Published | Meaning::Address => &PUBLISHED,
        Meaning::Created => &CREATED,
        Meaning::Changed => &MODIFIED,
    }
}

fn stated(field: &Field<'_>, value: &str, habit: Habit<'_>) -> Option<Stated> {
    let month_first =
        if keys::puts_month_first(&field.key) { Some(true) } else { habit.month_first };
    // Org-mode puts days between brackets.
    let value = value.trim_start_matches([' ', '<', '[', '`', '"', '\'']);
    let mut stated = machine::date(value, Habit { month_first, ..habit })?;
    if keys::puts_month_first(&field.key) {
        stated.alternative = None;
    }
    Some(stated)
}

fn witness(
    subject: &Subject<'_>,
    kind: &'static Kind,
    field: &Field<'_>,
    stated: Stated,
) -> Witness {
    let quote = field.span.of(&subject.document.text).trim();
    let witness = Witness::new(kind, stated.date, EVIDENCE.source, quote);
    witness.or(stated.alternative).at(Some(field.span))
}

/// The day in the document's address on its own site; another site's is a source that it names.
fn by_address(field: &Field<'_>) -> Option<Witness> {
    if field.value.contains("://") {
        return None;
    }
    let address = Url::parse("https://site.invalid/").ok()?.join(field.value).ok()?;
    let found = super::url::in_path(&address)?;
    let quote = format!("{}: {}", field.key, field.value);
    Some(Witness::new(found.0, found.1, EVIDENCE.source, quote).at(Some(field.span)))
}

#[cfg(test)]
mod tests;
