//! Memento: what a web archive holds of an address, by its `TimeMap` (RFC 7089, section 5) in
//! link-format (RFC 6690).
//!
//! A `TimeMap` is fetched as every page is, guarded, paced, remembered and recorded, and digested
//! into claims that the address existed by the time of each capture. An archive is asked only where
//! the user names one: nobody else is told of an article's links.

use std::borrow::Cow;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use url::Url;

use super::chain::bare;
use super::fetcher::Fetcher;
use crate::model::{
    Captures, Claim, Confidence, Dating, Document, Event, FailureKind, Memento, Page, PartialDate,
    Source, When,
};

/// The Internet Archive's `TimeMap` of an address.
const WAYBACK: &str = "https://web.archive.org/web/timemap/link/{url}";

/// Where the address stands in a template.
const PLACE: &str = "{url}";

/// The most captures that are read of one `TimeMap`, and the most that are kept of it.
const MOST_READ: usize = 50_000;
const MOST_KEPT: usize = 1000;

/// Dates are the heaviest to read, so no more of a value is looked at than an RFC 1123 date takes.
const LONGEST_DATE: usize = 64;

/// The claims of a digested `TimeMap`.
const SOURCE: Source = Source::WEB_ARCHIVE;

/// Reads dates whose day of the week is wrong, too: it adds nothing.
static DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Whether an archive is asked, and which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ArchiveChoice {
    /// None is.
    #[default]
    Off,
    /// This one is.
    At(Archive),
}

impl FromStr for ArchiveChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "off" => Ok(Self::Off),
            "wayback" => Ok(Self::At(Archive { template: WAYBACK.to_owned() })),
            _ => Archive::new(text).map(Self::At),
        }
    }
}

/// A web archive, by the address of its `TimeMap`s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    template: String,
}

impl Archive {
    fn new(template: &str) -> Result<Self, String> {
        let archive = Self { template: template.to_owned() };
        let sample = Url::parse("http://example.com/").ok().and_then(|url| archive.timemap(&url));
        match sample {
            Some(_) if template.contains(PLACE) => Ok(archive),
            _ => Err("write `off`, `wayback`, or the address of an archive's TimeMaps with {url} \
                      in it: https://archive.example/timemap/link/{url}"
                .to_owned()),
        }
    }

    /// The address of the `TimeMap` of a page. In a path, the page's address stands as it is, as
    /// archives want it; in a query it is percent-encoded.
    fn timemap(&self, url: &Url) -> Option<Url> {
        let url = bare(url);
        let (before, _) = self.template.split_once(PLACE)?;
        let inside: Cow<'_, str> = if before.contains('?') {
            url::form_urlencoded::byte_serialize(url.as_str().as_bytes()).collect::<String>().into()
        } else {
            url.as_str().into()
        };
        let address = Url::parse(&self.template.replace(PLACE, &inside)).ok()?;
        is_web(&address).then_some(address)
    }

    /// What the archive holds of a page, and nothing where it cannot be asked. The nearest capture
    /// is the one nearest to `edited`.
    pub async fn captures(
        &self,
        fetcher: &Fetcher,
        url: &Url,
        edited: Option<When>,
    ) -> Option<Captures> {
        let outcome = fetcher.visit(&self.timemap(url)?, digest).await;
        match &outcome.result {
            Ok(page) => Some(reduced(page, edited)),
            Err(failure) if failure.kind == FailureKind::NotFound => Some(Captures::default()),
            Err(_) => None,
        }
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The earliest and the nearest capture of a digested `TimeMap`. Of one that was cut, what comes
/// after its end is not known, and so neither is the capture nearest to a time after it.
fn reduced(page: &Page, edited: Option<When>) -> Captures {
    let claims = || page.dating.claims.iter().filter(|claim| claim.source == SOURCE);
    let memento = |claim: &Claim| {
        let url = Url::parse(&claim.quote).ok()?;
        Some(Memento { url, captured: claim.when.earliest, page: None })
    };
    let last = claims().map(|claim| claim.when.earliest).max();
    let edited = edited.filter(|edited| !page.partial || last > Some(edited.earliest));
    let nearest = edited
        .and_then(|edited| claims().min_by_key(|claim| distance(claim.when.earliest, edited)));
    Captures {
        earliest: claims().min_by_key(|claim| claim.when.earliest).and_then(memento),
        nearest: nearest.and_then(memento),
    }
}

/// The seconds between an instant and an interval.
fn distance(at: Timestamp, when: When) -> i64 {
    let before = when.earliest.as_second() - at.as_second();
    let after = at.as_second() - when.before.as_second();
    before.max(after).max(0)
}

/// Keeps of a `TimeMap` that the address existed by the time of each capture.
#[expect(clippy::needless_pass_by_value, reason = "the fetcher lets the body go with it")]
fn digest(url: Url, document: Document) -> Page {
    let claim = |(capture, at): (Url, Timestamp)| {
        Claim::new(
            Event::ExistedBy,
            PartialDate::utc(at),
            SOURCE,
            Confidence::High,
            capture.as_str(),
        )
    };
    let claims = thinned(mementos(&document.text, &url)).into_iter().map(claim).collect();
    Page {
        url,
        status: 0,
        media: document.media,
        titles: Vec::new(),
        canonical: None,
        dating: Dating { claims, ..Dating::default() },
        partial: document.partial,
        text: None,
    }
}

/// Captures in order of time, and of very many an even choice with the first and the last.
fn thinned(mut captures: Vec<(Url, Timestamp)>) -> Vec<(Url, Timestamp)> {
    captures.sort_by_key(|(_, at)| *at);
    let last = captures.len().saturating_sub(1);
    if last < MOST_KEPT {
        return captures;
    }
    let step = last.div_ceil(MOST_KEPT - 1);
    let chosen = captures.into_iter().enumerate();
    let chosen = chosen.filter(|(at, _)| at % step == 0 || *at == last);
    chosen.map(|(_, capture)| capture).collect()
}

/// The captures that a `TimeMap` in link-format lists, in its order, with the time of each. What is
/// not understood is passed over.
fn mementos(text: &str, base: &Url) -> Vec<(Url, Timestamp)> {
    links(text).filter_map(|link| memento(&link, base)).take(MOST_READ).collect()
}

fn memento(link: &Linked<'_>, base: &Url) -> Option<(Url, Timestamp)> {
    let is_memento =
        |rel: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("memento"));
    link.rel.filter(|rel| is_memento(rel))?;
    let date = link.datetime.filter(|date| date.len() <= LONGEST_DATE)?;
    let at = DATES.parse_timestamp(date.trim()).ok()?;
    let url = base.join(link.target.trim()).ok().filter(is_web)?;
    // Archives hold nothing from before the web: such a time is a damaged record's.
    (at >= first_web_page()).then_some((url, at))
}

/// The beginning of 1991, the year in which the first website was made public.
fn first_web_page() -> Timestamp {
    const SECONDS: i64 = 662_688_000;
    Timestamp::from_second(SECONDS).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// One link of a link-format document, with the attributes that matter here.
#[derive(Debug, Default, PartialEq, Eq)]
struct Linked<'t> {
    target: &'t str,
    rel: Option<&'t str>,
    datetime: Option<&'t str>,
}

/// The links of a link-format document: `<target>;name=value;name="value", <…`.
fn links(text: &str) -> impl Iterator<Item = Linked<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (target, mut after) = target(rest)?;
        let mut link = Linked { target, ..Linked::default() };
        while let Some((name, value, left)) = attribute(after) {
            after = left;
            // RFC 6690, section 2.2: of several `rel`, the first holds.
            match name {
                name if name.eq_ignore_ascii_case("rel") => link.rel = link.rel.or(Some(value)),
                name if name.eq_ignore_ascii_case("datetime") => {
                    link.datetime = link.datetime.or(Some(value));
                }
                _ => {}
            }
        }
        rest = after;
        Some(link)
    })
}

/// The next `<target>`, and what comes after it. One that is not closed ends with its line.
fn target(mut text: &str) -> Option<(&str, &str)> {
    loop {
        let (_, opened) = text.split_once('<')?;
        let (target, rest) = opened.split_at_checked(opened.find(['<', '>', '\n'])?)?;
        match rest.strip_prefix('>') {
            Some(after) => return Some((target, after)),
            None => text = rest,
        }
    }
}

/// The attribute at the beginning of a text, with its value and what comes after it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_ascii_start().strip_prefix(';')?.trim_ascii_start();
    let end = text.find(['=', ';', ',', '<', '\n']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let name = name.trim_ascii_end();
    let Some(value) = rest.strip_prefix('=') else { return Some((name, "", rest)) };
    let value = value.trim_ascii_start();
    if let Some(quoted) = value.strip_prefix('"') {
        // A value that is not closed ends with its line, so that it does not take the rest along.
        let end = quoted.find(['"', '\n']).unwrap_or(quoted.len());
        let (value, rest) = quoted.split_at_checked(end)?;
        return Some((name, value, rest.strip_prefix('"').unwrap_or(rest)));
    }
    let end = value.find([';', ',', '\n']).unwrap_or(value.len());
    let (value, rest) = value.split_at_checked(end)?;
    Some((name, value.trim_ascii_end(), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Media;

    /// Shaped as archives write them, with an unquoted attribute and a damaged line in between.
    const TIMEMAP: &str = "<http://a.example/x,y?a=1;b=2>; rel=\"original\",\n\
        <https://arc.example/timemap/link/http://a.example/x>; rel=\"self\"; \
        type=\"application/link-format\"; from=\"Wed, 23 May 2018 09:00:00 GMT\",\n\
        <https://arc.example/web/http://a.example/x>; rel=\"timegate\",\n\
        <https://arc.example/web/20180523090000/http://a.example/x,y?a=1;b=2>; \
        rel=\"first memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\",\n\
        <https://arc.example/web/1/http://a.example/x>; rel=\"memento\"; datetime=\"not, closed,\n\
        <https://arc.example/web/20191001000000/http://a.example/x>; rel=memento; \
        datetime=\"Mon, 01 Oct 2019 00:00:00 GMT\",\n\
        </web/20250101000000/http://a.example/x>;datetime=\"Wed, 01 Jan 2025 00:00:00 GMT\" ;\
        rel=\"last memento\"\n";

    fn base() -> Url {
        Url::parse("https://arc.example/timemap/link/http://a.example/x").expect("an address")
    }

    fn page(text: &str, partial: bool) -> Page {
        let document = Document::new("timemap", Media::Text, text.to_owned());
        Page { partial, ..digest(base(), document) }
    }

    fn day(year: i16, month: i8, day: i8) -> When {
        PartialDate::day(year, month, day).expect("a day").when()
    }

    fn paths(captures: &Captures) -> [Option<&str>; 2] {
        [&captures.earliest, &captures.nearest]
            .map(|memento| memento.as_ref().and_then(|memento| memento.url.path().get(5..9)))
    }

    #[test]
    fn a_timemap_is_read_past_what_is_damaged() {
        let found = mementos(TIMEMAP, &base());
        let found: Vec<_> = found.iter().map(|(url, at)| (url.as_str(), at.to_string())).collect();
        let expected = [
            (
                "https://arc.example/web/20180523090000/http://a.example/x,y?a=1;b=2",
                "2018-05-23T09:00:00Z".to_owned(),
            ),
            (
                "https://arc.example/web/20191001000000/http://a.example/x",
                "2019-10-01T00:00:00Z".to_owned(),
            ),
            (
                "https://arc.example/web/20250101000000/http://a.example/x",
                "2025-01-01T00:00:00Z".to_owned(),
            ),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_capture_is_left_out() {
        for line in [
            "<http://a.example/>; rel=\"memento\"",
            "<http://a.example/>; rel=\"memento\"; datetime=\"Thu, 01 Jan 1970 00:00:00 GMT\"",
            "<http://a.example/>; rel=\"mementos\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
            "<file:///etc/passwd>; rel=\"memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
            "<http://a.example/; rel=\"memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
            "<html><body>rel=\"memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
        ] {
            assert_eq!(mementos(line, &base()), [], "{line}");
        }
    }

    #[test]
    fn the_nearest_capture_is_nearest_on_either_side() {
        let whole = page(TIMEMAP, false);
        for (edited, nearest) in [
            (Some(day(2010, 1, 1)), Some("2018")),
            (Some(day(2019, 12, 1)), Some("2019")),
            (Some(day(2026, 1, 1)), Some("2025")),
            (None, None),
        ] {
            assert_eq!(paths(&reduced(&whole, edited)), [Some("2018"), nearest], "{edited:?}");
        }
        assert_eq!(reduced(&page("", false), Some(day(2019, 1, 1))), Captures::default());
    }

    #[test]
    fn what_a_cut_timemap_does_not_reach_is_not_known() {
        let cut = page(TIMEMAP, true);
        assert_eq!(paths(&reduced(&cut, Some(day(2026, 1, 1)))), [Some("2018"), None]);
        assert_eq!(paths(&reduced(&cut, Some(day(2019, 10, 5)))), [Some("2018"), Some("2019")]);
    }

    #[test]
    fn of_very_many_captures_the_ends_and_an_even_choice_are_kept() {
        let at = |second: i64| Timestamp::from_second(1_500_000_000 + second).expect("a time");
        for count in [999, 1000, 1001, 14_321] {
            let kept = thinned((0..count).rev().map(|second| (base(), at(second))).collect());
            assert!(kept.len() <= MOST_KEPT + 1, "{count}: {}", kept.len());
            assert_eq!(kept.first().map(|(_, at)| *at), Some(at(0)));
            assert_eq!(kept.last().map(|(_, at)| *at), Some(at(count - 1)));
        }
    }

    #[test]
    fn an_archive_is_named_by_a_template() {
        let url = Url::parse("http://me:pass@a.example/x?y=1&z#part").expect("an address");
        let asked = |choice: &str| match choice.parse() {
            Ok(ArchiveChoice::At(archive)) => archive.timemap(&url).map(String::from),
            _ => None,
        };
        assert_eq!("off".parse(), Ok(ArchiveChoice::Off));
        for (choice, expected) in [
            ("wayback", "https://web.archive.org/web/timemap/link/http://a.example/x?y=1&z"),
            ("http://b.example/{url}", "http://b.example/http://a.example/x?y=1&z"),
            (
                "http://b.example/?u={url}",
                "http://b.example/?u=http%3A%2F%2Fa.example%2Fx%3Fy%3D1%26z",
            ),
        ] {
            assert_eq!(asked(choice).as_deref(), Some(expected), "{choice}");
        }
        for wrong in ["", "on", "https://b.example/", "file:///{url}", "b.example/{url}"] {
            assert!(wrong.parse::<ArchiveChoice>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[<>;,=\" \nrelmntodaiZ0-9é]{0,300}|\\PC{0,300}") {
            let _ = mementos(&text, &base());
        }

        #[test]
        fn damage_costs_no_more_than_the_lines_that_it_is_in(cut in 0..TIMEMAP.len()) {
            let all = mementos(TIMEMAP, &base());
            let rest = mementos(&TIMEMAP[cut..], &base());
            prop_assert!(all.ends_with(&rest));
        }
    }
}
