//! Which findings a profile shows.

use crate::model::{Confidence, Finding, Level, Profile, Rule, Tuning};

/// Whether a profile shows a finding: `audit` shows all, `ci` only what is certain enough to stop
/// a build.
pub fn is_shown(finding: &Finding, profile: Profile) -> bool {
    shows(profile, finding.level, finding.confidence)
}

/// Whether anybody will read a finding of a rule. One that the profile does not show can only
/// explain another, and needs no words for that.
pub fn is_read(rule: &Rule, level: Level, confidence: Confidence, tuning: &Tuning) -> bool {
    shows(tuning.profile, configured(rule, level, tuning), confidence)
}

/// The configured level, unless the rule itself made the finding milder than usual.
pub fn configured(rule: &Rule, level: Level, tuning: &Tuning) -> Level {
    match tuning.levels.get(rule.id) {
        Some(&configured) if level == rule.level => configured,
        _ => level,
    }
}

fn shows(profile: Profile, level: Level, confidence: Confidence) -> bool {
    match profile {
        Profile::Audit => true,
        Profile::Ci => level >= Level::Warning && confidence >= Confidence::High,
    }
}
