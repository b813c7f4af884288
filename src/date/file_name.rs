//! Evidence: the day in a file's name, as generators of sites and news folders put it there.

use jiff::civil::Date;

use super::kind::{About, Group, Kind, Trait};
use super::url::{YEARS, id_year, in_name};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{
    Confidence, Document, Event, Media, PartialDate, Source, SourceInfo, Speaker, Standing,
};
use crate::text::dates::names;

/// Dates in file names.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "file-name",
        label: "file name",
        phrase: "file name",
        speaker: Speaker::Page,
        standing: Standing::FileName,
    }),
    summary: "the day in the file's own name and folders: `_posts/2018-05-25-a.md`, `2018/05/25/a.md`",
    kinds: &[&DAY, &ASIDE, &MONTH],
    collect,
};

/// The day that the file's name begins with, or that of its folders.
pub(super) static DAY: Kind = Kind {
    name: "file-name",
    told: "the day in the file's name",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Address,
    first: 560,
    further: 560,
    traits: &[],
};

/// A day elsewhere in the file's name, or one that is an event's as likely.
pub(super) static ASIDE: Kind = Kind {
    name: "file-name-aside",
    told: "a day among the words of the file's name",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Address,
    first: 140,
    further: 140,
    traits: &[],
};

/// A month in the file's name or folders.
pub(super) static MONTH: Kind = Kind {
    name: "file-name-month",
    told: "the month in the file's name",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Address,
    first: 150,
    further: 150,
    traits: &[Trait::Period],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    if !is_its_own_file(subject.document) {
        return;
    }
    let path = subject.document.input.replace('\\', "/");
    let is_page = subject.document.media == Media::Html && subject.header_end == 0;
    witnesses.extend(
        date(&path, is_page)
            .map(|(kind, date, quote)| Witness::new(kind, date, EVIDENCE.source, quote)),
    );
}

/// Whether the input's name is the document's: not that of a feed, an archive or a list of rows.
fn is_its_own_file(document: &Document) -> bool {
    document.id.is_none() && document.envelope.is_none() && !document.input.contains("://")
}

type Found = (&'static Kind, PartialDate, String);

/// The date in a path. Only the file's own name and the folders next to it count: what stands
/// farther up is a backup's or a checkout's. A page of the web that bears a day as its name was
/// as often saved on it.
fn date(path: &str, is_page: bool) -> Option<Found> {
    let segments: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let (file, folders) = segments.split_last()?;
    let stem = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
    let is_index = is_index(stem);
    let near = folders.get(folders.len().saturating_sub(4)..)?;
    let is_post = folders.iter().any(|folder| is_posts(folder));
    let is_event =
        !is_post && (folders.iter().any(|folder| is_of_events(folder)) || is_of_events(stem));
    let found = named(stem)
        .map(|found| if is_page && !is_post { aside(found) } else { found })
        .or_else(|| in_folders(stem, near, is_index))
        .or_else(|| folder_of(near, is_index))
        .or_else(|| in_name(stem).map(|(date, quote)| (&ASIDE, date, quote)))
        .or_else(|| month(stem, near))
        .or_else(|| id_year(stem).map(|year| (&ASIDE, year, stem.to_owned())))?;
    Some(if is_event { aside(found) } else { found })
}

/// The same found where it need not be the publication's.
fn aside((_, date, quote): Found) -> Found {
    (&ASIDE, date, quote)
}

/// Folders of posts, whatever the posts are about.
fn is_posts(folder: &str) -> bool {
    matches!(folder, "_posts" | "_drafts" | "posts" | "post" | "blog" | "news" | "articles")
}

/// Names of folders and files whose day is when something takes place.
fn is_of_events(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "meeting",
        "meetings",
        "minutes",
        "event",
        "events",
        "agenda",
        "agendas",
        "calendar",
        "meetup",
        "meetups",
        "schedule",
        "schedules",
        "standup",
        "standups",
        "webinar",
        "webinars",
        "workshop",
        "workshops",
        "conference",
        "conferences",
        "call",
        "calls",
        "talks",
    ];
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.contains(&word.to_ascii_lowercase().as_str()))
}

/// Names that stand for the folder that the file is in.
fn is_index(stem: &str) -> bool {
    let stem = stem.split('.').next().unwrap_or(stem).to_ascii_lowercase();
    matches!(
        stem.as_str(),
        "index" | "_index" | "readme" | "post" | "article" | "default" | "content"
    )
}

/// `2018-05-25-a`, `20180525-a`, `20180525T1403--a`.
fn named(stem: &str) -> Option<Found> {
    leading(stem).map(|(day, quote)| (&DAY, PartialDate::Day(day), quote.to_owned()))
}

/// The day that a name begins with, and its words.
fn leading(name: &str) -> Option<(Date, &str)> {
    let (year, rest) = digits(name, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '_' | '.'));
    let part = |rest: &'_ str| -> Option<(i16, usize)> {
        let rest = mark.map_or(Some(rest), |mark| rest.strip_prefix(mark))?;
        Some((digits(rest, 2)?.0, 2 + usize::from(mark.is_some())))
    };
    let (month, length) = part(rest)?;
    let rest = rest.get(length..)?;
    let (day, length) = part(rest)?;
    let rest = rest.get(length..)?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() || c == 'T');
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let valid = ends && YEARS.contains(&year);
    valid.then_some((date, name.get(..name.len() - rest.len())?))
}

/// A number of exactly so many digits at the beginning, and the rest.
fn digits(text: &str, count: usize) -> Option<(i16, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok());
    Some((number??, rest))
}

/// A number that is all of a text, of so many digits.
fn exact(text: &str, count: usize) -> Option<i16> {
    digits(text, count).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
}

/// `2018/05/25/a`, `2018/05/25-a`, `2018/05-25-a`, and one folder more where that is the page's.
fn in_folders(stem: &str, near: &[&str], is_index: bool) -> Option<Found> {
    let own = if is_index { near.get(..near.len().checked_sub(1)?)? } else { near };
    let by_day = |folders: &[&str]| {
        let [.., year, month, day] = folders else { return None };
        whole(year, month, day, format!("{year}/{month}/{day}"))
    };
    let by_name = || match (own, is_index) {
        ([.., year, month], false) => {
            let (day, rest) = digits(stem, 2)?;
            let ends = rest.is_empty() || rest.starts_with(['-', '_', ' ']);
            let day = ends.then(|| format!("{day:02}"))?;
            whole(year, month, &day, format!("{year}/{month}/{day}"))
        }
        _ => None,
    };
    let by_two = || {
        let [.., year] = own else { return None };
        let (month, rest) = digits(stem, 2)?;
        let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
        let ends = rest.is_empty() || rest.starts_with(['-', '_']);
        let (month, day) = (format!("{month:02}"), format!("{day:02}"));
        ends.then(|| whole(year, &month, &day, format!("{year}/{month}-{day}")))?
    };
    by_day(near).or_else(|| by_day(own)).or_else(by_name).or_else(by_two)
}

fn whole(year: &str, month: &str, day: &str, quote: String) -> Option<Found> {
    let year = exact(year, 4)?;
    let (month, day) = (i8::try_from(exact(month, 2)?).ok()?, i8::try_from(exact(day, 2)?).ok()?);
    let date = Date::new(year, month, day).ok().filter(|_| YEARS.contains(&year))?;
    Some((&DAY, PartialDate::Day(date), quote))
}

/// The folder `2018-05-25-a` of a page and its pictures; of other files in it only by the way.
fn folder_of(near: &[&str], is_index: bool) -> Option<Found> {
    let (day, quote) = leading(near.last()?)?;
    let kind = if is_index { &DAY } else { &ASIDE };
    Some((kind, PartialDate::Day(day), quote.to_owned()))
}

/// `2018/05/a`, `2018-05/a`, `2018-05-a`; with a day in words, `2018-05/may-25`, that day.
fn month(stem: &str, near: &[&str]) -> Option<Found> {
    let joined = |name: &str| {
        let (year, rest) = digits(name, 4)?;
        let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
        let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        ends.then_some((year, i8::try_from(month).ok()?))
    };
    let folders = || {
        let [.., year, month] = near else { return None };
        Some((exact(year, 4)?, i8::try_from(exact(month, 2)?).ok()?))
    };
    let in_folder = near.last().and_then(|folder| joined(folder)).or_else(folders);
    let (year, month) = joined(stem).or(in_folder).filter(|found| YEARS.contains(&found.0))?;
    if let Some(day) = in_folder.and_then(|_| day_in_words(stem, month)) {
        let date = PartialDate::day(year, month, day)?;
        return Some((&ASIDE, date, stem.to_owned()));
    }
    let date = PartialDate::month(year, month)?;
    Some((&MONTH, date, date.to_string()))
}

/// The day in `may-25`, in a folder of that month.
fn day_in_words(stem: &str, month: i8) -> Option<i8> {
    let (name, day) = stem.split_once(['-', '_', ' '])?;
    let is_month = names::readings(&names::fold(name)).iter().any(|reading| {
        matches!(reading.named, names::Named::Month(names::Calendar::Gregorian, number)
            if i8::try_from(number) == Ok(month))
    });
    day.parse().ok().filter(|day| is_month && (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date as dated;
    use crate::model::Extract;

    fn read(path: &str) -> Option<String> {
        let document = Document::new(path, Media::Markdown, "Text.");
        let published = dated(&document, &Extract::default()).published?;
        Some(format!("{} {}", published.date, published.confidence))
    }

    #[test]
    fn days_of_posts_are_certain() {
        for path in [
            "_posts/2018-05-25-a.md",
            "content/2018/05/25/a.md",
            "content/2018/05/25/a/index.md",
            "content/2018/05/25-a.md",
            "content/2018/05-25-a.md",
            "a/2018-05-25-a/index.en.md",
            "2018-05-25.md",
            "20180525-a.md",
            "20180525T140300--a__b.md",
            "blog/2018_05_25_a.md",
            ".\\_posts\\2018-05-25-a.md",
            "de/news/_posts/2018-05-25-meetup.md",
        ] {
            assert_eq!(read(path).as_deref(), Some("2018-05-25 high"), "{path}");
        }
    }

    #[test]
    fn what_is_less_sure_is_said_to_be() {
        for (path, expected) in [
            ("meetings/2018-05-25.md", "2018-05-25 low"),
            ("meetings/2018-05/may-25.md", "2018-05-25 low"),
            ("notes/2018-05-25-minutes.md", "2018-05-25 low"),
            ("a-2018-05-25.md", "2018-05-25 low"),
            ("2018-05-25-a/other.md", "2018-05-25 low"),
            ("content/2018/05/a.md", "2018-05 medium"),
            ("2018-05-a.md", "2018-05 medium"),
            ("crates/a/RUSTSEC-2018-0053.md", "2018 low"),
            ("CVE-2018-25008.md", "2018 low"),
        ] {
            assert_eq!(read(path).as_deref(), Some(expected), "{path}");
        }
    }

    #[test]
    fn other_numbers_are_no_days() {
        for path in [
            "rfc9110.md",
            "12345678.md",
            "2018-13-45-a.md",
            "backup/2018-05-25/site/a.md",
            "2018/a.md",
            "1527256980.md",
            "0001-01-01-a.md",
        ] {
            assert_eq!(read(path), None, "{path}");
        }
    }

    #[test]
    fn the_name_of_what_holds_many_documents_is_not_theirs() {
        let mut document = Document::new("2018-05-25-crawl.warc", Media::Text, "Text.");
        document.id = Some("1".to_owned());
        assert_eq!(dated(&document, &Extract::default()).published, None);
    }
}
