//! What a day in an address may be instead of the day that the page came out: that of an event, of
//! an issue, of what the article announces, or of a note that was put in later.

use jiff::civil::Date;
use url::Url;

use super::around::Around;
use super::words::{Sense, begins_update, fold, holds, is, is_of_reports, may_begin_update};
use crate::address::hosts::is_within;
use crate::model::{Case, Claim, Link, PartialDate, Role, Speaker};
use crate::text::dates::names_day;
use crate::text::main_text::words;

/// What a day is, if not that of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// An event: a meeting, an election, a talk.
    Event,
    /// An issue of a periodical.
    Issue,
    /// A day that the words around the link name themselves.
    Named,
}

impl Occasion {
    /// The sentence that says why the link can be in order.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Event => {
                " It can be in order: it may announce an event, and the date be that of the event."
            }
            Self::Issue => {
                " It can be in order: the date may be the cover date of an issue, which comes out \
                 before."
            }
            Self::Named => {
                " It can be in order: the words around the link name that very day as one to come."
            }
        }
    }
}

/// Days ahead for which prose, a name or a slug that speaks of an appointment explains a later day.
const SOON: i32 = 120;

/// Days ahead for which a list or a heading does, and posts are written: programmes are made for a
/// year, and a little.
pub(crate) const YEAR: i32 = 400;

/// Days that a periodical's issue is dated ahead at most: those of a quarterly.
const COVER: i32 = 92;

/// What the day that an address claims may be, given how many days it lies ahead of who links it.
pub(crate) fn by_address(url: &Url, ahead: i32) -> Option<Occasion> {
    let segments: Vec<String> = url.path_segments().into_iter().flatten().map(decoded).collect();
    let (last, folders) = segments.split_last()?;
    if is_clock(url) || folders.iter().any(|folder| is_programme(folder)) || is_event(last) {
        return Some(Occasion::Event);
    }
    let is_day = |segment: &&String| segment.starts_with(|c: char| c.is_ascii_digit());
    let before_day = folders.iter().take_while(|segment| !is_day(segment));
    if ahead <= COVER && before_day.into_iter().any(|folder| has_word(folder, Sense::Issue)) {
        return Some(Occasion::Issue);
    }
    let host = url.host_str().unwrap_or_default();
    let appoints = has_word(last, Sense::Appointment)
        || has_word(host, Sense::Appointment)
        || is_file(&segments) && has_word(last, Sense::Event);
    (ahead <= SOON && appoints).then_some(Occasion::Event)
}

/// What the day that an address claims may be by the words around the link.
pub(crate) fn by_words(
    around: &Around<'_>,
    link: &Link,
    day: Date,
    ahead: i32,
) -> Option<Occasion> {
    // What introduces the link as an article says that it is none.
    if ahead > YEAR || link.role == Role::Related {
        return None;
    }
    around.places(link).into_iter().find_map(|at| {
        let passage = around.passage(at);
        let texts = || std::iter::once(&passage.words).chain(&passage.hangs_on);
        if texts().any(|text| names_day(text, day)) {
            return Some(Occasion::Named);
        }
        let is_listed = |text: &str| {
            [Sense::Appointment, Sense::Event, Sense::Listed].iter().any(|&of| holds(text, of))
        };
        let speaks = |text: &str| {
            passage.is_item && is_listed(text) || ahead <= SOON && holds(text, Sense::Appointment)
        };
        let headings = around.headings(at);
        // The first heading of all names the article.
        let sections = headings.split_last().map(|(_, sections)| sections).unwrap_or_default();
        let is_announced =
            texts().any(|text| speaks(text)) || sections.iter().any(|heading| is_listed(heading));
        is_announced.then_some(Occasion::Event)
    })
}

/// What a claim that an address makes may be, where it lies after a day of the article's.
pub(crate) fn occasion(
    case: &Case,
    around: &Around<'_>,
    link: &Link,
    claim: &Claim,
    article: PartialDate,
) -> Option<Occasion> {
    let url = super::target::address(link)?;
    let day = claim.date.first_day();
    let ahead = article.first_day().until(day).map_or(i32::MAX, |span| span.get_days());
    let is_of_address = claim.source.speaker() == Speaker::Address;
    by_address(&url, ahead)
        .or_else(|| is_of_address.then(|| by_words(around, link, day, ahead)).flatten())
        .or_else(|| (ahead <= SOON && is_programme_by_name(case)).then_some(Occasion::Event))
}

/// Whether the article is itself an agenda or an invitation.
fn is_programme_by_name(case: &Case) -> bool {
    case.extract.title().is_some_and(|title| holds(title, Sense::Appointment))
}

/// Whether a link stands in a note that was put in after publication, and says so.
pub(crate) fn is_in_update(around: &Around<'_>, link: &Link) -> bool {
    around.places(link).into_iter().any(|at| {
        let passage = around.passage(at);
        let texts = std::iter::once(&passage.words).chain(&passage.hangs_on);
        passage.is_inserted
            || texts.into_iter().any(|text| holds_update(text))
            || around.headings(at).into_iter().any(begins_update)
    })
}

/// Whether a passage or one of its sentences begins as an update does.
fn holds_update(text: &str) -> bool {
    // Of several signs before one word, the word is looked at once.
    let (mut word, mut may_begin) = (0, false);
    let mut after_signs = text
        .match_indices(['.', '!', '?', '(', '[', '\n', '。', '）', ')', '—'])
        .map(|(at, sign)| at + sign.len());
    begins_update(text)
        || after_signs.any(|start| {
            let (before, rest) = text.split_at_checked(start).unwrap_or_default();
            if start > word {
                word = start + rest.find(char::is_alphanumeric).unwrap_or(rest.len());
                may_begin = text.get(word..).is_some_and(may_begin_update);
            }
            may_begin
                && (rest.starts_with([' ', '\n', '*', '_'])
                    || before.ends_with(['(', '[', '\n', '。']))
                && begins_update(rest)
        })
}

fn decoded(segment: &str) -> String {
    fold(&percent_encoding::percent_decode_str(segment).decode_utf8_lossy())
}

fn has_word(folded: &str, sense: Sense) -> bool {
    words(folded).any(|word| is(word, sense))
}

/// Whether a folder is one of events: it is called so, and not after reports of them.
fn is_programme(folder: &str) -> bool {
    (has_word(folder, Sense::Event) || has_word(folder, Sense::Appointment))
        && !words(folder).any(is_of_reports)
        && words(folder).count() <= 3
}

/// Whether the last part of an address says nothing but that it is an event, and when.
fn is_event(last: &str) -> bool {
    let mut named = false;
    let all = words(last).all(|word| {
        let is_event = is(word, Sense::Event) || is(word, Sense::Appointment);
        named |= is_event;
        is_event || word.bytes().all(|byte| byte.is_ascii_digit()) || word.len() <= 4
    });
    named && all
}

/// Whether an address leads into a store of files, whose names carry days of all kinds.
fn is_file(segments: &[String]) -> bool {
    segments.iter().any(|segment| matches!(segment.as_str(), "blob" | "raw" | "tree" | "src"))
}

/// Whether an address is of a site that converts times and does nothing else.
fn is_clock(url: &Url) -> bool {
    const CLOCKS: [&str; 8] = [
        "arewemeetingyet.com",
        "dateful.com",
        "everytimezone.com",
        "savvytime.com",
        "time.is",
        "timeanddate.com",
        "worldtimebuddy.com",
        "zonestamp.toolforge.org",
    ];
    let host = url.host_str().unwrap_or_default();
    CLOCKS.iter().any(|clock| is_within(host, clock))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::model::{Dating, Document, Local, Media, Status};

    #[test]
    fn addresses_of_programmes_and_issues() {
        for (address, ahead, expected) in [
            ("https://a.example/meetings/2022-02-21.html", 10, Some(Occasion::Event)),
            ("https://a.example/meetups/2023-11-28/", 6, Some(Occasion::Event)),
            ("https://a.example/events/2018/09/01/fair", 900, Some(Occasion::Event)),
            ("https://a.example/upcoming-events/2018/09/01/fair", 900, Some(Occasion::Event)),
            ("https://a.example/elections/2018-05-06", 900, Some(Occasion::Event)),
            ("https://a.example/eclipse/lunar/2022-05-16", 900, Some(Occasion::Event)),
            ("https://a.example/calendar/2022/05/16/", 900, Some(Occasion::Event)),
            ("https://a.example/veranstaltungen/2022/05/16/x", 900, Some(Occasion::Event)),
            ("https://www.timeanddate.com/x/2022-05-16", 900, Some(Occasion::Event)),
            ("https://a.example/pages/meetup-2015-05-16", 12, Some(Occasion::Event)),
            ("https://a.example/2022/02/18/fifth-meetup.html", 9, Some(Occasion::Event)),
            ("https://a.example/2022/02/18/fifth-meetup.html", 700, None),
            ("https://rust-meetup.example/2022/02/18/five", 9, Some(Occasion::Event)),
            (
                "https://f.example/o/r/blob/master/2019-01-21-board-election.csv",
                18,
                Some(Occasion::Event),
            ),
            ("https://a.example/magazine/2016/12/05/a-story", 7, Some(Occasion::Issue)),
            ("https://a.example/2016/12/05/magazine/a-story", 7, None),
            ("https://a.example/launchpad/issues/2023-11-08-issue-06", 77, Some(Occasion::Issue)),
            ("https://a.example/magazine/2026/12/05/a-story", 3_000, None),
            ("https://a.example/news-events/2015/02/16/a-grant", 9, None),
            ("https://a.example/2018/05/25/the-leaders-met-at-a-conference", 9, None),
            ("https://a.example/2018/05/25/barcamp-graz-call-for-action/", 9, None),
        ] {
            let url = Url::parse(address).expect("a URL");
            assert_eq!(by_address(&url, ahead), expected, "{address}");
        }
    }

    /// What the day of the last link of a Markdown text may be by its words.
    fn by_its_words(text: &str, day: &str, ahead: i32) -> Option<Occasion> {
        let article = Document::new("a.md", Media::Markdown, text);
        let extract = extract(&article);
        let statuses = extract.links.iter().map(|_| Status::Offline).collect();
        let now = "2026-11-23T00:00:00Z".parse().expect("a time");
        let case = Case {
            article,
            extract,
            dating: Dating::default(),
            statuses,
            local: Local::default(),
            now,
        };
        let link = case.extract.links.last().expect("a link");
        by_words(&Around::new(&case), link, day.parse().expect("a day"), ahead)
    }

    #[test]
    fn words_around_announce() {
        for (text, day, expected) in [
            (
                "* [9/5. Compiling](http://a.example/2016/09/05/x.html).",
                "2016-09-05",
                Some(Occasion::Named),
            ),
            ("* [May 16. Seoul](http://a.example/2015-05-16)", "2015-05-16", Some(Occasion::Named)),
            (
                "* 2022-12-06 | Berlin\n    * [Hack](https://a.example/2022/12/06/x)",
                "2022-12-06",
                Some(Occasion::Named),
            ),
            (
                "# W\n\n## Upcoming Events\n\n### Virtual\n\n* [Hack](https://a.example/2022/12/06/x)",
                "2022-12-06",
                Some(Occasion::Event),
            ),
            (
                "# W\n\n* Our next meeting: [here](https://a.example/2022/12/06/x)",
                "2022-12-06",
                Some(Occasion::Event),
            ),
            (
                "The next webinar is [here](https://a.example/2022/12/06/x).",
                "2022-12-06",
                Some(Occasion::Event),
            ),
            ("They met at a [meeting](https://a.example/2022/12/06/x).", "2022-12-06", None),
            ("# Election day\n\nSee [this](https://a.example/2022/12/06/x).", "2022-12-06", None),
            ("* [A story](https://a.example/2022/12/06/x)", "2022-12-06", None),
        ] {
            assert_eq!(by_its_words(text, day, 20), expected, "{text}");
        }
        assert_eq!(
            by_its_words("* 2022-12-06 [Hack](https://a.example/2022/12/06/x)", "2022-12-06", 900),
            None
        );
    }
}
