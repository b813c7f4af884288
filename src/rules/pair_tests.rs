//! Which rule speaks where two fire on one link. One cause gives one finding: a rule that explains
//! another one replaces it. Two causes give two.

use std::collections::BTreeSet;

use super::sample::{Sample, address};
use super::{RULES, by_id, judge};
use crate::model::{Case, Confidence, FailureKind, Join, Profile, Role, Rule, Tuning};

const STORY: &str = "https://paper.com/2017/05/20/leaders-agree-on-a-peace-plan-in-vienna";
const LATER: &str = "https://paper.com/2025/10/17/leaders-agree-on-a-peace-plan-in-vienna";
const FOREIGN: &str = "Related article: What is Rust and why is it so popular among programmers?";

fn story() -> Sample {
    Sample::article("2018-05-25").link(STORY)
}

fn foreign(sample: Sample) -> Sample {
    sample.label(FOREIGN).with(|link| link.role = Role::Related)
}

/// A page of a text that its capture of the time does not resemble.
fn drifted(sample: Sample) -> Sample {
    let text = |word: &str| (0..120).map(|n| format!("{word}{n} ")).collect::<String>();
    sample.page_text(&text("now")).nearest_capture("2018-05-26T00:00:00Z", &text("then"))
}

/// Both rules would fire on the last link; the first speaks.
fn replaced() -> Vec<(&'static str, &'static str, Case)> {
    let canonical = |sample: Sample| {
        sample.edit_page(|page| page.canonical = Some(address("https://other.org/what-is-this")))
    };
    let home = |sample: Sample| sample.page().redirected(&["https://paper.com/"]);
    let gone = |sample: Sample| sample.page_title("Page not found");
    let lookalike = || Sample::article("2018-05-25").url(STORY).link("https://p\u{430}per.com/a");
    let later_capture = |target| Sample::article("2018-05-25").capture("20260101000000", target);
    let twice = || story().label("Leaders agree on a peace plan in Vienna").link(STORY);
    vec![
        ("link-postdates-article", "capture-postdates-article", {
            Sample::article("2018-05-25").capture("20251018000000", LATER).case()
        }),
        ("link-postdates-article", "target-modified-since", {
            let link = Sample::article("2018-05-25").link(LATER);
            link.page_of("2025-10-17").page_modified("2025-12-01").case()
        }),
        ("redated-link", "link-postdates-article", {
            // The page, too, came out after the article, though long before its address says.
            Sample::article("2018-05-25").link(LATER).page_of("2020-01-01").case()
        }),
        ("redated-link", "target-modified-since", {
            let link = Sample::article("2018-05-25").link(LATER);
            link.page_of("2018-05-23").page_modified("2025-10-17").case()
        }),
        ("impossible-date", "link-postdates-article", {
            Sample::article("2018-05-25").link("https://paper.com/2031/01/05/a").case()
        }),
        ("impossible-date", "capture-predates-target", {
            later_capture("https://paper.com/2031/01/05/a").case()
        }),
        ("capture-predates-target", "capture-postdates-article", {
            later_capture("https://paper.com/2026/06/05/a").case()
        }),
        ("content-drift", "target-modified-since", {
            drifted(story().page_of("2017-05-20").page_modified("2020-01-01")).case()
        }),
        ("label-mismatch", "conflicting-label", foreign(twice()).case()),
        ("deceptive-link-text", "label-mismatch", {
            let words = "https://what-is-rust-and-why-is-it-popular-among-programmers.org";
            story().text(words).with(|link| link.role = Role::Related).case()
        }),
        ("redirect-drift", "canonical-mismatch", canonical(home(story())).case()),
        ("canonical-mismatch", "insecure-link", {
            let link = Sample::article("2018-05-25").link(&STORY.replace("https", "http"));
            canonical(link.page().redirected(&[STORY])).case()
        }),
        ("redirect-drift", "label-mismatch", foreign(home(story())).case()),
        ("redirect-drift", "conflicting-label", home(foreign(twice())).case()),
        ("lookalike-host", "deceptive-link-text", lookalike().text("https://paper.com/a").case()),
        ("lookalike-host", "dead-link", lookalike().failed(FailureKind::NoSuchHost, "").case()),
        ("lookalike-host", "unverifiable-link", lookalike().failed(FailureKind::Tls, "").case()),
        ("soft-404", "redirect-drift", gone(home(story())).case()),
        ("soft-404", "canonical-mismatch", canonical(gone(story().page())).case()),
        ("soft-404", "label-mismatch", gone(foreign(story()).page()).case()),
        ("soft-404", "content-drift", gone(drifted(story().page())).case()),
        ("broken-url", "malformed-url", {
            let link = Sample::article("2018-05-25").link("https://example.com:port/a");
            link.with(|link| link.join = Some(Box::new(join()))).case()
        }),
        ("private-link", "unverifiable-link", {
            let link = Sample::article("2018-05-25").link("http://10.0.0.1/draft/17").text("draft");
            link.failed(FailureKind::Blocked, "").case()
        }),
    ]
}

fn join() -> Join {
    Join { confidence: Confidence::High, reasons: Vec::new(), alternatives: Vec::new() }
}

/// Two causes on the last link: both speak.
fn together() -> Vec<(&'static str, &'static str, Case)> {
    let later = || Sample::article("2018-05-25").link(LATER);
    let secret = "https://editor:hunter2@paper.com/2025/10/17/a";
    vec![
        (
            "broken-url",
            "link-postdates-article",
            later().with(|l| l.join = Some(Box::new(join()))).case(),
        ),
        ("broken-url", "dead-link", {
            let broken = story().with(|link| link.join = Some(Box::new(join())));
            broken.failed(FailureKind::NotFound, "404").case()
        }),
        (
            "broken-url",
            "label-mismatch",
            foreign(story()).with(|l| l.join = Some(Box::new(join()))).case(),
        ),
        ("link-postdates-article", "label-mismatch", foreign(later()).case()),
        ("link-postdates-article", "dead-link", later().failed(FailureKind::Gone, "410").case()),
        (
            "link-postdates-article",
            "unverifiable-link",
            later().failed(FailureKind::Denied, "").case(),
        ),
        (
            "link-postdates-article",
            "redirect-loop",
            later().failed(FailureKind::RedirectLoop, "").case(),
        ),
        ("link-postdates-article", "soft-404", later().page().page_title("Not found").case()),
        ("link-postdates-article", "credentials-in-url", {
            Sample::article("2018-05-25").link(secret).case()
        }),
        ("link-postdates-article", "odd-one-out-url", {
            let own = "https://paper.com/2018/05/25/a-peace-plan-is-made-a61572";
            Sample::article("2018-05-25").url(own).link(LATER).case()
        }),
        (
            "link-postdates-article",
            "deceptive-link-text",
            later().text("https://other.org/").case(),
        ),
        ("link-postdates-article", "lookalike-host", {
            let own = "https://paper.com/2018/05/25/a";
            Sample::article("2018-05-25")
                .url(own)
                .link("https://p\u{430}per.com/2025/10/17/a")
                .case()
        }),
        ("link-postdates-article", "opaque-link", {
            let wrapped = |link: &mut crate::model::Link| {
                link.role = Role::Wrapper;
                link.inner = Some(LATER.into());
            };
            Sample::article("2018-05-25").link("https://tracker.org/x").with(wrapped).case()
        }),
        ("impossible-date", "dead-link", {
            let link = Sample::article("2018-05-25").link("https://paper.com/2017/02/30/a");
            link.failed(FailureKind::NotFound, "404").case()
        }),
        ("redated-link", "canonical-mismatch", {
            let link = Sample::article("2018-05-25").link(LATER).page_of("2018-05-23");
            link.edit_page(|page| page.canonical = Some(address("https://other.org/a"))).case()
        }),
    ]
}

/// Every case of two rules.
pub(super) fn cases() -> impl Iterator<Item = Case> {
    replaced().into_iter().chain(together()).map(|(_, _, case)| case)
}

fn ids(case: &Case, rules: &[&Rule]) -> BTreeSet<&'static str> {
    let tuning = Tuning { profile: Profile::Audit, ..Tuning::default() };
    let last = case.extract.links.last().map(|link| link.span);
    let found = judge(case, rules, &tuning);
    found
        .into_iter()
        .filter(|finding| finding.span == last)
        .map(|finding| by_id(&finding.rule).expect("a rule").id)
        .collect()
}

fn alone(case: &Case, id: &str) -> bool {
    !ids(case, &[by_id(id).expect("a rule")]).is_empty()
}

#[test]
fn the_rule_that_explains_speaks() {
    let all: Vec<&Rule> = RULES.iter().collect();
    for (speaks, silent, case) in replaced() {
        assert!(alone(&case, speaks), "{speaks} must fire beside {silent}");
        assert!(alone(&case, silent), "{silent} must fire beside {speaks}");
        let found = ids(&case, &all);
        assert!(found.contains(speaks) && !found.contains(silent), "{speaks}, {silent}: {found:?}");
    }
}

#[test]
fn two_causes_give_two_findings() {
    let all: Vec<&Rule> = RULES.iter().collect();
    for (one, other, case) in together() {
        let found = ids(&case, &all);
        assert!(found.contains(one) && found.contains(other), "{one}, {other}: {found:?}");
    }
}

#[test]
fn every_replacement_has_its_case() {
    let shown: BTreeSet<_> =
        replaced().into_iter().map(|(speaks, silent, _)| (speaks, silent)).collect();
    let declared: BTreeSet<_> = RULES
        .iter()
        .flat_map(|rule| rule.supersedes.iter().map(|silent| (rule.id, *silent)))
        .collect();
    assert_eq!(shown, declared);
}
