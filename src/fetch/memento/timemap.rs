//! `TimeMap`: the list of what an archive holds of an address (RFC 7089, section 5), in link-format.

use jiff::Timestamp;
use url::Url;

use super::archive::is_web;
use super::link_format::{Linked, has_relation, links};
use super::listing::{DATES, LONGEST_DATE, MOST_LISTS, MOST_READ, first_web_page, listing};
use crate::model::{Document, Page};

/// Keeps of a `TimeMap` that the address existed by the time of each capture.
#[expect(clippy::needless_pass_by_value, reason = "the fetcher lets the body go with it")]
pub(super) fn digest(url: Url, document: Document) -> Page {
    let captures = mementos(&document.text, &url);
    let more = further(&document.text, &url);
    listing(url, &document, captures, more)
}

/// The other pages of a `TimeMap` that is parted (RFC 7089, section 5.1.2), as it names them.
fn further(text: &str, base: &Url) -> Vec<String> {
    let others = links(text).filter(|link| has_relation(link, "timemap"));
    let others = others.filter_map(|link| base.join(link.target.trim()).ok().filter(is_web));
    // A list that is none of this archive's is nothing that the user wants asked.
    let others = others.filter(|other| other.origin() == base.origin() && other != base);
    others.take(MOST_LISTS).map(String::from).collect()
}

/// The captures that a `TimeMap` in link-format lists, in its order, with the time of each. What is
/// not understood is passed over.
pub(super) fn mementos(text: &str, base: &Url) -> Vec<(Url, Timestamp)> {
    links(text).filter_map(|link| memento(&link, base)).take(MOST_READ).collect()
}

pub(super) fn memento(link: &Linked<'_>, base: &Url) -> Option<(Url, Timestamp)> {
    if !has_relation(link, "memento") {
        return None;
    }
    let date = link.datetime.filter(|date| date.len() <= LONGEST_DATE)?;
    let at = DATES.parse_timestamp(date.trim()).ok()?;
    let url = base.join(link.target.trim()).ok().filter(is_web)?;
    // Archives hold nothing from before the web: such a time is a damaged record's.
    (at >= first_web_page()).then_some((url, at))
}
