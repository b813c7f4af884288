//! Which findings a profile shows.

use crate::model::{Confidence, Finding, Level, Profile};

/// Whether a profile shows a finding: `audit` shows all, `ci` only what is certain enough to stop
/// a build.
pub(super) fn is_shown(finding: &Finding, profile: Profile) -> bool {
    match profile {
        Profile::Audit => true,
        Profile::Ci => finding.level >= Level::Warning && finding.confidence >= Confidence::High,
    }
}
