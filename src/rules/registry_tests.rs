//! Tests over the whole registry: forgetting a step of adding a rule fails here.

use std::collections::BTreeSet;

use super::{RULES, judge};
use crate::model::{Case, Finding, Level, Profile, Rule, Tuning};

/// Every rule with the case that it must fire on and the one that it must not.
macro_rules! samples {
    ($($module:ident),* $(,)?) => {
        &[$((super::$module::RULE.id, super::$module::samples::fires, super::$module::samples::near_miss)),*]
    };
}

pub(super) type Sampled = (&'static str, fn() -> Case, fn() -> Case);

pub(super) const SAMPLES: &[Sampled] = samples![
    article_date_conflict,
    broken_url,
    canonical_mismatch,
    capture_postdates_article,
    capture_predates_target,
    conflicting_label,
    content_drift,
    credentials_in_url,
    dead_link,
    deceptive_link_text,
    impossible_date,
    insecure_link,
    label_mismatch,
    link_postdates_article,
    lookalike_host,
    malformed_url,
    missing_anchor,
    missing_file,
    odd_one_out_url,
    opaque_link,
    out_of_sequence,
    private_link,
    redated_link,
    redirect_drift,
    redirect_loop,
    soft_404,
    target_modified_since,
    unverifiable_link,
    weekday_mismatch,
];

fn all() -> Vec<&'static Rule> {
    RULES.iter().collect()
}

fn audit() -> Tuning {
    Tuning { profile: Profile::Audit, ..super::out_of_sequence::samples::tuning() }
}

pub(super) fn judged(case: &Case) -> Vec<Finding> {
    judge(case, &all(), &audit())
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for id in ids {
        assert!(
            id.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{id}"
        );
    }
}

#[test]
fn docs_have_all_their_sections() {
    let sections =
        ["What it finds", "Why it matters", "Fires", "Stays silent", "How to silence it"];
    for rule in RULES {
        let docs = rule.markdown();
        let found: Vec<&str> = docs.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(found, sections, "{}", rule.id);
        for part in docs.split("## ").skip(1) {
            let (title, body) = part.split_once('\n').unwrap_or_default();
            assert!(body.trim().len() > 20, "{}: nothing under {title}", rule.id);
            let is_concrete = body.contains(['`', '"']) || body.contains(|c: char| c.is_numeric());
            assert!(title != "Fires" || is_concrete, "{}: no example of what fires", rule.id);
        }
        assert!(docs.contains(&format!("--ignore {}", rule.id)), "{}", rule.id);
        assert!(!rule.summary.ends_with('.') && rule.summary.len() < 100, "{}", rule.id);
    }
}

#[expect(clippy::disallowed_methods, reason = "the test reads the names of a folder")]
#[test]
fn every_file_is_registered() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let known: BTreeSet<String> = RULES.iter().map(|rule| rule.id.replace('-', "_")).collect();
    let shared = ["invariant_tests", "mod", "pair_tests", "profile", "registry_tests", "sample"];
    for entry in std::fs::read_dir(folder).expect("the rules' folder") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        if path.extension().is_some_and(|extension| extension == "rs") {
            assert!(
                known.contains(&stem) || shared.contains(&stem.as_str()),
                "{stem} is not in RULES"
            );
        }
    }
}

#[test]
fn superseded_rules_exist() {
    for rule in RULES {
        for other in rule.supersedes {
            assert!(super::by_id(other).is_some(), "{} supersedes {other}", rule.id);
            let back = super::by_id(other).is_some_and(|other| other.supersedes.contains(&rule.id));
            assert!(!back, "{} and {other} supersede each other", rule.id);
        }
    }
}

#[test]
fn every_rule_fires_on_its_case_and_not_on_the_near_miss() {
    let sampled: BTreeSet<&str> = SAMPLES.iter().map(|(id, ..)| *id).collect();
    assert_eq!(sampled, RULES.iter().map(|rule| rule.id).collect());
    for (id, fires, near_miss) in SAMPLES {
        let level = super::by_id(id).map(|rule| rule.level);
        let full = |case: &Case| {
            judged(case).iter().filter(|f| f.rule == *id && Some(f.level) == level).count()
        };
        assert_eq!(full(&fires()), 1, "{id} must fire: {:#?}", judged(&fires()));
        assert_eq!(full(&near_miss()), 0, "{id} must be silent: {:#?}", judged(&near_miss()));
    }
}

#[test]
fn messages_are_as_reviewed() {
    for (id, fires, _) in SAMPLES {
        let found = judged(&fires());
        let finding = found.iter().find(|finding| finding.rule == *id).expect("it fires");
        insta::assert_snapshot!(*id, rendered(finding));
    }
}

fn rendered(finding: &Finding) -> String {
    let Finding { rule, level, confidence, message, help, url, because, suggestion, .. } = finding;
    let mut lines = vec![format!("{level}[{rule}] ({confidence}): {message}")];
    lines.extend(url.iter().map(|url| format!("url: {url}")));
    lines.extend(because.iter().map(|claim| {
        format!("because {:?} {} by {}: {}", claim.event, claim.date, claim.source, claim.quote)
    }));
    lines.push(format!("help: {help}"));
    lines
        .extend(suggestion.iter().map(|s| format!("suggestion: {} -> {}", s.title, s.replacement)));
    lines.join("\n")
}

#[test]
fn a_configured_level_replaces_the_rules_own() {
    let mut tuning = Tuning::default();
    tuning.levels.insert("dead-link".to_owned(), Level::Warning);
    let case = super::dead_link::samples::fires();
    let levels: Vec<Level> =
        judge(&case, &all(), &tuning).iter().map(|finding| finding.level).collect();
    assert_eq!(levels, [Level::Warning]);
}

#[test]
fn the_ci_profile_shows_only_what_can_stop_a_build() {
    let case = super::unverifiable_link::samples::fires();
    assert_eq!(judge(&case, &all(), &Tuning::default()), []);
    assert_eq!(judged(&case).len(), 1);
    let case = super::dead_link::samples::fires();
    assert_eq!(judge(&case, &all(), &Tuning::default()).len(), 1);
}
