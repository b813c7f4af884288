//! Judge: rules over a [`Case`]. One file per rule: its docs, its check, its tests.
//!
//! To add a rule, copy a file, add its `mod` line and its line in [`RULES`]. `dateline explain`,
//! `dateline rules`, the README's table and the options come from this registry.
//!
//! *Architecture invariant:* a rule is a pure function; it reads no clock, network or file, is not
//! async and cannot fail. It fires only on what no reading of the intervals excuses, and every
//! finding carries its claims.

use crate::model::{Case, Finding, Rule, Tuning};

/// Declares a rule: the doc comment becomes the text of `dateline explain`.
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])* $name:ident { id: $id:literal, summary: $summary:literal, level: $level:ident, needs: $needs:expr, check: $check:ident $(,)? }) => {
        $(#[doc = $doc])*
        pub const $name: $crate::model::Rule = $crate::model::Rule {
            id: $id,
            summary: $summary,
            docs: concat!($($doc, "\n"),*),
            level: $crate::model::Level::$level,
            needs: $needs,
            check: $check,
        };
    };
}

/// Every rule, by group and name.
pub static RULES: &[Rule] = &[];

/// The rule of that name.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Runs rules over a case; findings come in the order of their places in the article.
#[must_use]
pub fn judge(case: &Case, rules: &[&Rule], tuning: &Tuning) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        rules.iter().flat_map(|rule| (rule.check)(case, tuning)).collect();
    findings.sort_by_key(|finding| (finding.span, std::cmp::Reverse(finding.level), finding.rule));
    findings
}

/// The registry as a Markdown table, as it stands in the README.
#[must_use]
pub fn table() -> String {
    let rows =
        RULES.iter().map(|rule| format!("| `{}` | {} | {} |\n", rule.id, rule.level, rule.summary));
    std::iter::once("| rule | level | finds |\n|---|---|---|\n".to_owned()).chain(rows).collect()
}
