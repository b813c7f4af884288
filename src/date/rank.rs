//! Weighs all claims about a document together.

use super::Subject;
use crate::model::{Claim, Conclusion, Dating, Event};

/// Orders claims best first and draws the conclusions.
pub fn rank(_subject: &Subject<'_>, mut claims: Vec<Claim>) -> Dating {
    claims.sort_by_key(|claim| std::cmp::Reverse(claim.confidence));
    let conclude = |event| {
        claims.iter().find(|claim| claim.event == event).map(|claim| Conclusion {
            date: claim.date,
            when: claim.when,
            source: claim.source.clone(),
            confidence: claim.confidence,
            reasons: Vec::new(),
        })
    };
    Dating { published: conclude(Event::Published), modified: conclude(Event::Modified), claims }
}
