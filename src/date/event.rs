//! The days of an event that a page's JSON-LD describes: printed ones are the event's, not the
//! page's.

use jiff::civil::Date;

use super::witness::Witness;
use super::{Kind, Subject, byline, time};
use crate::model::MarkKind;
use crate::text::dates::machine;
use crate::text::dates::printed::Habit;
use crate::text::json::{self, Json};

/// A page that lists more events than this says nothing by their days.
const MAX_EVENTS: usize = 64;

/// Takes away what is printed of the days of events.
pub(super) fn drop_days(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let mut days = Vec::new();
    for mark in &subject.extract.marks {
        let MarkKind::JsonLd { text } = &mark.kind else { continue };
        if memchr::memmem::find(text.as_bytes(), b"startDate").is_some() {
            gather(&json::read(text).value, &mut days);
        }
    }
    let is_event_day = |day: Date| days.iter().any(|&(first, last)| first <= day && day <= last);
    witnesses.retain(|witness| {
        !UNLABELLED.contains(&witness.kind)
            || !witness.claim.date.as_day().is_some_and(is_event_day)
    });
}

/// Dates that nothing but their place says anything of.
static UNLABELLED: [&Kind; 7] = [
    &time::NEAR,
    &time::FAR,
    &byline::NEAR,
    &byline::FAR,
    &byline::TEXT_NEAR,
    &byline::TEXT_FAR,
    &byline::PROSE,
];

fn gather(value: &Json<'_>, days: &mut Vec<(Date, Date)>) {
    match value {
        Json::List(values) => values.iter().for_each(|value| gather(value, days)),
        Json::Object(members) if days.len() < MAX_EVENTS => {
            if value.get("@type").is_some_and(is_event) {
                let day = |name: &str| {
                    machine::date(&value.get(name)?.as_text()?.unescaped(), Habit::default())?
                        .date
                        .as_day()
                };
                days.extend(day("startDate").map(|first| (first, day("endDate").unwrap_or(first))));
            }
            for (_, value) in members {
                gather(value, days);
            }
        }
        _ => {}
    }
}

fn is_event(kind: &Json<'_>) -> bool {
    kind.each().iter().filter_map(Json::as_text).any(|name| name.raw.ends_with("Event"))
}

#[cfg(test)]
mod tests {
    use crate::date::date;
    use crate::extract::extract;
    use crate::model::{Document, Media};

    #[test]
    fn the_day_of_an_event_is_not_its_pages() {
        let published = |kind: &str, printed: &str| {
            let page = format!(
                "<script type=application/ld+json>{{\"@type\":\"{kind}\",\"startDate\":\"2018-05-25T19:00\"}}</script><h1>A headline</h1><p class=date>{printed}</p>"
            );
            let document = Document::new("page", Media::Html, page);
            date(&document, &extract(&document)).published.map(|told| told.date.to_string())
        };
        assert_eq!(published("MusicEvent", "May 25, 2018"), None);
        assert_eq!(published("MusicEvent", "Published May 2, 2018").as_deref(), Some("2018-05-02"));
        assert_eq!(published("Course", "May 25, 2018").as_deref(), Some("2018-05-25"));
    }
}
