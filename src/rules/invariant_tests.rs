//! What holds of every finding, whatever the rule: one that compares times carries the claims that
//! convict it, any other stands at words, and no reading of the intervals acquits.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use super::pair_tests;
use super::registry_tests::{SAMPLES, judged};
use super::sample::Sample;
use crate::model::{Case, Failure, FailureKind, Finding, Outcome, PartialDate, Status, When};

/// The case as it is, offline, and with every link that was followed in vain.
fn networks(case: Case) -> Vec<(&'static str, Case)> {
    let with = |status: &dyn Fn(&Status) -> Status| {
        let statuses = case.statuses.iter().map(status).collect();
        Case { statuses, ..case.clone() }
    };
    let offline = with(&|_| Status::Offline);
    let failed = |kind: FailureKind| {
        with(&|status| {
            let Status::Followed(outcome) = status else { return status.clone() };
            let result = Err(Failure::new(kind, "404 Not Found"));
            Status::Followed(Arc::new(Outcome { result, ..Outcome::clone(outcome) }))
        })
    };
    let dead = failed(FailureKind::NotFound);
    let denied = failed(FailureKind::Denied);
    vec![("online", case), ("offline", offline), ("dead", dead), ("denied", denied)]
}

/// The rules that compare times. Other findings are about words, or about what a server answered:
/// they stand at the link or the words, and the row's link has the answer.
const OF_TIMES: [&str; 7] = [
    "article-date-conflict",
    "capture-postdates-article",
    "capture-predates-target",
    "link-postdates-article",
    "out-of-sequence",
    "redated-link",
    "target-modified-since",
];

#[test]
fn every_finding_carries_its_claims_or_stands_at_its_words() {
    let samples = SAMPLES.iter().flat_map(|(_, fires, near_miss)| [fires(), near_miss()]);
    let (mut told, mut of_words) = (BTreeSet::new(), BTreeSet::new());
    for case in samples.chain(pair_tests::cases()) {
        for (network, case) in networks(case) {
            for Finding { rule, because, span, message, .. } in judged(&case) {
                told.insert(rule.clone());
                if because.is_empty() {
                    assert!(span.is_some(), "{rule}, {network}: {message}");
                    of_words.insert(rule);
                }
            }
        }
    }
    assert_eq!(told.len(), SAMPLES.len(), "every rule was heard");
    let always: Vec<_> = told.difference(&of_words).cloned().collect();
    assert_eq!(always, OF_TIMES);
}

/// A date of any precision, and a point of its interval.
fn date() -> impl Strategy<Value = (PartialDate, Timestamp)> {
    let written = (2015_i32..2022, 1_u32..13, 1_u32..29, 0_u32..24, 0_u8..4).prop_map(
        |(year, month, day, hour, precision)| match precision {
            0 => format!("{year}"),
            1 => format!("{year}-{month:02}"),
            2 => format!("{year}-{month:02}-{day:02}"),
            _ => format!("{year}-{month:02}-{day:02}T{hour:02}:00:00Z"),
        },
    );
    (written, 0.0_f64..1.0).prop_map(|(written, part)| {
        let date: PartialDate = written.parse().expect("a date");
        (date, point(date.when(), part))
    })
}

/// A point of an interval, its ends not least.
fn point(When { earliest, before }: When, part: f64) -> Timestamp {
    let (first, last) = (earliest.as_second(), before.as_second() - 1);
    let at = match part {
        ..0.2 => first,
        0.8.. => last,
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "any will do"
        )]
        _ => first + ((last - first) as f64 * part) as i64,
    };
    Timestamp::from_second(at.clamp(first, last.max(first))).expect("a time")
}

fn holds(date: PartialDate, at: Timestamp) -> bool {
    let When { earliest, before } = date.when();
    (earliest..before).contains(&at)
}

fn fires(case: &Case, rule: &str) -> bool {
    judged(case).iter().any(|finding| finding.rule == rule)
}

/// An address that names a day, where the date is one.
fn dated_url(date: PartialDate) -> String {
    let day = date.as_day().map(|day| day.strftime("%Y/%m/%d/").to_string());
    format!("https://paper.com/{}a-story-of-the-peace-plan", day.unwrap_or_default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_reading_excuses_what_fires(
        (article, written) in date(),
        (target, made) in date(),
        (taken, seen) in date(),
        (changed, edited) in date(),
    ) {
        let (article_text, target_text) = (article.to_string(), target.to_string());
        let published = || Sample::article(&article_text);

        let by_page = published().link("https://paper.com/a").page_of(&target_text).case();
        let by_address = published().link(&dated_url(target)).case();
        for case in [&by_page, &by_address] {
            prop_assert!(!fires(case, "link-postdates-article") || made > written);
        }
        let of_both = published().link(&dated_url(taken)).page_of(&target_text).case();
        let shared = holds(target, seen) || holds(taken, made);
        prop_assert!(!fires(&of_both, "redated-link") || !shared);

        let page = published().link("https://paper.com/a").page_of(&target_text);
        let modified = page.page_modified(&changed.to_string()).case();
        prop_assert!(!fires(&modified, "target-modified-since") || edited > written);

        let day = taken.as_day().map(|day| day.strftime("%Y%m%d120000").to_string());
        if let Some(stamp) = day {
            let noon = taken.as_day().map(|day| format!("{day}T12:00:00Z")).expect("a day");
            let noon: Timestamp = noon.parse().expect("a time");
            let capture = || published().capture(&stamp, "https://paper.com/a");
            prop_assert!(!fires(&capture().case(), "capture-postdates-article") || noon > written);
            let of_later = published().capture(&stamp, &dated_url(target)).case();
            prop_assert!(!fires(&of_later, "capture-predates-target") || noon < made);
        }

        let twice = published().claimed(crate::model::Event::Published, &target_text, "json-ld");
        let twice = twice.case();
        let shared = holds(target, written) || holds(article, made);
        prop_assert!(!fires(&twice, "article-date-conflict") || !shared);

        let case = published().link(&dated_url(target)).case();
        prop_assert!(!fires(&case, "impossible-date") || made.max(written) > case.now);
    }
}
