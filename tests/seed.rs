//! The article that this project started from, as it is and changed in one thing at a time.

#![allow(clippy::expect_used, reason = "a test stops at once where something is wrong")]

use dateline::model::{Case, Document, Finding, Level, Media, PartialDate, Status, Tuning};
use dateline::{date, extract, rules};

const SEED: &str = include_str!("../fixtures/moscow-times-2018-05-25.txt");
const LATER: &str = "https://www.themoscowtimes.com/2025/10/17/trump-factor-leaves-macron-scrambling-ahead-of-russia-trip";
const BROKEN: &str = "https://www.themoscowtimes.com/2018/05/25/putin-and-macron-agree-to-push-for-political-solution-in-syria-a61572";

fn findings(text: &str, stated_date: Option<PartialDate>) -> Vec<Finding> {
    let article = Document { stated_date, ..Document::new("seed.txt", Media::Text, text) };
    let extract = extract::extract(&article);
    let dating = date::date(&article, &extract);
    let statuses = vec![Status::Offline; extract.links.len()];
    let now = "2026-01-01T00:00:00Z".parse().expect("a timestamp");
    let case =
        Case { article, extract, dating, statuses, local: dateline::model::Local::default(), now };
    let all: Vec<_> = rules::RULES.iter().collect();
    rules::judge(&case, &all, &Tuning::default())
}

fn id(finding: &Finding) -> &'static str {
    rules::by_id(&finding.rule).expect("a rule of this version").id
}

/// What is found, as rule and address.
fn found(text: &str) -> Vec<(&'static str, String)> {
    let address =
        |finding: &Finding| finding.url.as_ref().map(ToString::to_string).unwrap_or_default();
    findings(text, None).iter().map(|finding| (id(finding), address(finding))).collect()
}

fn both() -> Vec<(&'static str, String)> {
    vec![("link-postdates-article", LATER.to_owned()), ("broken-url", BROKEN.to_owned())]
}

fn changed(from: &str, to: &str) -> String {
    assert!(SEED.contains(from), "the article holds {from:?}");
    SEED.replacen(from, to, 1)
}

#[test]
fn the_two_findings_and_nothing_else() {
    assert_eq!(found(SEED), both());
    let levels: Vec<Level> = findings(SEED, None).iter().map(|finding| finding.level).collect();
    assert_eq!(levels, [Level::Error, Level::Warning]);
}

#[test]
fn the_message_names_both_claims_the_distance_and_the_words_that_introduce_the_link() {
    let message = findings(SEED, None).swap_remove(0).message;
    for words in [
        "May 25, 2018 (2018-05-25)",
        "“May 25,2018”",
        "original URL",
        "October 17, 2025 (2025-10-17)",
        "7 years, 4 months",
        "Related article: Trump Factor Leaves Macron Scrambling Ahead of Russia Trip",
    ] {
        assert!(message.contains(words), "the message says {words:?}: {message}");
    }
}

#[test]
fn the_rejoined_address_is_explained_and_can_be_put_in() {
    let finding = findings(SEED, None).swap_remove(1);
    assert!(finding.message.contains("headline"), "{}", finding.message);
    let suggestion = finding.suggestion.expect("the repair is mechanical");
    assert_eq!(suggestion.replacement, BROKEN);
    assert!(suggestion.span.of(SEED).contains('\n'));
}

#[test]
fn an_article_of_2026_may_link_to_2025() {
    let rules: Vec<&str> = findings(SEED, PartialDate::day(2026, 1, 1)).iter().map(id).collect();
    assert!(!rules.contains(&"link-postdates-article"), "{rules:?}");
}

#[test]
fn a_link_of_the_day_before_is_in_order() {
    assert_eq!(found(&changed("/2025/10/17/", "/2018/05/24/")), &both()[1..]);
}

#[test]
fn a_link_beside_its_label_is_found_too() {
    let moved = changed(&format!("{LATER}\n"), "");
    let label = "Ahead of Russia Trip";
    assert_eq!(found(&moved.replacen(label, &format!("{label} {LATER}"), 1)), both());
    assert_eq!(found(&moved.replacen(label, &format!("{label}\n{LATER}"), 1)), both());
}

#[test]
fn an_address_broken_elsewhere_is_rejoined_too() {
    let whole = changed("solution-i\nn-syria", "solution-in-syria");
    for at in [
        "/putin-and-macron",
        "agree-to-push",
        "push-for-political",
        "litical-solution",
        "yria-a61572",
    ] {
        let broken = whole.replacen(at, &format!("\n{at}"), 1);
        assert_eq!(found(&broken), both(), "broken before {at}");
    }
}

#[test]
fn a_whole_address_is_not_called_broken() {
    assert_eq!(found(&changed("solution-i\nn-syria", "solution-in-syria")), &both()[..1]);
}
