//! `redated-link`: the target's address and the target itself disagree about its date.

use crate::model::{Case, Checked, Claim, Confidence, Event, Finding, Need, Tuning};

use super::support::announced::by_address;
use super::support::finding::{on_link, shown};
use super::support::links::cited;
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose target's own claims disagree: its URL says one date, its metadata or its
    /// earliest web-archive capture another. Where the URL is the newer, the site most likely gave
    /// an old piece a new address.
    ///
    /// ## Why it matters
    ///
    /// A link to an old piece under a new address looks like a link to something that did not
    /// exist yet. This explains it, in place of `link-postdates-article`.
    ///
    /// ## Fires
    ///
    /// `https://news.example/2025/10/17/a-story`, whose page says that it was published on May 23,
    /// 2018.
    ///
    /// ## Stays silent
    ///
    /// The same link if its page says October 16, 2025, which can be the same moment in another
    /// time zone.
    ///
    /// ## How to silence it
    ///
    /// Link the page under its first address or a capture of it, or run with
    /// `--ignore redated-link`.
    RULE {
        id: "redated-link",
        summary: "the target's URL claims another date than its metadata or its earliest capture",
        level: Error,
        needs: &[Need::Page, Need::Captures],
        supersedes: &["link-postdates-article", "target-modified-since"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(&checked)).collect()
}

fn finding(checked: &Checked<'_>) -> Option<Finding> {
    let page = target::page(checked).and_then(target::claimed_by_page);
    let capture = target::earliest_capture(checked);
    if page.is_none() && capture.is_none() {
        return None;
    }
    let address = target::claimed_by_address(checked.link)?;
    let older = [page.clone(), capture]
        .into_iter()
        .flatten()
        .find(|other| other.when.certainly_before(address.when));
    if let Some(older) = older {
        return (!is_announced(checked, &older, &address))
            .then(|| newer_address(checked, address, older));
    }
    let page = page.filter(|page| page.when.certainly_after(address.when))?;
    (!is_announced(checked, &page, &address)).then(|| older_address(checked, address, page))
}

/// Whether the day in the address is that of an event or an issue: the page about it came out on
/// another.
fn is_announced(checked: &Checked<'_>, page: &Claim, address: &Claim) -> bool {
    let ahead = page.date.first_day().until(address.date.first_day());
    let ahead = ahead.map_or(i32::MAX, |span| span.get_days().abs());
    target::address(checked.link).is_some_and(|url| by_address(&url, ahead).is_some())
}

/// A shorter time than this lies between a draft's address and its publication.
const MONTH: i64 = 31 * 24 * 3600;

/// That the two disagree is certain where each is an outright statement and they lie far apart,
/// whichever of them is right.
fn confidence(one: &Claim, other: &Claim) -> Confidence {
    let (first, second) = (one.when.before, other.when.earliest);
    let apart = (second.as_second() - first.as_second()).abs();
    match one.confidence.min(other.confidence) {
        Confidence::Medium | Confidence::High if apart > MONTH => Confidence::High,
        doubtful => doubtful.min(Confidence::Medium),
    }
}

fn newer_address(checked: &Checked<'_>, address: Claim, older: Claim) -> Finding {
    let said = match older.event {
        Event::ExistedBy => format!("a web archive held it by {}", phrase::date(older.date)),
        _ => format!(
            "{} says that it came out {}",
            phrase::place_in_target(&older),
            phrase::on(older.date)
        ),
    };
    let message = format!(
        "the target of {what} is dated {new} by {place}, but {said}, {distance} earlier. The earlier \
         date is likelier: the site gave an old piece a new address.",
        what = shown(checked.link),
        new = phrase::date(address.date),
        place = phrase::place_in_target(&address),
        distance = phrase::distance(older.date, address.date),
    );
    let usual = "nothing is wrong with the citation itself; link the first address or a capture, if \
                 there is one";
    let help = target::link_former_address(checked).unwrap_or_else(|| usual.to_owned());
    let confidence = confidence(&older, &address);
    Finding {
        confidence,
        because: vec![address, older],
        ..on_link(&RULE, checked.link, message, help)
    }
}

fn older_address(checked: &Checked<'_>, address: Claim, page: Claim) -> Finding {
    let message = format!(
        "the target of {what} is dated {old} by {place}, but {other} says that it came out {new}, \
         {distance} later. The earlier date is likelier: the site dated an old piece anew.",
        what = shown(checked.link),
        old = phrase::date(address.date),
        place = phrase::place_in_target(&address),
        other = phrase::place_in_target(&page),
        new = phrase::on(page.date),
        distance = phrase::distance(address.date, page.date),
    );
    let help = "compare the page with a capture from the earlier date: it may have been rewritten";
    let confidence = confidence(&address, &page).min(Confidence::Medium);
    Finding {
        confidence,
        because: vec![address, page],
        ..on_link(&RULE, checked.link, message, help)
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    const URL: &str = "https://news.example/2025/10/17/a-story-of-that-day";

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25").link(URL).page_of("2018-05-23").case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2025-11-25").link(URL).page_of("2025-10-16").case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    const URL: &str = "https://news.example/2018/05/23/a-story-of-that-day";

    fn found(sample: Sample) -> Vec<Confidence> {
        check(&sample.case(), &Tuning::default()).iter().map(|finding| finding.confidence).collect()
    }

    #[test]
    fn captures_tell_as_well() {
        let link = || Sample::article("2018-05-25").link(URL).page();
        assert_eq!(found(link().earliest_capture("2016-01-01T00:00:00Z")), [Confidence::High]);
        assert_eq!(found(link().earliest_capture("2019-01-01T00:00:00Z")), []);
    }

    #[test]
    fn the_day_of_an_event_or_an_issue_is_not_that_of_its_page() {
        for url in [
            "https://town.example/events/2018/05/23/fair",
            "https://town.example/elections/2018-05-23",
            "https://paper.example/magazine/2018/05/23/a-story",
        ] {
            let link = || Sample::article("2018-05-01").link(url);
            assert_eq!(found(link().page_of("2018-04-23")), [], "{url}");
            assert_eq!(found(link().page_of("2018-06-30")), [], "{url}");
        }
    }

    #[test]
    fn a_page_newer_than_its_address_is_a_doubt() {
        assert_eq!(
            found(Sample::article("2018-05-25").link(URL).page_of("2020-01-01")),
            [Confidence::Medium]
        );
    }
}
