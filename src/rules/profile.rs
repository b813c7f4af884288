//! Which rules run and which findings are shown.

use super::RULES;
use crate::model::{Confidence, Finding, Level, Profile, Rule};

/// The rules that run: those selected, or all where none is, without those ignored. Rules keep the
/// registry's order.
///
/// # Errors
///
/// Names the ids that are no rule's, for a person who typed them.
pub fn select(select: &[String], ignore: &[String]) -> Result<Vec<&'static Rule>, Vec<String>> {
    let known = |id: &&String| RULES.iter().any(|rule| rule.id == **id);
    let unknown: Vec<String> =
        select.iter().chain(ignore).filter(|id| !known(id)).cloned().collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let listed = |list: &[String], rule: &Rule| list.iter().any(|id| id == rule.id);
    Ok(RULES
        .iter()
        .filter(|rule| select.is_empty() || listed(select, rule))
        .filter(|rule| !listed(ignore, rule))
        .collect())
}

/// Whether a profile shows a finding: `audit` shows all, `ci` only what is certain enough to stop
/// a build.
#[must_use]
pub fn is_shown(finding: &Finding, profile: Profile) -> bool {
    match profile {
        Profile::Audit => true,
        Profile::Ci => finding.level >= Level::Warning && finding.confidence >= Confidence::High,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|&id| id.to_owned()).collect()
    }

    #[test]
    fn selection_and_ignoring_combine() {
        let all = select(&[], &[]).expect("known");
        assert_eq!(all.len(), RULES.len());
        let two = names(&["dead-link", "broken-url"]);
        let one = select(&two, &names(&["broken-url"])).expect("known");
        assert_eq!(one.iter().map(|rule| rule.id).collect::<Vec<_>>(), ["dead-link"]);
        assert_eq!(select(&names(&["no-such"]), &[]).err(), Some(names(&["no-such"])));
    }
}
