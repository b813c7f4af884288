//! `dateline rules` and `dateline explain`.

use dateline::config::cli::Talk;
use dateline::report::human;
use dateline::rules;

use super::output::style;

/// One rule's docs.
pub(super) fn explanation(id: &str, talk: &Talk) -> String {
    rules::by_id(id).map_or_else(String::new, |rule| human::explanation(rule, style(talk)))
}

/// All rules, a line each.
pub(super) fn list() -> String {
    let widest = rules::RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    rules::RULES
        .iter()
        .map(|rule| format!("{:<widest$}  {:<7}  {}\n", rule.id, rule.level.as_str(), rule.summary))
        .collect()
}
