//! Captures: which of a web archive's records answers for an address.
//!
//! An index knows numbers only, so that an archive of millions of records takes some dozens of bytes
//! for each; whoever reads the record found sees to it that it is of the address.

use foldhash::{HashMap, HashSet};
use jiff::Timestamp;
use url::Url;

use crate::address::resource;
use crate::decode::warc;
use crate::model::When;

/// Where a record begins: in which file, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub file: u16,
    pub at: warc::Place,
}

/// A record that answers for an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Capture {
    pub place: Place,
    pub at: Timestamp,
    /// Its own identifier and that of its request, each as a number; zero where it names none.
    pub ids: [u64; 2],
    /// The digest of its payload as a number; zero where it names none.
    pub digest: u64,
    /// Whether it only stands for a record of the same content.
    pub is_revisit: bool,
    /// Whether it is a redirect to another spelling of its own address.
    pub is_circular: bool,
}

/// The captures of an archive.
#[derive(Default)]
pub(super) struct Captures {
    by_resource: HashMap<u64, Vec<(u64, Capture)>>,
    /// The first record with each payload, of whatever address.
    by_digest: HashMap<u64, Capture>,
    /// Records of what was asked otherwise than by GET.
    other_methods: HashSet<u64>,
}

/// A text as a number.
pub(super) fn number(text: &str) -> u64 {
    use std::hash::BuildHasher as _;
    foldhash::fast::FixedState::default().hash_one(text)
}

impl Captures {
    /// Adds a record of an address.
    pub(super) fn add(&mut self, url: &Url, capture: Capture) {
        if capture.digest != 0 && !capture.is_revisit {
            self.by_digest.entry(capture.digest).or_insert(capture);
        }
        let of_resource = self.by_resource.entry(resource::key(url)).or_default();
        of_resource.push((number(url.as_str()), capture));
    }

    /// Notes that a request was none for a page, by its identifier and those it names.
    pub(super) fn asked_otherwise<'i>(&mut self, ids: impl Iterator<Item = &'i str>) {
        self.other_methods.extend(ids.map(number));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_resource.is_empty()
    }

    /// The captures that can answer for an address, the best first: the nearest in time, or without a
    /// time the latest; of two as near that of this very spelling, then the earlier. A redirect to
    /// another spelling of itself answers only where nothing else does.
    pub(super) fn of(&self, url: &Url, near: Option<When>) -> Vec<Capture> {
        let exact = number(url.as_str());
        let all = self.by_resource.get(&resource::key(url)).into_iter().flatten();
        let mut found: Vec<_> = all.filter(|(_, capture)| self.is_of_page(capture)).collect();
        found.sort_by_key(|(spelling, capture)| {
            let far = match near {
                Some(near) => near.seconds_from(capture.at),
                None => -capture.at.as_second(),
            };
            (capture.is_circular, far, *spelling != exact, capture.at)
        });
        found.into_iter().map(|(_, capture)| *capture).collect()
    }

    /// The record whose content a revisit stands for: of that address the one with that digest, or
    /// else the one of that time; where there is neither, one of any address with that digest, whose
    /// own is to be compared when it is read.
    pub(super) fn original(&self, url: &Url, digest: u64, at: Option<When>) -> Option<Capture> {
        let elsewhere = || self.by_digest.get(&digest).filter(|found| self.is_of_page(found));
        self.of_address(url, digest, at).or_else(|| elsewhere().copied())
    }

    fn of_address(&self, url: &Url, digest: u64, at: Option<When>) -> Option<Capture> {
        let all = self.by_resource.get(&resource::key(url))?.iter().map(|(_, capture)| capture);
        let whole = all.filter(|capture| !capture.is_revisit && self.is_of_page(capture));
        let by_time = |capture: &&Capture| at.map_or(0, |at| at.seconds_from(capture.at));
        let (same, others): (Vec<_>, Vec<_>) =
            whole.partition(|capture| digest != 0 && capture.digest == digest);
        let named = others.into_iter().filter(|capture| at.is_some() && by_time(capture) == 0);
        same.into_iter().min_by_key(by_time).or_else(|| named.min_by_key(by_time)).copied()
    }

    fn is_of_page(&self, capture: &Capture) -> bool {
        !capture.ids.iter().any(|id| self.other_methods.contains(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        format!("{text}T00:00:00Z").parse().expect("a day")
    }

    fn capture(day: &str, offset: u64) -> Capture {
        Capture {
            place: Place { file: 0, at: warc::Place { member: offset, within: 0 } },
            at: time(day),
            ids: [offset + 1, 0],
            digest: 0,
            is_revisit: false,
            is_circular: false,
        }
    }

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    const PAGE: &str = "http://a.example/x";

    fn archive() -> Captures {
        let mut captures = Captures::default();
        for (day, offset) in [("2016-01-01", 0), ("2018-01-01", 1), ("2020-01-01", 2)] {
            captures.add(&url(PAGE), capture(day, offset));
        }
        captures
    }

    #[track_caller]
    fn assert_order(captures: &Captures, near: Option<&str>, expected: &[u64]) {
        let day = |day| When {
            earliest: time(day),
            before: time(day) + jiff::SignedDuration::from_hours(24),
        };
        let found = captures.of(&url(PAGE), near.map(day));
        let offsets: Vec<u64> = found.iter().map(|capture| capture.place.at.member).collect();
        assert_eq!(offsets, expected, "{near:?}");
    }

    #[test]
    fn the_nearest_answers_and_the_latest_where_no_time_is_known() {
        let captures = archive();
        assert_order(&captures, None, &[2, 1, 0]);
        assert_order(&captures, Some("2015-01-01"), &[0, 1, 2]);
        assert_order(&captures, Some("2018-03-01"), &[1, 2, 0]);
        assert_order(&captures, Some("2025-01-01"), &[2, 1, 0]);
        assert!(captures.of(&url("http://a.example/y"), None).is_empty());
    }

    #[test]
    fn of_two_as_near_the_earlier_answers() {
        let mut captures = Captures::default();
        captures.add(&url(PAGE), capture("2018-01-11", 1));
        captures.add(&url(PAGE), capture("2018-01-02", 0));
        assert_order(&captures, Some("2018-01-06"), &[0, 1]);
    }

    #[test]
    fn any_spelling_answers_and_a_circle_last() {
        let mut captures = archive();
        captures.add(&url("https://www.a.example/x/"), capture("2018-01-01", 3));
        assert_order(&captures, Some("2018-03-01"), &[1, 3, 2, 0]);
        let circular = Capture { is_circular: true, ..capture("2018-03-01", 4) };
        captures.add(&url(PAGE), circular);
        assert_order(&captures, Some("2018-03-01"), &[1, 3, 2, 0, 4]);
    }

    #[test]
    fn what_was_not_asked_by_get_is_no_page() {
        let mut captures = archive();
        let head = Capture { ids: [number("<urn:uuid:1>"), 0], ..capture("2018-03-01", 5) };
        let post = Capture { ids: [9, number("<urn:uuid:2>")], ..capture("2018-03-01", 6) };
        captures.add(&url(PAGE), head);
        captures.add(&url(PAGE), post);
        captures.asked_otherwise(["<urn:uuid:1>", "<urn:uuid:2>"].into_iter());
        assert_order(&captures, Some("2018-03-01"), &[1, 2, 0]);
    }

    #[test]
    fn a_revisit_finds_the_record_of_its_content() {
        let mut captures = archive();
        let with = |digest, offset, is_revisit| {
            let capture = capture("2018-03-01", offset);
            Capture { digest, is_revisit, ..capture }
        };
        captures.add(&url(PAGE), with(7, 7, false));
        captures.add(&url(PAGE), with(7, 8, true));
        let found = |digest, at: Option<&str>| {
            let at = at.map(|day| When { earliest: time(day), before: time(day) });
            captures.original(&url(PAGE), digest, at).map(|capture| capture.place.at.member)
        };
        assert_eq!(found(7, None), Some(7));
        assert_eq!(found(0, Some("2016-01-01")), Some(0));
        assert_eq!(found(9, Some("2016-01-01")), Some(0), "digests are written in many forms");
        assert_eq!(found(9, None), None);
        assert_eq!(found(0, Some("2017-01-01")), None);
        // A picture that a site serves under two addresses is stored once.
        let elsewhere = captures.original(&url("http://a.example/y"), 7, None);
        assert_eq!(elsewhere.map(|capture| capture.place.at.member), Some(7));
        assert!(captures.original(&url("http://a.example/y"), 8, None).is_none());
    }
}
