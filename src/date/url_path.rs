//! Evidence: the date in a URL's path (`/2018/05/25/`).

use url::Url;

use super::{Evidence, Subject};
use crate::model::{Claim, Confidence, Event, PartialDate, Source};

/// Dates in the document's own address.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("url-path"),
    summary: "the date in the path of the document's own address",
    collect,
};

fn collect(subject: &Subject<'_>, claims: &mut Vec<Claim>) {
    let stated = subject.document.url.iter().map(|url| (url, None));
    let own = subject.extract.links.iter().filter(|link| link.role.is_own_address());
    let printed = own.filter_map(|link| Some((link.url.as_ref()?, Some(link.span))));
    for (url, span) in stated.chain(printed) {
        claims.extend(date_in_url(url).map(|claim| Claim { span, ..claim }));
    }
}

/// What a URL itself claims about the publication of the page it leads to, if anything. Rules use
/// it for links that were not fetched.
#[must_use]
pub fn date_in_url(url: &Url) -> Option<Claim> {
    let parts: Vec<&str> = url.path_segments()?.collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        if year.len() != 4 {
            return None;
        }
        let date = PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        let quote = format!("/{year}/{month}/{day}/");
        Some(Claim::new(Event::Published, date, EVIDENCE.source, Confidence::High, quote))
    })
}
