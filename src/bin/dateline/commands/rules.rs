//! `dateline rules` and `dateline explain`.

use dateline::config::cli::Messaging;
use dateline::report::human;
use dateline::rules;

use super::output::style;

/// One rule's docs.
pub(super) fn explanation(id: &str, messaging: &Messaging) -> String {
    rules::by_id(id).map_or_else(String::new, |rule| human::explanation(rule, style(messaging)))
}

/// All rules, a line each.
pub(super) fn list() -> String {
    let widest = rules::RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    rules::RULES
        .iter()
        .map(|rule| format!("{:<widest$}  {:<7}  {}\n", rule.id, rule.level.as_str(), rule.summary))
        .collect()
}
