//! `dateline rules` and `dateline explain`.

use dateline::rules;

/// One rule's docs.
pub(super) fn explanation(id: &str) -> String {
    rules::by_id(id).map_or_else(String::new, |rule| {
        format!("{} ({})\n\n{}.\n\n{}\n", rule.id, rule.level, rule.summary, rule.markdown())
    })
}

/// All rules, a line each.
pub(super) fn list() -> String {
    let widest = rules::RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    rules::RULES
        .iter()
        .map(|rule| format!("{:<widest$}  {:<7}  {}\n", rule.id, rule.level.as_str(), rule.summary))
        .collect()
}
