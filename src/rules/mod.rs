//! Judge: rules over a [`Case`]. One file per rule: its docs, its check, its tests.
//!
//! To add a rule, copy a file, add its `mod` line and its line in [`RULES`]. `dateline explain`,
//! `dateline rules`, the README's table and the options come from this registry.
//!
//! *Architecture invariant:* a rule is a pure function; it reads no clock, network or file, is not
//! async and cannot fail. It fires only on what no reading of the intervals excuses, and every
//! finding carries its claims.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::model::{Case, Finding, Rule, Span, Tuning};

/// Declares a rule: the doc comment becomes the text of `dateline explain`.
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])* $name:ident { id: $id:literal, summary: $summary:literal, level: $level:ident, needs: $needs:expr, supersedes: $supersedes:expr, check: $check:ident $(,)? }) => {
        $(#[doc = $doc])*
        pub(super) const $name: $crate::model::Rule = $crate::model::Rule {
            id: $id,
            summary: $summary,
            docs: concat!($($doc, "\n"),*),
            level: $crate::model::Level::$level,
            needs: $needs,
            supersedes: $supersedes,
            check: $check,
        };
    };
}

mod article_date_conflict;
mod broken_url;
mod canonical_mismatch;
mod capture_postdates_article;
mod capture_predates_target;
mod conflicting_label;
mod content_drift;
mod credentials_in_url;
mod dead_link;
mod deceptive_link_text;
mod impossible_date;
mod insecure_link;
mod label_mismatch;
mod link_postdates_article;
mod lookalike_host;
mod malformed_url;
mod missing_anchor;
mod missing_file;
mod odd_one_out_url;
mod opaque_link;
mod out_of_sequence;
mod private_link;
mod profile;
mod redated_link;
mod redirect_drift;
mod redirect_loop;
mod soft_404;
mod support;
mod target_modified_since;
mod unverifiable_link;
mod weekday_mismatch;

#[cfg(test)]
mod invariant_tests;
#[cfg(test)]
mod pair_tests;
#[cfg(test)]
mod registry_tests;
#[cfg(test)]
pub(crate) mod sample;

use profile::is_shown;
pub use support::article::last_edit;
pub use support::links::in_furniture;
pub(crate) use support::links::{furniture, furniture_name};
pub use support::phrase::distance;
pub(crate) use support::target::said_by_address as dated_by_address;
pub use support::target::{address as address_of_target, made as made_of_target};

/// Every rule, by group: time, identity, rot, text.
pub static RULES: &[Rule] = &[
    link_postdates_article::RULE,
    redated_link::RULE,
    article_date_conflict::RULE,
    impossible_date::RULE,
    weekday_mismatch::RULE,
    capture_predates_target::RULE,
    capture_postdates_article::RULE,
    target_modified_since::RULE,
    out_of_sequence::RULE,
    content_drift::RULE,
    label_mismatch::RULE,
    deceptive_link_text::RULE,
    canonical_mismatch::RULE,
    redirect_drift::RULE,
    lookalike_host::RULE,
    odd_one_out_url::RULE,
    opaque_link::RULE,
    insecure_link::RULE,
    conflicting_label::RULE,
    dead_link::RULE,
    soft_404::RULE,
    unverifiable_link::RULE,
    redirect_loop::RULE,
    missing_file::RULE,
    missing_anchor::RULE,
    broken_url::RULE,
    malformed_url::RULE,
    credentials_in_url::RULE,
    private_link::RULE,
];

/// The rule of that name.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Runs rules over a case; findings come in the order of their places in the article, each with
/// the level that the tuning gives its rule. What another finding on the same link explains is
/// left out, and so is what the profile does not show.
#[must_use]
pub fn judge(case: &Case, rules: &[&Rule], tuning: &Tuning) -> Vec<Finding> {
    judge_all(case, rules, tuning).0
}

/// The same, and beside it what the profile does not show.
#[must_use]
pub fn judge_all(case: &Case, rules: &[&Rule], tuning: &Tuning) -> (Vec<Finding>, Vec<Finding>) {
    let found: Vec<Finding> = rules
        .iter()
        .flat_map(|rule| (rule.check)(case, tuning).into_iter().map(|f| levelled(f, rule, tuning)))
        .collect();
    let mut findings = without_explained(found);
    leave_doubtful(case, &mut findings);
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| (finding.span, Reverse(finding.level));
        key(one).cmp(&key(other)).then_with(|| one.rule.cmp(&other.rule))
    });
    findings.into_iter().partition(|finding| is_shown(finding, tuning.profile))
}

/// Nothing is written into a file that rests on a join which neither the text nor the network has
/// made certain, nor into one whose text stands in it in another form.
fn leave_doubtful(case: &Case, findings: &mut [Finding]) {
    if case.article.pages.is_some() {
        for finding in findings.iter_mut() {
            finding.suggestion = None;
        }
    }
    let doubtful: HashSet<Span> =
        case.extract.links.iter().filter(|link| link.is_doubtful()).map(|link| link.span).collect();
    for finding in findings {
        if finding.suggestion.as_ref().is_some_and(|repair| doubtful.contains(&repair.span)) {
            finding.suggestion = None;
        }
    }
}

/// Gives a finding the configured level, unless the rule itself made it milder than usual. What a rule
/// makes more severe than usual has it, too.
fn levelled(finding: Finding, rule: &Rule, tuning: &Tuning) -> Finding {
    match tuning.levels.get(rule.id) {
        Some(&level) if finding.level >= rule.level => Finding { level, ..finding },
        _ => finding,
    }
}

/// One cause gives one finding: drops those whose rule is superseded by that of another finding at
/// the same place, provided that the other is at least as sure and as severe.
fn without_explained(findings: Vec<Finding>) -> Vec<Finding> {
    let mut places: HashMap<Span, Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if let Some(span) = finding.span {
            places.entry(span).or_default().push(index);
        }
    }
    let explained = |finding: &Finding| {
        let together = finding.span.and_then(|span| places.get(&span));
        together.into_iter().flatten().filter_map(|&index| findings.get(index)).any(|other| {
            other.level >= finding.level
                && other.confidence >= finding.confidence
                && by_id(&other.rule)
                    .is_some_and(|rule| rule.supersedes.contains(&finding.rule.as_str()))
        })
    };
    let keep: Vec<bool> = findings.iter().map(|finding| !explained(finding)).collect();
    findings.into_iter().zip(keep).filter_map(|(finding, keep)| keep.then_some(finding)).collect()
}

/// The registry as a Markdown table, as it stands in the README.
#[must_use]
pub fn table() -> String {
    let rows =
        RULES.iter().map(|rule| format!("| `{}` | {} | {} |\n", rule.id, rule.level, rule.summary));
    std::iter::once("| rule | level | finds |\n|---|---|---|\n".to_owned()).chain(rows).collect()
}
