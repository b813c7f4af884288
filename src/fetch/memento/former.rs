//! Former: under which address a site had a page before it gave it the one that is linked.

use jiff::{Span, Timestamp};
use url::{Position, Url};

use super::archive::Archive;
use super::index;
use super::listing::{MOST_PROVED, rows_of};
use crate::address::hosts::same_site;
use crate::address::resource::is_same_resource;
use crate::fetch::fetcher::Fetcher;
use crate::model::When;
use crate::text::words::slug;

/// How long before an article a page may have come out that it cites, and how long after it an
/// archive may have found that page, in days.
const BEFORE: i64 = 365;
const AFTER: i64 = 90;

/// The least words of an address that name one page of a site, and not a column that comes every day.
const LEAST_WORDS: usize = 3;

impl Archive {
    /// Other pages of the page's site whose address has the same words, captured around a time, the
    /// nearest first, each with the address that was captured; none is proved yet.
    pub async fn of_same_name(
        &self,
        fetcher: &Fetcher,
        page: &Url,
        edited: When,
    ) -> Vec<(Url, (Url, Timestamp))> {
        let Some(list) = self.search_for(page, edited) else { return Vec::new() };
        let Ok(found) = self.asked(fetcher, &list, index::digest).await else { return Vec::new() };
        let is_former = |other: &Url| {
            let same_host = page.host_str().zip(other.host_str());
            same_host.is_some_and(|(one, other)| same_site(one, other))
                && slug(other) == slug(page)
                && !is_same_resource(other.as_str(), page)
        };
        let mut former: Vec<_> = rows_of(&found).filter(|(other, _)| is_former(other)).collect();
        former.sort_by_key(|(_, at)| edited.seconds_from(*at));
        former.dedup_by(|one, other| one.0 == other.0);
        former.truncate(MOST_PROVED);
        let capture = |(other, at): (Url, Timestamp)| {
            let capture = self.of_row(&other, at)?;
            Some((other, (capture, at)))
        };
        former.into_iter().filter_map(capture).collect()
    }

    /// Where to ask for them.
    fn search_for(&self, page: &Url, edited: When) -> Option<Url> {
        let slug = slug(page)?;
        // What means something to a pattern, or is written in several ways, is not asked for.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let words = slug.split(['-', '_']).filter(|word| word.contains(char::is_alphabetic));
        if !slug.chars().all(is_plain) || words.count() < LEAST_WORDS {
            return None;
        }
        let captured = When {
            earliest: edited.earliest.checked_sub(Span::new().hours(BEFORE * 24)).ok()?,
            before: edited.before.checked_add(Span::new().hours(AFTER * 24)).ok()?,
        };
        let host = &page[Position::BeforeHost..Position::AfterPort];
        self.search(host, captured, &slug)
    }
}
